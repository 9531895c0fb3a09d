import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { POSTGRES_MIGRATIONS } from '../../src/migration/postgres-migrations.js';
import { startPostgres } from '../servers/postgres.js';
import { type TestServer, temporaryFolder } from '../servers/process.js';

const STEPS = POSTGRES_MIGRATIONS.map(({ id, name }) => ({ id, name }));

let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await startPostgres();
  folder = temporaryFolder('migrate');
});
afterAll(async () => {
  await server?.remove();
  rmSync(folder, { recursive: true });
});

it('looks, shows, does, and is done', async () => {
  expect(await migrate('--check')).toMatchObject({
    exitCode: 3,
    document: { pending: STEPS },
  });
  const shown = await migrate('--dry-run');
  expect(shown).toMatchObject({ exitCode: 0 });
  expect(JSON.stringify(shown.document)).toContain('CREATE TABLE atmr_ml.flag');
  expect(await migrate('--check')).toMatchObject({ exitCode: 3 });
  expect(await migrate()).toMatchObject({ exitCode: 0, document: { applied: STEPS } });
  expect(await migrate('--check')).toMatchObject({ exitCode: 0, document: { pending: [] } });
  expect(await migrate()).toMatchObject({ exitCode: 0, document: { applied: [] } });
});

it('has nothing to do without a database', async () => {
  expect(await atmrMl({ DATABASE_URL: '' }, 'migrate')).toMatchObject({
    exitCode: 0,
    document: { pending: [] },
  });
});

function migrate(...args: string[]) {
  return atmrMl({ DATABASE_URL: server.url }, 'migrate', ...args);
}

async function atmrMl(env: Record<string, string>, ...args: string[]) {
  const program = new URL('../../dist/atmr-ml.js', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { ...process.env, ATMR_ML_HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, document: JSON.parse(output) as unknown };
}
