import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
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
  if (paths.size === 0) process.once('exit', () => rmSync(FOLDER, { recursive: true, force: true }));
  const folder = join(FOLDER, name);
  // They await at their top, which CommonJS cannot.
  const settings = ['--format', 'esm', '--out-dir', folder, '--logLevel', 'warn'];
  const build = ['node_modules/tsdown/dist/run.mjs', ...settings, join('test/fault', `${name}.ts`)];
  execFileSync(process.execPath, build, { stdio: 'pipe' });
  const path = join(folder, `${name}.js`);
  paths.set(name, path);
  return path;
}
