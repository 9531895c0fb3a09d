import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, type ScoredRow } from '../../src/analysis/scored-row.js';
import type { Booking } from '../../src/booking/booking.js';
import { expectsNoOutcome } from '../../src/booking/outcome.js';
import { openPostgresBookings } from '../../src/booking/postgres-source.js';
import { systemClock } from '../../src/clock.js';
import { replayedRows } from '../../src/error-analysis/replayed-rows.js';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { DEFAULT_HEURISTIC } from '../../src/model/heuristic.js';
import { loadModel } from '../../src/model/load.js';
import { meanOf } from '../../src/statistics/mean.js';
import { startProductionDatabase } from '../booking/production-tables.js';
import { collected } from '../error-analysis/collected.js';
import { recordScored } from '../error-analysis/recorded.js';
import { program } from './program.js';

type Tables = Awaited<ReturnType<typeof startProductionDatabase>>;

let tables: Tables;
let bookings: Booking[];
beforeAll(async () => {
  tables = await startProductionDatabase();
  await tables.query('CREATE DATABASE empty');
  const source = { variable: 'DATABASE_URL', name: '', query: null, timeZone: 'Europe/Zurich' } as const;
  bookings = [];
  for await (const one of openPostgresBookings({ ...source, url: tables.url }, { onBadRow: 'fail' }))
    bookings.push(one);
});
afterAll(async () => await tables?.server.remove());

describe('bookings of the configured database', () => {
  it('give ab-test the same answer as an export of them', async () => {
    const { folder, run } = program({ DATABASE_URL: tables.url });
    const fromTables = await run('ab-test');
    const file = join(folder, 'export.ndjson');
    writeFileSync(
      file,
      bookings
        .filter((one) => !expectsNoOutcome(one))
        .map(exported)
        .join('\n'),
    );
    const fromFile = await run('ab-test', '--source', file);
    expect([fromTables.exitCode, fromTables.stderr]).toEqual([fromFile.exitCode, '']);
    const [ours, theirs] = [JSON.parse(fromTables.stdout), JSON.parse(fromFile.stdout)];
    expect(ours.n).toBeGreaterThan(1000);
    for (const part of [
      'n',
      'arms',
      'improvement',
      'difference',
      'wilcoxon',
      'verdict',
      'needed',
      'inWindow',
      'coverage',
    ]) {
      expect(ours[part]).toEqual(theirs[part]);
    }
    expect(ours.source).toMatchObject({
      name: `Postgres at 127.0.0.1:${tables.server.port}/postgres (table booking)`,
      shipped: false,
    });
    expect(ours.simulated).toBe(true);
    expect(ours.excluded).toEqual({
      seen_in_training: 1,
      status_not_completed: counted('status_not_completed'),
      no_scheduled_time: counted('no_scheduled_time'),
      scheduled_time_skipped: 1,
      time_not_confirmed: counted('time_not_confirmed'),
      no_pickup_event: counted('no_pickup_event'),
      delay_over_180_min: tables.rows.filter(({ outcome }) => typeof outcome === 'number' && outcome > 180)
        .length,
    });
  });

  it('are predicted by their id', async () => {
    const { run } = program({ BOOKINGS_DATABASE_URL: tables.url });
    const one = await run('predict', '--booking', '7');
    expect(one).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/^notice: bookings from Postgres at /),
    });
    const predicted = JSON.parse(one.stdout);
    expect(predicted).toMatchObject({ booking_id: '7', weather: { is_default: true, reason: 'no_history' } });
    const all = await run('predict', '--source', 'postgres');
    expect(all.stderr).toMatch(/notice: \d+ without a scheduled time left out/);
    const { latency_ms: _, created_at: __, ...same } = predicted;
    expect(JSON.parse(all.stdout)).toContainEqual(expect.objectContaining(same));
    const skipped = tables.rows.at(-2)?.booking.id;
    expect(await run('predict', '--source', 'postgres', '--booking', String(skipped))).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(/is scheduled in the hour that the clocks skip/),
    });
  });

  it('train a model', async () => {
    const { folder, run } = program({ DATABASE_URL: tables.url });
    const { exitCode, stdout } = await run(
      'train',
      '--out',
      join(folder, 'own.onnx'),
      '--features',
      'distance_km,month',
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      source: { name: expect.stringMatching(/table booking/), argument: 'postgres' },
      excluded: { no_pickup_event: counted('no_pickup_event'), scheduled_time_skipped: 1, not_settled: 0 },
      data: { simulated: true },
    });
  });

  it('come by a query of the configuration', async () => {
    const { folder, run } = program({ DATABASE_URL: tables.url });
    const query = 'SELECT id, scheduled_time, distance_meters, 4.5 AS actual_delay_minutes FROM booking';
    writeFileSync(join(folder, 'atmr-ml.config.yaml'), `bookings:\n  query: ${query}\n`);
    const { stdout } = await run('ab-test');
    expect(JSON.parse(stdout)).toMatchObject({
      source: { name: expect.stringMatching(/\(bookings\.query\)$/) },
    });
    expect(JSON.parse(stdout).n).toBeGreaterThan(1000);
    writeFileSync(join(folder, 'atmr-ml.config.yaml'), 'bookings:\n  query: SELECT id FROM booking\n');
    expect(await run('ab-test')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/^error: bookings\.query .* has no column scheduled_time/),
    });
  });

  it.each([
    [
      'a database without them',
      () => tables.urlOf('postgres', 'empty'),
      [],
      /"(booking|assignment)" does not exist.*--source FILE/,
    ],
    [
      'no database',
      () => '',
      ['--source', 'postgres'],
      /--source postgres needs DATABASE_URL or BOOKINGS_DATABASE_URL/,
    ],
  ])('refuse %s', async (_, url, args, message) => {
    const { run } = program({ DATABASE_URL: url() });
    const { exitCode, stdout, stderr } = await run('ab-test', ...args);
    expect({ exitCode, stdout, stderr }).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
    expect(stderr).not.toContain('not-for-messages');
  });

  it('are the shipped ones where nothing is configured', async () => {
    const { run } = program();
    const { exitCode, stdout, stderr } = await run('predict', '--booking', '3');
    expect([exitCode, stderr]).toEqual([
      0,
      'notice: bookings from the shipped fixture fixtures/bookings.csv.\n',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ booking_id: '3', simulated: true });
    expect(await run('predict', '--booking', 'none')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/There is no booking none in the shipped fixture/),
    });
    expect(readFileSync('fixtures/bookings.csv', 'utf8')).toMatch(/^3,/m);
  });
});

