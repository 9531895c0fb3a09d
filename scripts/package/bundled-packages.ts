import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listedPackages } from './third-party-licences.js';

/** What the build in `folder` holds of others, each once: read from the licences that it wrote. */
export function bundledPackages(folder: string): { name: string; version: string; licence: string }[] {
  const files = readdirSync(folder).filter((name) => name.startsWith('THIRD-PARTY-LICENSES'));
  if (files.length === 0) throw new Error(`${folder} holds no list of licences: run \`npm run build\``);
  const listed = files.flatMap((name) => listedPackages(readFileSync(join(folder, name), 'utf8')));
  return [...new Map(listed.map((one) => [`${one.name}@${one.version}`, one])).values()];
}
