import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { startProgram } from '../commands/running.js';
import { until } from '../fault/wait.js';
import { prediction } from '../ledger/rows.js';
import { runBinary } from '../run-binary.js';
import { startPostgres } from '../servers/postgres.js';
import { type Emulated, emulate } from '../terminal-emulator.js';
import { KEYS, startSession, type TerminalSession } from '../terminal-session.js';

const ENTER = '\u001B[?1049h';
const CLEAR = '\u001B[2J';
const ESCAPE = '\u001B';
const USUAL = { columns: 80, rows: 24 };
const SMALL = { columns: 40, rows: 10 };

let folder: string;
let env: Record<string, string>;
let sessions: TerminalSession[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmr-ml-live-'));
  env = { ATMR_ML_HOME: join(folder, 'home'), TZ: 'UTC', USER: 'ana' };
  sessions = [];
});
afterEach(async () => {
  for (const session of sessions) session.press(KEYS.interrupt);
  await Promise.all(sessions.map(({ ended }) => ended));
  rmSync(folder, { recursive: true, force: true });
});

/** The program at a terminal; what is on it, once it is so. */
function watching(args: readonly string[], more: Record<string, string> = {}, size = USUAL) {
  const command = [process.execPath, resolve('dist/atmr-ml.js'), ...args];
  const { PATH = '' } = process.env;
  const session = startSession(command, { cwd: folder, env: { PATH, ...env, ...more }, size });
  sessions.push(session);
  const shows = async (what: RegExp, at = size): Promise<Emulated> => {
    const now = () =>
      emulate(
        session
          .written()
          .split(ENTER)
          .slice(1)
          .map((part) => ENTER + part)
          .join(''),
        at,
      );
    await until(`${what} on\n${now().lines.join('\n')}`, () => now().lines.some((line) => what.test(line)));
    return now();
  };
  return { ...session, shows };
}

const run = (...args: readonly string[]) => runBinary(args, { env, cwd: folder });

/** Answers of the last minutes, all of which are settled. */
async function record(databaseUrl: string | null, answers: number): Promise<void> {
  const ledger = await openLedger({ databaseUrl, home: env.ATMR_ML_HOME! });
  const nowMs = Date.now();
  const rows = Array.from({ length: answers }, (_, i) => {
    const id = `${nowMs}-${i}`;
    return prediction({ requestId: id, bookingId: id, createdMs: nowMs - 120_000 });
  });
  await ledger.record(rows);
  const told = { actualDelayMinutes: 7.5, actualPickupMs: null, origin: 'api' };
  await ledger.settle(
    rows.map(({ bookingId }) => ({ bookingId, ...told })),
    nowMs - 60_000,
  );
  await ledger.close();
}

