import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { AtmrError } from '../../src/errors.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/open-ledger.js';
import type { Recorder } from '../../src/ledger/recorder.js';
import { startRecorder } from '../../src/ledger/start-recorder.js';
import { bundled } from '../fault/bundle.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import { until } from '../fault/wait.js';
import { type TestServer, temporaryFolder } from '../servers/process.js';
import { prediction } from './rows.js';

let home: string;
let ledger: Ledger;
let notices: string[];

beforeEach(async () => {
  home = temporaryFolder('recorder');
  notices = [];
  ledger = await openLedger({ databaseUrl: null, home });
  return async () => {
    await ledger.close();
    rmSync(home, { recursive: true });
  };
});

const start = (to: Ledger = ledger) =>
  startRecorder(to, { home, databaseUrl: null }, systemClock, (text) => notices.push(text));
const row = (id: string, answer: string | null = null) =>
  prediction({ requestId: id, bookingId: id, answer });
const requests = async (from: Ledger = ledger) => (await from.totals()).traffic.requests;
const spoolFiles = () => readdirSync(join(home, 'spool')).filter((name) => name.endsWith('.ndjson'));

/** A ledger that can be away, or hang. */
function fragile(inner: Ledger) {
  const state = { away: false, hang: null as Promise<void> | null, calls: 0 };
  const record: Ledger['record'] = async (rows) => {
    state.calls += 1;
    await state.hang;
    if (state.away) throw new AtmrError('UNAVAILABLE', 'SQLite did not answer: it is away.');
    await inner.record(rows);
  };
  return { state, ledger: { ...inner, record } };
}

