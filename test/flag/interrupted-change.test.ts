import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sqliteStore } from '../../src/flag/sqlite-store.js';
import { until } from '../fault/wait.js';

const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-interrupted-'));
const home = join(folder, 'home');

function start(...args: readonly string[]): ChildProcess {
  const env = { PATH: process.env.PATH ?? '', ATMR_ML_HOME: home };
  const program = join(process.cwd(), 'dist/atmr-ml.js');
  return spawn(process.execPath, [program, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

it('Ctrl-C while it waits for readers tells that the change is recorded, and exits 6', {
  timeout: 180_000,
}, async () => {
  const child = start('activate', '--yes', '--wait', '600', '--expect-instances', '1');
  let stdout = '';
  child.stdout?.on('data', (data) => (stdout += data));
  const store = sqliteStore(join(home, 'atmr-ml.db'), 'ml-delay-prediction');
  await until('the change is recorded', async () => {
    const state = await store.read().catch(() => null);
    return (state?.flag ?? null) !== null;
  });
  child.kill('SIGINT');
  const [exitCode] = await once(child, 'close');
  expect(exitCode).toBe(6);
  expect(JSON.parse(stdout)).toMatchObject({ changed: true, after: { revision: 1 } });
  expect(JSON.parse(stdout).warnings).toContainEqual({
    code: 'INTERRUPTED',
    text: 'Interrupted while waiting: recorded as revision 1, not confirmed.',
  });
  await store.close();
});
