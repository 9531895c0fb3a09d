import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBinary } from '../run-binary.js';

const DIST = resolve('dist');
let folder = '';
let hook = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-up-'));
  hook = join(folder, 'loaded.cjs');
  writeFileSync(hook, HOOK);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Tells at the end which files were loaded, on a line of stderr of its own. */
const HOOK = `
  process.on('exit', () => {
    const files = Object.keys(require.cache).filter((file) => file !== __filename);
    require('node:fs').writeSync(2, '\\nLOADED ' + JSON.stringify(files) + '\\n');
  });`;

/** What a command loads: files of the build, and the packages in them or beside them. */
interface Loaded {
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

async function loadedBy(...args: string[]): Promise<Loaded> {
  const env = { NODE_OPTIONS: `--require ${hook}`, ATMR_ML_HOME: join(folder, 'home') };
  const { exitCode, stderr } = await runBinary(args, { env, cwd: folder });
  expect(exitCode, stderr).toBe(0);
  const paths: string[] = JSON.parse(/^LOADED (.*)$/m.exec(stderr)?.[1] ?? '');
  const built = paths.filter((path) => path.startsWith(DIST));
  const sources = [
    ...paths.filter((path) => !built.includes(path)),
    ...built.flatMap((path) => regionsOf(readFileSync(path, 'utf8'))),
  ];
  const packages = sources.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  return { files: built.map((path) => basename(path)), packages: [...new Set(packages)].sort() };
}

/** The build says above each piece where it is from. */
function regionsOf(code: string): string[] {
  return [...code.matchAll(/^\/\/#region (\S+)/gm)].map(([, path]) => path as string);
}

/** The packages that the build loads and does not hold. */
function requiredPackages(): string[] {
  const chunks = readdirSync(DIST).filter((name) => name.endsWith('.js') && name !== 'dashboard.js');
  const code = chunks.map((name) => readFileSync(join(DIST, name), 'utf8')).join('\n');
  const names = [...code.matchAll(/\brequire\("([^"./][^"]*)"\)/g)].map(([, name]) => name as string);
  return [...new Set(names)].filter((name) => !isBuiltin(name));
}

describe('the build', () => {
  it('requires no package: one of ES modules could not be required in Node 20.18', () => {
    // Drivers try the first and the last when they are asked for; the two of ajv stand in code that ajv could write to a file.
    expect(requiredPackages().sort()).toEqual([
      '@valkey/valkey-glide',
      'ajv-formats/dist/formats',
      'ajv/dist/runtime/validation_error',
      'pg-native',
    ]);
  });
});

describe('what is loaded', () => {
  it('for --version: one small file', async () => {
    expect((await loadedBy('--version')).files).toEqual(['atmr-ml.js']);
    expect((await loadedBy('-V')).files).toEqual(['atmr-ml.js']);
  });

  it('for --help: nothing but the parser of the arguments', async () => {
    expect((await loadedBy('--help')).packages).toEqual(['commander']);
    expect((await loadedBy('status', '--help')).packages).not.toContain('libsql');
  });

  it('for status on the embedded store: no driver but its own, no statistics, no model runtime, in few files', async () => {
    const { files, packages } = await loadedBy('status');
    // Its binary is another one on each system.
    expect(packages.filter((name) => !name.startsWith('@libsql/'))).toEqual([
      '@date-fns/tz',
      '@neon-rs/load',
      'commander',
      'detect-libc',
      'libsql',
      'valibot',
    ]);
    expect(files.length).toBeLessThanOrEqual(10);
  });
});
