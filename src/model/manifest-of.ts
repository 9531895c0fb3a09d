import { join } from 'node:path';
import type { ModelReference } from '../flag/flag.js';
import { listModels } from './list-models.js';
import type { Manifest } from './manifest.js';
import { manifestPathOf, readManifest } from './read-manifest.js';

/** The file of the model that a flag names; `null` where this machine does not have it. */
export async function pathOf(folder: string, { sha256 }: ModelReference): Promise<string | null> {
  const models = await listModels(folder).catch(() => []);
  const found = models.find((model) => model.sha256 === sha256);
  return found === undefined ? null : join(folder, found.file);
}

/** The manifest of the model that a flag names; `null` where this machine does not have it. */
export async function manifestOf(folder: string, model: ModelReference): Promise<Manifest | null> {
  const path = await pathOf(folder, model);
  return path === null ? null : await readManifest(manifestPathOf(path));
}
