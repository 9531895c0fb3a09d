import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PredictionRow } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { SIMULATED, startProductionDatabase } from '../booking/production-tables.js';
import { program } from './program.js';
import { startProgram } from './running.js';

type Tables = Awaited<ReturnType<typeof startProductionDatabase>>;

let tables: Tables;
beforeAll(async () => {
  tables = await startProductionDatabase({ ...SIMULATED, bookings: 300, days: 12 });
  await tables.query('CREATE DATABASE ledger');
});
afterAll(async () => await tables?.server.remove());

const settleable = () =>
  tables.rows.filter(({ outcome }) => typeof outcome === 'number' && Math.abs(outcome) <= 180);

describe.each([
  ['SQLite', () => ({})],
  ['Postgres', () => ({ DATABASE_URL: tables.urlOf('postgres', 'ledger') })],
])('outcomes sync into %s', (_, variables) => {
  it('settles once, changes nothing when repeated, and corrects what was corrected', async () => {
    const { home, run } = program({ ...variables(), BOOKINGS_DATABASE_URL: tables.url });
    const sync = async (...args: string[]) => {
      const { exitCode, stdout, stderr } = await run('outcomes', 'sync', ...args);
      expect([exitCode, stderr]).toEqual([0, '']);
      return JSON.parse(stdout);
    };
    if ('DATABASE_URL' in variables()) expect((await run('migrate')).exitCode).toBe(0);
    const ledger = await openLedger({ home, ...address(variables()) });
    const [predicted] = settleable();
    try {
      await ledger.record([
        prediction(String(predicted?.booking.id), predicted?.booking.scheduled_time ?? ''),
      ]);
      const n = settleable().length;
      const dry = await sync('--dry-run');
      expect(dry).toMatchObject({ since: null, watermark: null, outcomes: n, settled: null, dryRun: true });
      const first = await sync();
      expect(first).toMatchObject({
        outcomes: n,
        settled: n,
        corrected: 0,
        unchanged: 0,
        unpredicted: n - 1,
      });
      expect(first.read).toBe(n + Object.values<number>(first.excluded).reduce((a, b) => a + b, 0));
      expect(first.excluded).toMatchObject({
        scheduled_time_skipped: 1,
        no_pickup_event: expect.any(Number),
      });
      expect(first.watermark).toBe('2026-10-25T01:36:00.000Z');
      const { accuracy } = await ledger.metrics(Date.parse(first.at) - 60_000, Date.parse(first.at) + 60_000);
      expect(accuracy.model.count).toBe(1);

      const second = await sync();
      expect(second).toMatchObject({ settled: 0, corrected: 0, outcomes: 2, unchanged: 2 });
      expect(Date.parse(second.since)).toBe(Date.parse(first.watermark) - 48 * 3_600_000);
      const whole = await sync('--look-back', '6000h');
      expect(whole).toMatchObject({ settled: 0, corrected: 0, unchanged: n });

      const last = tables.rows.at(-4)?.booking.id;
      await tables.query(`UPDATE booking SET boarded_at = boarded_at + interval '2 min' WHERE id = ${last}`);
      expect(await sync()).toMatchObject({ settled: 0, corrected: 1, unchanged: 1 });
      expect(await sync()).toMatchObject({ settled: 0, corrected: 0, unchanged: 2 });
      await tables.query(`UPDATE booking SET boarded_at = boarded_at - interval '2 min' WHERE id = ${last}`);
    } finally {
      await ledger.close();
    }
  });
});