describe('the recorder', () => {
  it('writes in batches, and what is durable is there', async () => {
    const recorder = await start();
    for (let i = 0; i < 1200; i++) recorder.add(row(`added ${i}`));
    await recorder.addDurably(row('durable', '{"a":1}'));
    expect(await ledger.answerOf('durable')).toBe('{"a":1}');
    expect(recorder.pendingAnswerOf('durable')).toBeNull();
    await recorder.stop();
    expect(await requests()).toBe(1201);
    expect(recorder.state()).toEqual({ queued: 0, spooled: 0, lost: 0, corrupt: 0, fault: null });
  });

  it('writes what nobody waits for soon, and knows its answer until then', async () => {
    const recorder = await start();
    recorder.add(row('one', '{"a":1}'));
    expect(recorder.pendingAnswerOf('one')).toBe('{"a":1}');
    await until('the ledger has it', async () => (await requests()) === 1);
    await recorder.stop();
  });

  it('spools while the ledger is away, and drains when it is back', async () => {
    const { state, ledger: away } = fragile(ledger);
    const recorder = await start(away);
    state.away = true;
    for (let i = 0; i < 700; i++) recorder.add(row(`away ${i}`));
    await recorder.addDurably(row('durable', '{"a":1}'));
    expect(recorder.state()).toMatchObject({ spooled: 701, queued: 0, lost: 0 });
    expect(recorder.state().fault).toContain('it is away');
    expect(recorder.pendingAnswerOf('durable')).toBe('{"a":1}');
    state.away = false;
    await until('the spool is empty', () => recorder.state().spooled === 0);
    expect(recorder.state()).toMatchObject({ fault: null, lost: 0 });
    expect(await requests()).toBe(701);
    expect(recorder.pendingAnswerOf('durable')).toBeNull();
    expect(spoolFiles()).toEqual([]);
    await recorder.stop();
    expect(readdirSync(join(home, 'spool'))).toEqual([]);
    expect(notices).toHaveLength(2);
  });

  it('does not wait for a ledger that hangs', async () => {
    const { state, ledger: hanging } = fragile(ledger);
    const recorder = await start(hanging);
    let release = () => {};
    state.hang = new Promise((resolve) => {
      release = resolve;
    });
    await recorder.addDurably(row('one'));
    await recorder.addDurably(row('two'));
    expect(recorder.state()).toMatchObject({ spooled: 2 });
    // One write is under way; nothing is sent behind it.
    expect(state.calls).toBe(1);
    await until('it is a fault', () => recorder.state().fault !== null);
    state.hang = null;
    release();
    await until('the spool is empty', () => recorder.state().spooled === 0);
    await recorder.stop();
    expect(await requests()).toBe(2);
  });

  it('leaves what it could not write to the next start, in order', async () => {
    const { state, ledger: away } = fragile(ledger);
    state.away = true;
    const first = await start(away);
    for (let i = 0; i < 20; i++) first.add(row(`${i}`, `{"i":${i}}`));
    await first.stop();
    expect(first.state()).toMatchObject({ spooled: 20, lost: 0 });
    const stillAway = await start(away);
    expect(stillAway.state().spooled).toBe(20);
    expect(stillAway.pendingAnswerOf('7')).toBe('{"i":7}');
    state.away = false;
    await until('the spool is empty', () => stillAway.state().spooled === 0);
    await stillAway.stop();
    expect(await requests()).toBe(20);
  });

  it('skips and counts lines that a crash left', async () => {
    mkdirSync(join(home, 'spool'), { recursive: true });
    const good = JSON.stringify(row('good'));
    const lines = [
      good,
      'not JSON',
      '{"requestId":"x"}',
      '[]',
      JSON.stringify(row('')),
      '',
      good.slice(0, 99),
    ];
    writeFileSync(join(home, 'spool', 'gone-1-0.ndjson'), lines.join('\n'));
    appendFileSync(join(home, 'spool', 'gone-1-1.ndjson'), JSON.stringify(row('whole, without its end')));
    const recorder = await start();
    await until('the spool is empty', () => recorder.state().spooled === 0);
    expect(recorder.state()).toMatchObject({ corrupt: 5, lost: 0 });
    await recorder.stop();
    expect(await requests()).toBe(2);
  });

  it('leaves alone what a living process spools, and what is for another ledger', async () => {
    mkdirSync(join(home, 'spool'), { recursive: true });
    const { state, ledger: away } = fragile(ledger);
    state.away = true;
    const own = await start(away);
    await own.addDurably(row('own'));
    const [lease] = readdirSync(join(home, 'spool')).filter((name) => name.endsWith('.json'));
    const document = JSON.parse(readFileSync(join(home, 'spool', lease ?? ''), 'utf8'));
    await own.stop();
    const put = (name: string, changes: object) => {
      writeFileSync(join(home, 'spool', `${name}.json`), JSON.stringify({ ...document, ...changes }));
      writeFileSync(join(home, 'spool', `${name}-1.ndjson`), `${JSON.stringify(row(name))}\n`);
    };
    put('alive', { pid: process.ppid });
    put('elsewhere', { host: 'another' });
    put('staging', { ledger: 'another', pid: 2 ** 30 });
    put('dead', { pid: 2 ** 30 });
    const recorder = await start();
    await until('what is ours is drained', async () => (await requests()) === 2);
    await recorder.stop();
    expect(spoolFiles()).toEqual(['alive-1.ndjson', 'elsewhere-1.ndjson', 'staging-1.ndjson']);
  });

  it('refuses what no ledger takes, alone', async () => {
    const recorder = await start();
    recorder.add(row(''));
    const refused = recorder.addDurably({ ...row('bad'), predictedMinutes: Number.NaN });
    await expect(refused).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await recorder.addDurably(row('good'));
    expect(recorder.state()).toMatchObject({ lost: 2, fault: null });
    await recorder.stop();
    await expect(recorder.addDurably(row('late'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('says so when neither the ledger nor the disk takes a row, and keeps those nobody waits for', async () => {
    const { state, ledger: away } = fragile(ledger);
    const recorder = await start(away);
    state.away = true;
    // A file where the folder should be: root may write anywhere else.
    writeFileSync(join(home, 'spool'), '');
    recorder.add(row('patient'));
    await expect(recorder.addDurably(row('waiting'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(recorder.state()).toMatchObject({ queued: 1, lost: 1 });
    state.away = false;
    await until('the ledger has the other one', async () => (await requests()) === 1);
    await recorder.stop();
    expect(recorder.state()).toMatchObject({ queued: 0, lost: 1 });
  });

  it('lets the disk help when rows come faster than the ledger takes them, and says what is lost', async () => {
    const { state, ledger: hanging } = fragile(ledger);
    const recorder = await start(hanging);
    let release = () => {};
    state.hang = new Promise((resolve) => {
      release = resolve;
    });
    for (let i = 0; i < 10_001; i++) recorder.add(row(`${i}`));
    expect(recorder.state()).toMatchObject({ queued: 10_000, lost: 1 });
    await until('all are on the disk', () => recorder.state().spooled === 10_000);
    state.hang = null;
    release();
    await recorder.stop();
    const next = await start();
    await until('the spool is empty', () => next.state().spooled === 0, 30_000);
    await next.stop();
    expect(await requests()).toBe(10_000);
  });
});

describe('a process that records', () => {
  let postgres: TestServer;
  beforeAll(async () => {
    postgres = await startMigratedPostgres();
  });
  afterAll(async () => await postgres?.remove());

  interface Told {
    readonly added: string[];
    readonly durable: string[];
    kill(signal: NodeJS.Signals): Promise<void>;
  }

  function run(url: string): Told {
    const child = spawn(process.execPath, [bundled('recorder-process'), home, url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const told: Record<string, string[]> = { added: [], durable: [] };
    const read = createInterface({ input: child.stdout }).on('line', (line) => {
      told[line.startsWith('added') ? 'added' : 'durable']?.push(line.replace(/^\w+ /, ''));
    });
    const closed = new Promise<void>((resolve) => read.on('close', () => resolve()));
    return {
      added: told.added ?? [],
      durable: told.durable ?? [],
      async kill(signal) {
        child.kill(signal);
        await closed;
      },
    };
  }

  async function idsAfterRestart(url: string): Promise<ReadonlySet<string>> {
    const settings = { home, databaseUrl: url };
    const opened = await openLedger(settings);
    const recorder: Recorder = await startRecorder(opened, settings, systemClock, () => {});
    await until('the spool is empty', () => recorder.state().spooled === 0);
    await recorder.stop();
    const ids = new Set<string>();
    for await (const { row } of opened.recorded(0, Number.POSITIVE_INFINITY)) ids.add(row.requestId);
    await opened.close();
    return ids;
  }

  it('loses nothing it acknowledged to kill −9, with the ledger there or away', async () => {
    const child = run(postgres.url);
    await until('it records', () => child.durable.length > 30);
    await postgres.kill();
    const before = child.durable.length;
    await until('it spools', () => child.durable.length > before + 30);
    const settledBefore = child.added.slice(0, -30);
    await child.kill('SIGKILL');
    await postgres.start();
    const ids = await idsAfterRestart(postgres.url);
    expect(child.durable.filter((id) => !ids.has(id))).toEqual([]);
    // They are written with the next durable one; so those from before it are there, too.
    expect(settledBefore.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('loses nothing at all to SIGTERM, even while the ledger hangs', async () => {
    const child = run(postgres.url);
    await until('it records', () => child.durable.length > 30);
    postgres.pause();
    const before = child.durable.length;
    await until('it spools', () => child.durable.length > before + 10);
    await child.kill('SIGTERM');
    postgres.resume();
    const ids = await idsAfterRestart(postgres.url);
    expect([...child.durable, ...child.added].filter((id) => !ids.has(id))).toEqual([]);
  });
});
