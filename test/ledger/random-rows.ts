import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Ledger, Outcome, PredictionRow } from '../../src/ledger/ledger.js';
import type { Settled } from './oracle.js';
import { MINUTE_MS, outcome, prediction, START_MS } from './rows.js';

const DAY_MS = 24 * 60 * MINUTE_MS;
/** Of the model, in random rows. */
export const VERSIONS = ['1.0.0', '1.0.0', '1.0.0', '2.0.0'] as const;

/** Answers and outcomes in random order, some late, some corrected, some twice. */
export async function fillAtRandom(ledger: Ledger, seed: number, rounds = 16) {
  const bookings = 7.5 * rounds;
  const generator = xoroshiro128plus(seed);
  const random = () => (generator.next() >>> 0) / 2 ** 32;
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const rows: PredictionRow[] = [];
  const settled = new Map<string, Settled>();
  for (let round = 0; round < rounds; round++) {
    const fresh = Array.from({ length: 25 }, (_, i) => randomRow(`${round} ${i}`, bookings, random, pick));
    rows.push(...fresh);
    await ledger.record([...fresh, pick(rows)]);
    const nowMs = START_MS + Math.floor(random() * 2 * DAY_MS);
    const outcomes = new Map<string, Outcome>();
    for (let i = 0; i < 10; i++) {
      const bookingId = `booking ${Math.floor(random() * 1.2 * bookings)}`;
      const delays = [random() * 20 - 5, Math.round(random() * 12), pick([5, 180, 180.5, -181])];
      const actualDelayMinutes = pick([...delays, ...delays.slice(0, 2)]);
      const actualPickupMs = random() < 0.3 ? START_MS + Math.floor(random() * DAY_MS) : null;
      outcomes.set(bookingId, outcome({ bookingId, actualDelayMinutes, actualPickupMs }));
    }
    for (const one of outcomes.values()) {
      const before = settled.get(one.bookingId);
      const same =
        before?.outcome.actualDelayMinutes === one.actualDelayMinutes &&
        (one.actualPickupMs === null || one.actualPickupMs === before.outcome.actualPickupMs);
      if (same) continue;
      settled.set(one.bookingId, { outcome: one, knownMs: before?.knownMs ?? nowMs, settledMs: nowMs });
    }
    await ledger.settle([...outcomes.values()], nowMs);
  }
  return { rows, settled: [...settled.values()] };
}

function randomRow(
  requestId: string,
  bookings: number,
  random: () => number,
  pick: <T>(items: readonly T[]) => T,
): PredictionRow {
  const attempt = pick([
    'answered',
    'answered',
    'answered',
    'none',
    'ineligible',
    'failed',
    'late',
    'not_finite',
  ] as const);
  const answered = attempt === 'answered';
  const variant = pick(['model', 'control'] as const);
  const [modelMinutes, heuristicMinutes] = [answered ? random() * 15 : null, random() * 15];
  const source = variant === 'control' ? 'heuristic' : answered ? 'model' : 'fallback';
  return prediction({
    requestId,
    bookingId: `booking ${Math.floor(random() * bookings)}`,
    createdMs: START_MS + Math.floor(random() * DAY_MS),
    scheduledMs: random() < 0.3 ? null : START_MS + Math.floor(random() * DAY_MS),
    ...{ variant, source, attempt, modelMinutes, heuristicMinutes },
    predictedMinutes: source === 'model' && modelMinutes !== null ? modelMinutes : heuristicMinutes,
    lowerMinutes: answered && random() < 0.8 ? random() * 4 : null,
    upperMinutes: answered ? 6 + random() * 8 : null,
    confidence: answered ? random() : null,
    predictionTimeMs: attempt === 'none' || attempt === 'ineligible' ? null : Math.exp(random() * 8),
    weatherReason: pick([null, 'timeout'] as const),
    outOfRange: pick([0, 0, 2]),
    simulated: random() < 0.5,
    modelVersion: pick(VERSIONS),
    reason: pick(['SPLIT', 'SPLIT', 'SPLIT', 'DISABLED', null]),
    revision: pick([2, 3, 3, 4, null]),
  });
}