describe('status --watch on a terminal', () => {
  it('draws in place what changes, without ever clearing the screen, and gives it back at Ctrl-C', async () => {
    await run('activate', '--percentage', '25', '--yes', '--no-wait');
    await record(null, 12);
    const session = watching(['status', '--watch']);
    const first = await session.shows(/on, 25 % of the bookings/);
    expect(first).toMatchObject({ alternate: true, cursorShown: false, scrolls: 0 });
    await session.shows(/^answers +12 +▁{23}█$/);
    await session.shows(/^MAE model +1\.50 min +▁$/);
    await run('activate', '--percentage', '40', '--yes', '--no-wait');
    await session.shows(/on, 40 % of the bookings/);
    expect(session.written()).not.toContain(CLEAR);
    // What has not changed was not written again.
    expect(session.written().split('MAE heuristic')).toHaveLength(2);

    session.press('x', KEYS.enter, KEYS.interrupt);
    const { exitCode } = await session.ended;
    expect(exitCode).toBe(130);
    const last = emulate(session.written(), USUAL);
    expect(last).toMatchObject({ alternate: false, cursorShown: true });
    expect(last.lines.join('\n')).toContain('on, 40 % of the bookings');
  });

  it('is left by q, and stays within a small window, also one that became so', async () => {
    await run('activate', '--percentage', '25', '--yes', '--no-wait');
    const small = watching(['status', '--watch'], {}, SMALL);
    const seen = await small.shows(/^… \d+ lines not shown$/, SMALL);
    expect(seen.scrolls).toBe(0);
    expect(seen.lines).toHaveLength(SMALL.rows);
    small.press('q');
    expect((await small.ended).exitCode).toBe(0);

    const shrunk = watching(['status', '--watch']);
    await shrunk.shows(/^Next:/);
    const before = shrunk.written().length;
    shrunk.resize(SMALL);
    const shownNow = () => emulate(ENTER + shrunk.written().slice(before), SMALL);
    await until('it fits', () => /^… \d+ lines not shown$/.test(shownNow().lines.at(-1) ?? ''));
    expect(shownNow().scrolls).toBe(0);
  });

  it('has no colours with NO_COLOR, and nothing but ASCII where there is nothing else', async () => {
    await run('activate', '--percentage', '25', '--yes', '--no-wait', '--reason', 'été');
    await record(null, 3);
    const coloured = watching(['status', '--watch']);
    await coloured.shows(/^Figures of/);
    expect(coloured.written()).toContain('\u001B[1m');
    const plain = watching(['status', '--watch'], { NO_COLOR: '1', LANG: 'C' });
    await plain.shows(/^answers +3 +_{23}#$/);
    expect(plain.written()).not.toMatch(new RegExp(`${ESCAPE}\\[[\\d;]*m`));
    expect(plain.written()).toMatch(/^\p{ASCII}*$/u);
  });

  it('prints one block after the other where no cursor can be moved', async () => {
    const session = watching(['status', '--watch'], { TERM: 'dumb' });
    await session.sees('never written');
    await run('activate', '--percentage', '25', '--yes', '--no-wait');
    await session.sees('on, 25 % of the bookings');
    expect(session.written()).not.toContain(ESCAPE);
    session.press(KEYS.interrupt);
    const { exitCode, screen } = await session.ended;
    expect([exitCode, screen.split('atmr-ml status').length]).toEqual([130, 3]);
  });

  it('goes on while Postgres is away, says how old the figures are, and tells when it is back', async () => {
    const server = await startPostgres();
    env.DATABASE_URL = server.url;
    try {
      await run('migrate');
      await run('activate', '--percentage', '25', '--yes', '--no-wait');
      await record(server.url, 12);
      const session = watching(['status', '--watch'], {}, { columns: 80, rows: 40 });
      const size = { columns: 80, rows: 40 };
      await session.shows(/^answers +12 /, size);
      await server.kill();
      await session.shows(/^Store postgres: does not answer/, size);
      await session.shows(/^! \d+ s ago the store that decides said: on 25 %, revision 1/, size);
      await session.shows(/^! No figures of the ledger now: /, size);
      await session.shows(/^answers +12 /, size);
      await server.start();
      await run('activate', '--percentage', '30', '--yes', '--no-wait');
      await session.shows(/on, 30 % of the bookings/, size);
      const back = await session.shows(/^Figures of /, size);
      expect(back.lines.join('\n')).not.toContain('the store that decides said');
    } finally {
      await server.remove();
    }
  });
});

describe('rollout status --watch on a terminal', () => {
  it('shows the step, the time left and the way to the bookings, and what somebody else does', async () => {
    await run('rollout', 'start', '--yes', '--no-wait');
    const session = watching(['rollout', 'status', '--watch', '1'], { NO_COLOR: '1' });
    await session.shows(/^Rollout: collecting at step 1 of 4, 10 %$/);
    await session.shows(/^progress {4}░{30} 0 %$/);
    await session.shows(/^time left {3}\d+ d \d+ h$/);
    await session.shows(/^MAE model {3}not enough data$/);
    await run('rollout', 'hold', '--reason', 'strike', '--no-wait');
    const held = await session.shows(/^Rollout: held at step 1/);
    expect(held.scrolls).toBe(0);
    expect(session.written()).not.toContain(CLEAR);
  });
});

describe('in a pipe', () => {
  const started = (...args: readonly string[]) => startProgram(folder, env, args);
  const linesOf = (stdout: string) => stdout.split('\n').slice(0, -1);

  it('status --watch prints a line whenever something changed', async () => {
    await record(null, 12);
    const program = started('status', '--watch');
    await until('the first', () => linesOf(program.stdout()).length === 1);
    await run('activate', '--percentage', '25', '--yes', '--no-wait');
    await until('the change', () => linesOf(program.stdout()).length === 2);
    await run('disable', '--reason', 'fire', '--no-wait');
    await until('the forced off', () => linesOf(program.stdout()).length === 3);
    expect(await program.interrupt()).toBe(130);
    expect(program.stdout()).not.toContain(ESCAPE);
    const time = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /;
    for (const line of linesOf(program.stdout())) expect(line).toMatch(time);
    expect(linesOf(program.stdout()).map((line) => line.replace(time, ''))).toEqual([
      'never written, no instance reads it, 12 answers in the last hour, 0.0 % failures, MAE 1.50 / 3.50 min',
      'on 25 %, revision 1, health: collecting, no instance reads it, 12 answers in the last hour, 0.0 % failures, MAE 1.50 / 3.50 min',
      'forced off, revision 2, no instance reads it, 12 answers in the last hour, 0.0 % failures, MAE 1.50 / 3.50 min',
    ]);
  });

  it('rollout status --watch does too, and with --json it is one document a line', async () => {
    const text = started('rollout', 'status', '--watch', '1');
    const json = started('rollout', 'status', '--watch', '1', '--json');
    try {
      await until('the first line', () => linesOf(text.stdout()).length === 1);
      await until('two documents', () => linesOf(json.stdout()).length === 2);
      await run('rollout', 'start', '--yes', '--no-wait');
      await until('the change', () => linesOf(text.stdout()).length === 2);
      await until('the step', () => JSON.parse(linesOf(json.stdout()).at(-1)!).step === 1);
      expect(text.stdout()).not.toContain(ESCAPE);
      expect(linesOf(text.stdout())[0]).toMatch(/ not started: wait . no rollout was started/);
      expect(linesOf(text.stdout())[1]).toMatch(
        / step 1 of 4, 10 %, collecting: wait . no booking was asked/,
      );
    } finally {
      await Promise.all([text.kill(), json.kill()]);
    }
  });

  it('ends quietly with its reader, at the next line', async () => {
    const command = [process.execPath, resolve('dist/atmr-ml.js'), 'status', '--watch', '--json'];
    const { PATH = '' } = process.env;
    const shell = `${command.join(' ')} | head -n 1 > first; echo "\${PIPESTATUS[0]}"`;
    const session = startSession(['bash', '-c', shell], { cwd: folder, env: { PATH, ...env } });
    expect(await session.ended).toEqual({ exitCode: 0, screen: '0\n' });
  });

  it.each(['0', '-1', 'soon'])('refuses %s seconds', async (seconds) => {
    const { exitCode, stderr } = await run('rollout', 'status', `--watch=${seconds}`);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('expected a whole number')]);
  });
});