describe('analyze-errors with a database', () => {
  it('reads the tables, and takes the ledger once something settled there', async () => {
    await tables.query('CREATE DATABASE ledger');
    const databaseUrl = tables.urlOf('postgres', 'ledger');
    const { home, run } = program({ DATABASE_URL: databaseUrl, BOOKINGS_DATABASE_URL: tables.url });
    const notReady = await run('analyze-errors', '--source', 'ledger');
    expect(notReady).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/Run `atmr-ml migrate`/) });
    expect((await run('migrate')).exitCode).toBe(0);
    // Nothing settled there yet.
    const { stdout, stderr } = await run('analyze-errors');
    expect(stderr).toBe('');
    const replayed = JSON.parse(stdout);
    expect(replayed.source.name).toMatch(/^Postgres at .* \(table booking\)$/);
    expect(replayed.n).toBeGreaterThan(1000);
    expect(replayed.causes.map(({ name }: { name: string }) => name)).toContain('weather-missing');

    const rows = await recordReplayed(databaseUrl, home);
    const recorded = JSON.parse((await run('analyze-errors')).stdout);
    expect(recorded).toMatchObject({ n: rows.length, source: { name: 'the ledger of predictions' } });
    expect(recorded.details.bias.value).toBeCloseTo(meanOf(rows.map(errorOf)), 4);
  });
});

/** The first bookings of the tables as a ledger would have them, had the shipped model served. */
async function recordReplayed(databaseUrl: string, home: string): Promise<readonly ScoredRow[]> {
  const model = await loadModel('models/delay_predictor.onnx');
  const arms = { model, heuristic: DEFAULT_HEURISTIC, clock: systemClock };
  const { rows, sinks } = collected();
  const all = { window: { fromMs: null, untilMs: null }, baseline: null };
  await replayedRows([bookings.slice(0, 300)], arms, all, sinks);
  const ledger = await openLedger({ databaseUrl, home });
  try {
    await recordScored(ledger, rows, model.manifest, Date.now() - 1000);
  } finally {
    await Promise.all([ledger.close(), model.close()]);
  }
  return rows;
}

function counted(reason: string): number {
  return tables.rows.filter(({ outcome }) => outcome === reason).length;
}

/** A booking as a file of bookings holds it. */
function exported(booking: Booking): string {
  return JSON.stringify({
    id: booking.id,
    scheduled_time: booking.scheduled && new Date(booking.scheduled.epochMs).toISOString(),
    pickup_lat: booking.pickup?.lat,
    pickup_lon: booking.pickup?.lon,
    dropoff_lat: booking.dropoff?.lat,
    dropoff_lon: booking.dropoff?.lon,
    distance_meters: booking.distanceMeters,
    duration_seconds: booking.durationSeconds,
    is_medical: booking.isMedical,
    is_urgent: booking.isUrgent,
    is_round_trip: booking.isRoundTrip,
    driver_id: booking.driverId,
    driver_total_bookings: booking.driverTotalBookings,
    simulated: booking.simulated,
    actual_delay_minutes: booking.actualDelayMinutes,
  });
}
