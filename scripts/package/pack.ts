import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Packs the build that is there into `folder`, which has to be empty, as publishing does; returns the path of the tarball. */
export function packInto(folder: string): string {
  execFileSync('npm', ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [name] = readdirSync(folder);
  if (name === undefined) throw new Error('npm pack wrote no tarball');
  return resolve(join(folder, name));
}
