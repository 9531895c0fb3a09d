import { join } from 'node:path';
import type { ModelReference } from '../flag/flag.js';
import { listModels } from './list-models.js';
import type { Manifest } from './manifest.js';
import { manifestPathOf, readManifest } from './read-manifest.js';

/** The manifest of the model that a flag names; `null` where this machine does not have it. */
export async function manifestOf(folder: string, { sha256 }: ModelReference): Promise<Manifest | null> {
  const models = await listModels(folder).catch(() => []);
  const found = models.find((model) => model.sha256 === sha256);
  return found === undefined ? null : await readManifest(manifestPathOf(join(folder, found.file)));
}
