import { type Batches, inBatches } from '../../src/booking/batches.js';
import type { Booking } from '../../src/booking/booking.js';
import { localTime } from '../../src/booking/local-time.js';
import type { Manifest } from '../../src/model/manifest.js';
import type { Model } from '../../src/model/model.js';
import type { ReplayRequest } from '../../src/replay/replay.js';
import { booking } from './booking.js';

export const ALL: ReplayRequest = {
  window: { fromMs: null, untilMs: null },
  limit: null,
  sample: null,
  seed: 1,
};

/** A model of one column that answers with a function of the distance. */
export function modelOf(answer: (distanceKm: number) => number, missing = true): Model {
  return {
    manifest: manifest(missing),
    predict: (rows, count, minutes) => {
      for (let i = 0; i < count; i += 1) minutes[i] = answer(rows[i]!);
    },
    close: async () => {},
    forest: null,
  };
}

export function manifest(missing: boolean): Manifest {
  const noDelays = { default: 0, values: {} };
  return {
    schema: 1,
    name: 'line',
    version: '1',
    sha256: '0'.repeat(64),
    trainedAt: '2026-01-01T00:00:00.000Z',
    data: { rows: 0, from: null, to: null, trainedUntil: null, simulated: false, hash: '' },
    check: { input: [0], output: 0 },
    features: [{ name: 'distance_km', unit: 'km', min: 0, max: 10, quantiles: [], missing }],
    encodings: { delay_by_hour: noDelays, delay_by_day: noDelays, delay_by_driver_exp: noDelays },
    metrics: { train: null, test: null, crossValidation: null },
    interval: null,
    output: { name: 'minutes', unit: 'minutes' },
  };
}

/** In batches that end where no batch of the replay does. */
export function stream(bookings: readonly Booking[]): Batches<Booking> {
  return inBatches(bookings, 7);
}

/** Rides of 1 to 8 km that come exactly one minute late a kilometre, over many days and drivers. */
export function rides(count: number): Booking[] {
  return Array.from({ length: count }, (_, i) => {
    const km = 1 + (i % 8);
    const scheduled = localTime(Date.UTC(2026, 2, 1 + (i % 40), 9 + (i % 6)), 'Europe/Zurich');
    return booking({
      id: String(i),
      distanceMeters: km * 1000,
      actualDelayMinutes: km,
      scheduled,
      driverId: String(i % 30),
    });
  });
}
