import { access } from 'node:fs/promises';
import { AtmrError } from '../errors.js';
import { type NamedPaths, refuseOverwriting } from '../kept-inputs.js';
import { manifestPathOf, readManifest } from '../model/read-manifest.js';
import { t } from '../wording/t.js';

/**
 * USAGE when a model at `path` (`<name>.onnx`) or its manifest would overwrite one of `inputs`, or the manifest a
 * file that is none: `history.json` beside `history.onnx` is somebody's history.
 */
export async function refuseModelPlace(path: string, inputs: NamedPaths): Promise<void> {
  const manifestPath = manifestPathOf(path);
  const [model, manifest] = [t`the model`, t`the manifest`];
  await refuseOverwriting({ [model]: path, [manifest]: manifestPath }, inputs);
  const isThere = await access(manifestPath).then(
    () => true,
    () => false,
  );
  if (!isThere || (await isManifest(manifestPath))) return;
  const fact = t`${manifestPath} is there and is not a model's manifest, which would overwrite it`;
  throw new AtmrError('USAGE', t`${fact}. Give the model another name, or move that file away.`);
}

function isManifest(path: string): Promise<boolean> {
  return readManifest(path).then(
    () => true,
    () => false,
  );
}
