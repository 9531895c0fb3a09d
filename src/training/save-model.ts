import { dirname } from 'node:path';
import { AtmrError, reasonOf } from '../errors.js';
import { makeFolder } from '../make-folder.js';
import type { Manifest } from '../model/manifest.js';
import { manifestPathOf } from '../model/read-manifest.js';
import { openWholeFile, type WholeFile } from '../whole-file.js';
import { t } from '../wording/t.js';

const FLAG = '--out';

/**
 * Writes a model to `path` (`<name>.onnx`) and its manifest beside it, each under a temporary name first. The
 * manifest comes last: between the two, a reader meets a hash that does not match and refuses, and never a mixture.
 * `USAGE` when the place cannot be written to.
 */
export async function saveModel(path: string, onnx: Uint8Array, manifest: Manifest): Promise<void> {
  makeModelsFolder(dirname(path));
  const files: WholeFile[] = [];
  try {
    for (const name of [path, manifestPathOf(path)]) files.push(await openWholeFile(name, FLAG));
    // As bytes they are on the disk before either gets its name: one that is full spoils no older model.
    await files[0]?.write(onnx);
    await files[1]?.write(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
    for (const file of files) await file.finish();
  } finally {
    for (const file of files) await file.abandon();
  }
}

function makeModelsFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (cause) {
    const remedy = t`Give ${FLAG} a file in a folder that may be written to.`;
    throw new AtmrError('USAGE', t`${folder} cannot be made: ${reasonOf(cause)}. ${remedy}`, { cause });
  }
}
