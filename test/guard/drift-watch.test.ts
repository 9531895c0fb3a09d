import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDrift } from '../../src/guard/drift-watch.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/open-ledger.js';
import type { DayWindow } from '../../src/ledger/rollout-reads.js';
import type { Manifest } from '../../src/model/manifest.js';
import { beginningOfDay } from '../../src/monitoring/local-days.js';
import { prediction } from '../ledger/rows.js';
import { manifest } from '../replay/rides.js';
import { temporaryFolder } from '../servers/process.js';

const ZONE = 'Europe/Zurich';
/** Monday, 8 June 2026. */
const FIRST_DAY = 20_612;
const HOUR_MS = 3_600_000;

/** Trained on 5000 bookings of 0 to 10 km, evenly spread. */
function model(version: string): Manifest {
  const base = manifest(true);
  const [distance] = base.features;
  const quantiles = Array.from({ length: 11 }, (_, km) => km);
  return { ...base, version, data: { ...base.data, rows: 5000 }, features: [{ ...distance!, quantiles }] };
}

const windowOf = (day: number): DayWindow => {
  const dayNumber = FIRST_DAY + day;
  return { dayNumber, fromMs: beginningOfDay(dayNumber, ZONE), untilMs: beginningOfDay(dayNumber + 1, ZONE) };
};
/** Closed days from the first to this one. */
const closedUntil = (last: number) => Array.from({ length: last + 1 }, (_, day) => windowOf(day));

const LIKE = { fromKm: 0, toKm: 10 };
const UNLIKE = { fromKm: 6, toKm: 16 };

describe('inputs that are unlike those of training', () => {
  let home: string;
  let ledger: Ledger;
  let streamed: number;
  let watched: Pick<Ledger, 'recorded' | 'watermark' | 'setWatermark'>;
  let rows: number;
  beforeEach(async () => {
    home = temporaryFolder('drift');
    ledger = await openLedger({ databaseUrl: null, home });
    [streamed, rows] = [0, 0];
    watched = {
      ...ledger,
      recorded(fromMs, untilMs) {
        streamed += 1;
        return ledger.recorded(fromMs, untilMs);
      },
    };
  });
  afterEach(async () => {
    await ledger.close();
    rmSync(home, { recursive: true });
  });

  /** Bookings of a day, asked about through it, whose distances are evenly spread. */
  async function live(
    day: number,
    { fromKm, toKm }: typeof LIKE,
    { count = 150, version = '1', fromHour = 0 } = {},
  ) {
    const { fromMs } = windowOf(day);
    await ledger.record(
      Array.from({ length: count }, (_, i) => {
        const id = `${++rows}`;
        const createdMs = fromMs + fromHour * HOUR_MS + Math.floor((i / count) * 11 * HOUR_MS);
        return prediction({
          ...{ requestId: id, bookingId: id, createdMs, modelVersion: version },
          // In another order than that of the distances.
          features: {
            distance_km: fromKm + (((i * 7919) % count) / count) * (toKm - fromKm),
          },
        });
      }),
    );
  }

  const read = (last: number, version = '1') => readDrift(watched, model(version), closedUntil(last), ZONE);

  it('are named where they were on two days running', async () => {
    await live(0, UNLIKE);
    await live(1, UNLIKE);
    expect(await read(1)).toEqual(['distance_km']);
  });

  it('are none where they are like them', async () => {
    await live(0, LIKE);
    await live(1, LIKE);
    expect(await read(1)).toEqual([]);
  });

  it.each([
    ['the day before', UNLIKE, LIKE],
    ['the last day', LIKE, UNLIKE],
  ])('are not named for %s alone', async (_, before, last) => {
    await live(0, before);
    await live(1, last);
    expect(await read(1)).toEqual([]);
  });

  it('are not named for two days with one between them that is closed', async () => {
    await live(0, UNLIKE);
    await live(1, LIKE);
    await live(2, UNLIKE);
    expect(await read(2)).toEqual([]);
  });

  it('are not named on days of fewer than 100 bookings, or while only one is closed', async () => {
    await live(0, UNLIKE);
    await live(1, UNLIKE, { count: 99 });
    expect(await read(1)).toEqual([]);
    expect(await read(0)).toEqual([]);
    expect(await readDrift(watched, model('1'), [], ZONE)).toEqual([]);
    expect(streamed).toBe(1);
  });

  it('are looked for once a day: a second look does not read the bookings again', async () => {
    await live(0, UNLIKE);
    await live(1, UNLIKE);
    await live(2, LIKE);
    expect(await read(1)).toEqual(['distance_km']);
    expect(await read(1)).toEqual(['distance_km']);
    // Also another guard, that is started anew each minute.
    const other = await openLedger({ databaseUrl: null, home });
    const never = () => {
      throw new Error('it read the bookings');
    };
    expect(await readDrift({ ...other, recorded: never }, model('1'), closedUntil(1), ZONE)).toEqual([
      'distance_km',
    ]);
    await other.close();
    expect(streamed).toBe(1);
    expect(await read(2)).toEqual([]);
    expect(await read(2)).toEqual([]);
    expect(streamed).toBe(2);
  });

  it('are those of one version: neither its bookings nor its memory are another’s', async () => {
    await live(0, UNLIKE);
    await live(1, UNLIKE);
    await live(0, LIKE, { version: '2' });
    await live(1, LIKE, { version: '2' });
    expect(await read(1)).toEqual(['distance_km']);
    expect(await read(1, '2')).toEqual([]);
    expect(await read(1)).toEqual(['distance_km']);
    expect(streamed).toBe(2);
  });

  it('are looked for anew where what is remembered is of another make', async () => {
    await live(0, UNLIKE);
    await live(1, UNLIKE);
    for (const kept of ['', 'drift', '{"day":"monday"}', `{"day":${FIRST_DAY + 1}}`, '[]', 'null']) {
      await ledger.setWatermark('drift of 1', kept);
      expect(await read(1)).toEqual(['distance_km']);
    }
    expect(streamed).toBe(6);
  });

  it('leave out what the model did not answer', async () => {
    await live(0, UNLIKE);
    const { fromMs } = windowOf(1);
    const unanswered = Array.from({ length: 300 }, (_, i) =>
      prediction({
        ...{ requestId: `late ${i}`, bookingId: `late ${i}`, createdMs: fromMs + i, modelVersion: '1' },
        ...{ attempt: 'late', modelMinutes: null, features: { distance_km: 15 } },
      }),
    );
    await ledger.record(unanswered);
    await live(1, LIKE);
    expect(await read(1)).toEqual([]);
  });

  it('are seen in the whole of a day that has more bookings than are kept', async () => {
    for (const day of [0, 1]) {
      // A morning that is unlike, and an evening like any other.
      await live(day, { fromKm: 12, toKm: 16 }, { count: 5000 });
      await live(day, LIKE, { count: 5000, fromHour: 11 });
    }
    expect(await read(1)).toEqual(['distance_km']);
  });
});