describe('outcomes sync', () => {
  it('reads a query of the configuration', async () => {
    const { folder, run } = program({ BOOKINGS_DATABASE_URL: tables.url });
    const query =
      'SELECT id, scheduled_time, 4.5 AS actual_delay_minutes FROM booking WHERE id <= 20 OR id > 300';
    writeFileSync(join(folder, 'atmr-ml.config.yaml'), `bookings:\n  query: ${query}\n`);
    const first = JSON.parse((await run('outcomes', 'sync')).stdout);
    expect(first).toMatchObject({ read: 24, corrected: 0, excluded: { scheduled_time_skipped: 1 } });
    expect(first.settled + (first.excluded.no_scheduled_time ?? 0)).toBe(23);
    expect(first.watermark).toBe('2026-10-25T00:34:30.000Z');
    expect(JSON.parse((await run('outcomes', 'sync')).stdout)).toMatchObject({ settled: 0, unchanged: 2 });
  });

  it('goes on until it is interrupted, and never writes to the tables', async () => {
    const { folder, home } = program();
    const variables = { ATMR_ML_HOME: home, BOOKINGS_DATABASE_URL: tables.url };
    const running = startProgram(folder, variables, ['outcomes', 'sync', '--every', '1s', '--json']);
    try {
      while (running.stdout().split('\n').length < 3) await sleep(50);
    } finally {
      expect(await running.interrupt()).toBe(130);
    }
    const [first, second] = running
      .stdout()
      .split('\n')
      .slice(0, 2)
      .map((line) => JSON.parse(line));
    expect([first.settled, second.settled]).toEqual([settleable().length, 0]);
    const read = tables.sessions().filter((statements) => statements.join('\n').includes('FROM booking'));
    expect(read.length).toBeGreaterThan(5);
    for (const [begin, ...statements] of read) {
      expect(begin).toMatch(/^BEGIN READ ONLY/);
      for (const statement of statements) expect(statement).toMatch(/^(COPY \(SELECT|SELECT \* FROM \()/);
    }
  });

  it.each([
    ['no database', {}, [], 2, /Neither DATABASE_URL nor BOOKINGS_DATABASE_URL is set/],
    [
      'no answer',
      { BOOKINGS_DATABASE_URL: 'postgresql://a:secret-word@127.0.0.1:1/b' },
      [],
      4,
      /did not answer/,
    ],
    ['an interval that is none', {}, ['--every', 'often'], 2, /--every is "often"; expected a time/],
    ['a look-back that misses late commits', {}, ['--look-back', '1s'], 2, /--look-back is "1s"/],
  ])('refuses %s', async (_, variables, args, code, message) => {
    const { run } = program(variables);
    const { exitCode, stdout, stderr } = await run('outcomes', 'sync', ...args);
    expect({ exitCode, stdout, stderr }).toMatchObject({
      exitCode: code,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
    expect(stderr).not.toContain('secret-word');
  });
});

describe('outcomes import', () => {
  const CSV = [
    'booking_id,scheduled_time,actual_pickup_at,actual_delay_minutes,note',
    '1,2026-08-03 08:00,2026-08-03T06:04:30Z,,x',
    '2,,,-2.5,x',
    '3,2026-08-03 08:00,,,x',
    '4,,,200,x',
  ];

  it('settles the rows of a file, from minutes or from times, as often as one likes', async () => {
    const { folder, home, run } = program();
    const file = join(folder, 'pickups.csv');
    writeFileSync(file, CSV.join('\n'));
    const excluded = { not_settled: 1, delay_over_180_min: 1 };
    const importIt = async (...args: string[]) =>
      JSON.parse((await run('outcomes', 'import', file, ...args)).stdout);
    expect(await importIt('--dry-run')).toMatchObject({
      read: 4,
      outcomes: 2,
      settled: null,
      excluded,
      dryRun: true,
    });
    const ledger = await openLedger({ databaseUrl: null, home });
    await ledger.record([prediction('1', '2026-08-03 08:00'), prediction('2', '2026-08-03 09:00')]);
    expect(await importIt()).toMatchObject({ read: 4, outcomes: 2, settled: 2, unpredicted: 0, excluded });
    expect(await importIt()).toMatchObject({ settled: 0, corrected: 0, unchanged: 2 });
    writeFileSync(file, CSV.join('\n').replace('-2.5', '-3.5'));
    expect(await importIt()).toMatchObject({ settled: 0, corrected: 1, unchanged: 1 });
    const { predictions } = await ledger.predictions(10, null);
    await ledger.close();
    const delays = predictions.map(({ row, actualDelayMinutes }) => [row.bookingId, actualDelayMinutes]);
    expect(delays.sort()).toEqual([
      ['1', 4.5],
      ['2', -3.5],
    ]);
  });

  it('reads JSON too', async () => {
    const { folder, run } = program();
    const file = join(folder, 'pickups.json');
    writeFileSync(file, '[{"id":7,"actual_delay_minutes":1},{"id":8,"actual_delay_minutes":null}]');
    const { stdout } = await run('outcomes', 'import', file);
    expect(JSON.parse(stdout)).toMatchObject({
      read: 2,
      settled: 1,
      unpredicted: 1,
      excluded: { not_settled: 1 },
    });
  });

  it('settles nothing of a file with one bad row', async () => {
    const { folder, run } = program();
    const file = join(folder, 'pickups.csv');
    writeFileSync(file, [...CSV, '5,,,soon,x', '6,,,later,x'].join('\n'));
    const refused = await run('outcomes', 'import', file);
    expect(refused).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /pickups\.csv line 6, actual_delay_minutes: soon is not a number.*and 1 more at fault.*Nothing was settled/,
      ),
    });
    writeFileSync(file, CSV.join('\n'));
    expect(JSON.parse((await run('outcomes', 'import', file)).stdout)).toMatchObject({
      settled: 2,
      unchanged: 0,
    });
  });
});

function address(variables: { readonly DATABASE_URL?: string }) {
  return { databaseUrl: variables.DATABASE_URL ?? null };
}

/** An answer that was given an hour before the pickup. */
function prediction(bookingId: string, wallTime: string): PredictionRow {
  const scheduledMs = Date.parse(`${wallTime.replace(' ', 'T')}+02:00`);
  return {
    requestId: `request-${bookingId}`,
    bookingId,
    createdMs: scheduledMs - 3_600_000,
    scheduledMs,
    variant: 'model',
    source: 'model',
    reason: null,
    revision: 1,
    percentage: 10,
    predictedMinutes: 4,
    modelMinutes: 4,
    heuristicMinutes: 6,
    lowerMinutes: 0,
    upperMinutes: 9,
    confidence: 0.8,
    attempt: 'answered',
    predictionTimeMs: 1,
    weatherFactor: 0.5,
    weatherReason: 'no_key',
    outOfRange: 0,
    features: { distance_km: 4 },
    driverId: '5',
    modelName: 'delay_predictor',
    modelVersion: '1',
    simulated: true,
    instance: 'test',
    answer: null,
  };
}
