import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { bundledPackages } from './bundled-packages.js';
import { isAllowed, readLicence } from './licences.js';

/**
 * Lists every package that reaches who installs this one, by itself or in the build, with its licence; ends with 1
 * where one may not be passed on. Usage: npm run licences, after a build.
 */
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, { dev?: boolean; devOptional?: boolean; version: string; license?: string }>;
};
const installed = Object.entries(lock.packages)
  .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
  // A binary of another system is not on this disk: the lockfile has what its package says.
  .map(([path, { version, license }]) => ({
    name: path.replace(/^.*node_modules\//, ''),
    ...{ version, licence: license ?? readLicence(resolve(path)).licence, how: 'installed' },
  }));
const bundled = bundledPackages('dist').map((one) => ({ ...one, how: 'bundled' }));
const all = [...installed, ...bundled].sort((a, b) => (a.name < b.name ? -1 : 1));
const refused = all.filter(({ licence }) => !isAllowed(licence));

for (const { name, version, licence, how } of all)
  process.stdout.write(`${how.padEnd(9)}  ${licence.padEnd(14)}  ${name}@${version}\n`);
for (const { name, licence } of refused)
  process.stderr.write(`${name} may not be passed on: its licence is ${licence}\n`);
process.stdout.write(`${all.length} packages, ${refused.length} that may not be passed on\n`);
process.exit(refused.length === 0 ? 0 : 1);
