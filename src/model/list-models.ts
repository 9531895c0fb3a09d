import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AtmrError, messageOf } from '../errors.js';
import { t } from '../wording/t.js';
import { DEFAULT_MODEL_FILE } from './default-model.js';
import { readManifest } from './read-manifest.js';

/** A model of the folder; `fault` says why it cannot be used, and the rest is then unknown. */
export interface ListedModel {
  readonly file: string;
  readonly name: string | null;
  readonly version: string | null;
  /** Of the `.onnx` file, as its manifest says. */
  readonly sha256: string | null;
  /** Bookings it was trained on. */
  readonly rows: number | null;
  /** Of its test part, minutes. */
  readonly testMae: number | null;
  readonly simulated: boolean | null;
  /** Whether `predict` and `ab-test` take it without being told. */
  readonly isDefault: boolean;
  readonly fault: string | null;
}

/** The `.onnx` files of a folder by name, as their manifests describe them. BAD_CONFIG for a folder that is none. */
export async function listModels(folder: string): Promise<ListedModel[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    const fact = t`The models folder ${folder} cannot be read: ${messageOf(cause)}`;
    throw new AtmrError('BAD_CONFIG', t`${fact}. Check \`models\` in the configuration.`, { cause });
  });
  const files = names.filter((name) => name.endsWith('.onnx')).sort();
  return Promise.all(files.map((file) => describeFile(folder, file)));
}

async function describeFile(folder: string, file: string): Promise<ListedModel> {
  const isDefault = file === DEFAULT_MODEL_FILE;
  try {
    const manifest = await readManifest(join(folder, file.replace(/\.onnx$/, '.json')));
    const { name, version, sha256, data, metrics } = manifest;
    const { rows, simulated } = data;
    return {
      file,
      name,
      version,
      sha256,
      rows,
      testMae: metrics.test?.mae ?? null,
      simulated,
      isDefault,
      fault: null,
    };
  } catch (thrown) {
    const unknown = { name: null, version: null, sha256: null, rows: null, testMae: null, simulated: null };
    return { file, ...unknown, isDefault, fault: messageOf(thrown) };
  }
}
