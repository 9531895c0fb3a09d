import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ledgerRows } from '../../src/error-analysis/ledger-rows.js';
import type { Ledger, PredictionRow } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { manifest } from '../replay/rides.js';
import { collected } from './collected.js';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 7, 1, 9);
const NOW_MS = START_MS + 30 * DAY_MS;
const WINDOW = { fromMs: null, untilMs: null };
const READING = { manifest: manifest(true), timeZone: 'Europe/Zurich', nowMs: NOW_MS, baseline: null };

const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-ledger-rows-'));
let ledger: Ledger;

async function read(reading: Parameters<typeof ledgerRows>[1]) {
  const { rows, baseline, sinks } = collected();
  return { rows, baseline, ...(await ledgerRows(ledger, reading, sinks)) };
}

function prediction(i: number, changes: Partial<PredictionRow> = {}): PredictionRow {
  return {
    requestId: `r${i}`,
    bookingId: `b${i}`,
    createdMs: START_MS + i * DAY_MS - 3_600_000,
    scheduledMs: START_MS + i * DAY_MS,
    variant: 'model',
    source: 'model',
    reason: null,
    revision: 1,
    percentage: 100,
    predictedMinutes: 6,
    modelMinutes: 6,
    heuristicMinutes: 4,
    lowerMinutes: 2,
    upperMinutes: 10,
    confidence: 0.7,
    attempt: 'answered',
    predictionTimeMs: 2,
    weatherFactor: 0.5,
    weatherReason: null,
    outOfRange: 0,
    features: { distance_km: 4 },
    driverId: '9',
    modelName: 'line',
    modelVersion: '1',
    simulated: false,
    instance: 'test',
    answer: null,
    ...changes,
  };
}

beforeAll(async () => {
  ledger = await openLedger({ databaseUrl: null, home: folder });
  await ledger.record([
    prediction(0),
    prediction(1, { features: { distance_km: 44 }, weatherReason: 'timeout' }),
    prediction(2, { modelVersion: '0' }),
    prediction(3, { modelMinutes: null, attempt: 'late', source: 'fallback' }),
    prediction(4, { modelMinutes: null, attempt: 'ineligible', features: { distance_km: null } }),
    prediction(5),
  ]);
  const outcome = (i: number) => ({
    bookingId: `b${i}`,
    actualDelayMinutes: 5,
    actualPickupMs: null,
    origin: 'file',
  });
  await ledger.settle([0, 1, 2, 3].map(outcome), START_MS + 10 * DAY_MS);
});

afterAll(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

describe('rows of the ledger', () => {
  test('are the settled answers of one model version', async () => {
    const { rows, excluded, simulated } = await read({ ...READING, window: WINDOW });
    expect(rows.map(({ bookingId }) => bookingId)).toEqual(['b0', 'b1']);
    expect(excluded).toEqual({ other_model: 1, not_scored_by_model: 1 });
    expect(simulated).toBe(false);
    expect(rows[0]).toMatchObject({
      modelMinutes: 6,
      heuristicMinutes: 4,
      actualMinutes: 5,
      expectedErrorMinutes: 4,
    });
    expect(rows.map(({ outOfRange }) => outOfRange)).toEqual([[], ['distance_km']]);
  });

  test('come with all that was asked', async () => {
    const { asked } = await read({ ...READING, window: WINDOW });
    expect(asked).toMatchObject({
      bookings: 6,
      attempts: 5,
      ineligible: 1,
      missingDistance: 1,
      weatherDefault: 1,
      weatherReasons: { timeout: 1 },
      failures: { failed: 0, late: 1, not_finite: 0 },
    });
    expect([...asked.perDay.values()]).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('keep to a window, and leave a baseline aside', async () => {
    const late = { ...READING, window: { fromMs: START_MS + 11 * DAY_MS, untilMs: null } };
    expect((await read(late)).rows).toEqual([]);
    const baseline = { fromMs: START_MS - 1, untilMs: START_MS + 1 };
    const split = await read({ ...READING, window: WINDOW, baseline });
    expect(split.baseline.map(({ bookingId }) => bookingId)).toEqual(['b0']);
    expect(split.rows.map(({ bookingId }) => bookingId)).toEqual(['b1']);
  });
});
