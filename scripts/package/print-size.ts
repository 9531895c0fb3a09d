import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packInto } from './pack.js';

/**
 * What the package weighs: packed, unpacked, and installed in an empty folder with what it depends on; then once more with ONNX
 * Runtime beside it. Bytes of files, in MB of 10⁶. Usage: npm run size, after a build.
 */
const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-size-'));
try {
  const packed = join(folder, 'packed');
  mkdirSync(packed);
  const tarball = packInto(packed);
  const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    peerDependencies: Readonly<Record<string, string>>;
  };
  const peers = Object.entries(peerDependencies).map(([name, range]) => `${name}@${range}`);
  print('packed', statSync(tarball).size);
  table('installed', install(join(folder, 'alone'), tarball));
  // Its script would fetch what graphics cards need.
  table('with ONNX Runtime', install(join(folder, 'together'), tarball, ...peers, '--ignore-scripts'));
} finally {
  rmSync(folder, { recursive: true });
}

function install(where: string, ...what: readonly string[]): string {
  mkdirSync(where);
  writeFileSync(join(where, 'package.json'), '{"private":true}');
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', ['install', ...quietly, ...what], { cwd: where, stdio: 'inherit' });
  return join(where, 'node_modules');
}

function table(title: string, modules: string): void {
  const sizes = packagesIn(modules).map((name) => ({ name, bytes: bytesIn(join(modules, name)) }));
  print(
    `${title}, ${sizes.length} packages`,
    sizes.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  for (const { name, bytes } of sizes.sort((a, b) => b.bytes - a.bytes)) print(`  ${name}`, bytes);
}

function packagesIn(modules: string): string[] {
  const names = readdirSync(modules).filter((name) => !name.startsWith('.'));
  return names.flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
}

function bytesIn(path: string): number {
  if (!lstatSync(path).isDirectory()) return lstatSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + bytesIn(join(path, name)), 0);
}

function print(name: string, bytes: number): void {
  process.stdout.write(`${name.padEnd(40)}  ${(bytes / 1e6).toFixed(2).padStart(8)} MB\n`);
}
