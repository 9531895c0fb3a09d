/**
 * One booking after another through both arms in this process, beside a bare `session.run` of onnxruntime-node with one
 * row that is ready in a tensor, on the same forest. Run: `npm run bench -- prediction`.
 *
 * Ours includes the features, the heuristic, the interval and the confidence; once without and once with the factors.
 * Both have answered thousands of bookings before the first round, as a server has.
 */
import { quantile } from 'd3-array';
import type { Booking } from '../src/booking/booking.js';
import { systemClock } from '../src/clock.js';
import { DEFAULT_HEURISTIC } from '../src/model/heuristic.js';
import { bookingPredictor } from '../src/model/predict.js';
import { type Bench, type Comparison, type Contest, compared } from './comparison.js';
import { bareSession, benchModel, featureTable, simulatedBookings } from './model-peers.js';

const BOOKINGS = 5000;
const WARM_UPS = 4;
const ROUNDS = 9;
const PEER = 'onnxruntime-node, bare session.run';
const QUANTILES = { p50: 0.5, p99: 0.99 } as const;

export const bench: Bench = {
  summary: 'one prediction in process, in microseconds',
  async measure(say) {
    const model = await benchModel();
    const bookings = simulatedBookings(BOOKINGS);
    const run = await bareSession(featureTable(bookings, model.manifest), BOOKINGS);
    const without = bookingPredictor(model, DEFAULT_HEURISTIC, systemClock, { factors: false });
    const withFactors = bookingPredictor(model, DEFAULT_HEURISTIC, systemClock);
    const asked = [
      { what: 'both arms and interval', atMost: 0.8, ask: (i: number) => without(bookings[i] as Booking) },
      { what: 'the same with factors', atMost: 3, ask: (i: number) => withFactors(bookings[i] as Booking) },
    ];
    const comparisons: Comparison[] = [];
    for (const { what, atMost, ask } of asked) {
      const rounds: { ours: number[]; theirs: number[] }[] = [];
      for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
        const [ours, theirs] = [await microseconds(ask), await microseconds(run)];
        if (round >= 0) rounds.push({ ours, theirs });
      }
      for (const [name, share] of Object.entries(QUANTILES)) {
        const contest: Contest = { what: `${what}, ${name}`, unit: 'µs', peer: PEER, wanted: { atMost } };
        const at = (values: number[]) => quantile(values, share) ?? Number.NaN;
        comparisons.push(
          compared(
            contest,
            rounds.map(({ ours }) => at(ours)),
            rounds.map(({ theirs }) => at(theirs)),
          ),
        );
      }
      say(`${what}: done`);
    }
    return comparisons;
  },
};

async function microseconds(ask: (i: number) => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < BOOKINGS; i += 1) {
    const startMs = performance.now();
    await ask(i);
    took.push((performance.now() - startMs) * 1000);
  }
  return took;
}
