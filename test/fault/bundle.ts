import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = resolve('node_modules/.cache', `fault-${process.pid}`);
const paths = new Map<string, string>();

/**
 * `test/fault/<name>.ts` as one script of JavaScript: a process that compiles its sources first takes a second to
 * start. Bundled once in this process, and gone with it.
 */
export function bundled(name: string): string {
  const known = paths.get(name);
  if (known !== undefined) return known;
  if (paths.size === 0) makeFolder();
  const folder = join(FOLDER, name);
  const settings = ['--out-dir', folder, '--logLevel', 'warn'];
  const build = ['node_modules/tsdown/dist/run.mjs', ...settings, join('test/fault', `${name}.ts`)];
  execFileSync(process.execPath, build, { stdio: 'pipe' });
  const path = join(folder, `${name}.js`);
  paths.set(name, path);
  return path;
}

function makeFolder(): void {
  process.once('exit', () => rmSync(FOLDER, { recursive: true, force: true }));
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), '{"type":"module"}');
}
