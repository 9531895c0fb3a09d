import { AtmrError } from '../errors.js';
import type { Manifest } from '../model/manifest.js';
import { manifestPathOf, readModelFile } from '../model/read-manifest.js';
import { writeWholeFile } from '../whole-file.js';
import { t } from '../wording/t.js';
import { refuseModelPlace } from './model-place.js';
import { saveModel } from './save-model.js';

/** Writes the manifest beside the model file or, with `out`, both of them there. USAGE where that cannot
 * be, or would overwrite a file that is no manifest. */
export async function saveDescription(
  path: string,
  out: string | undefined,
  manifest: Manifest,
): Promise<void> {
  if (out !== undefined && !out.endsWith('.onnx')) {
    throw new AtmrError('USAGE', t`--out is "${out}"; expected a file that ends in .onnx.`);
  }
  await refuseModelPlace(out ?? path, {});
  if (out === undefined) {
    await writeWholeFile(manifestPathOf(path), t`the model`, [`${JSON.stringify(manifest, null, 2)}\n`]);
    return;
  }
  await saveModel(out, await readModelFile(path), manifest);
}
