import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { until } from '../fault/wait.js';

const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-watch-'));
const env = { PATH: process.env.PATH ?? '', ATMR_ML_HOME: join(folder, 'home') };

function start(...args: readonly string[]): ChildProcess {
  const program = join(process.cwd(), 'dist/atmr-ml.js');
  return spawn(process.execPath, [program, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function run(...args: readonly string[]) {
  const child = start(...args);
  let stdout = '';
  child.stdout?.on('data', (data) => (stdout += data));
  const [exitCode] = await once(child, 'close');
  return { exitCode, document: JSON.parse(stdout) };
}

/** Starts `atmr-ml watch`; `heard` resolves once it has told of such an event. */
function startWatch() {
  const child = start('watch');
  const events: { event: string; state?: string; flag?: { percentage: number } }[] = [];
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', (line) => events.push(JSON.parse(line)));
  }
  const heard = (wanted: (event: (typeof events)[number]) => boolean) =>
    until('it tells of the event', () => events.some(wanted));
  return { child, heard };
}

it('three of them confirm a change, tell of it, and say good-bye at Ctrl-C', {
  timeout: 180_000,
}, async () => {
  const watches = [startWatch(), startWatch(), startWatch()];
  await Promise.all(watches.map(({ heard }) => heard(({ state }) => state === 'live')));
  const { exitCode, document } = await run(
    'activate',
    '--percentage',
    '5',
    '--yes',
    '--expect-instances',
    '3',
  );
  expect(exitCode).toBe(0);
  expect(document.instances.map(({ confirmed }: { confirmed: boolean }) => confirmed)).toEqual([
    true,
    true,
    true,
  ]);
  await Promise.all(watches.map(({ heard }) => heard(({ flag }) => flag?.percentage === 5)));
  const ends = watches.map(({ child }) => once(child, 'close'));
  for (const { child } of watches) child.kill('SIGINT');
  expect((await Promise.all(ends)).map(([code]) => code)).toEqual([130, 130, 130]);
  expect((await run('status')).document.instances).toEqual([]);
});
