import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { bundledPackages } from './bundled-packages.js';
import { type Bom, billOf } from './sbom.js';

/**
 * Writes what reaches who installs this package as CycloneDX 1.5: the packages that are installed, and those that are in the build.
 * The same lockfile and build make the same bytes. Usage: npm run sbom [-- FILE], after a build; sbom.cdx.json without one.
 */
const everything = JSON.parse(
  execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--loglevel=error'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  }),
) as Bom;
const { name } = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string };
const bundled = bundledPackages('dist').map((one) => `${one.name}@${one.version}`);
const bill = billOf(everything, name, new Set(bundled));
const path = process.argv[2] ?? 'sbom.cdx.json';
writeFileSync(path, `${JSON.stringify(bill, null, 2)}\n`);
process.stdout.write(`${path}: ${bill.components.length} packages, ${bundled.length} of them bundled\n`);
