/**
 * Bookings a second that a replay scores, in one thread: features, both arms and the paired sums that the verdict rests
 * on, beside onnxruntime-node on ready-made tensors of the same rows, which does a part of that only.
 * Run: `npm run build && npm run bench -- replay`.
 */
import { systemClock } from '../src/clock.js';
import { DEFAULT_HEURISTIC } from '../src/model/heuristic.js';
import { replay } from '../src/replay/replay.js';
import { type Bench, compareInTurn } from './comparison.js';
import { bareSession, benchModel, featureTable, simulatedBookings } from './model-peers.js';

const BOOKINGS = 200_000;
const BATCH = 1024;
const ROUNDS = 9;
const ALL = { window: { fromMs: null, untilMs: null }, limit: null, sample: null, seed: 1 };

export const bench: Bench = {
  summary: `bookings scored a second, of ${BOOKINGS.toLocaleString('en')}`,
  async measure() {
    const model = await benchModel();
    const bookings = simulatedBookings(BOOKINGS);
    const batches = Array.from({ length: Math.ceil(BOOKINGS / BATCH) }, (_, i) =>
      bookings.slice(i * BATCH, (i + 1) * BATCH),
    );
    const run = await bareSession(featureTable(bookings, model.manifest), batches.length);
    const arms = { model, heuristic: DEFAULT_HEURISTIC, clock: systemClock };
    const ours = async () => {
      const { scores } = await replay(batches, arms, ALL);
      if (scores.n !== BOOKINGS) throw new Error(`${scores.n} of ${BOOKINGS} bookings were scored`);
    };
    const theirs = async () => {
      for (let i = 0; i < batches.length; i += 1) await run(i);
    };
    const contest = {
      what: 'scoring: features, both arms, paired sums',
      unit: 'rows/s',
      peer: 'onnxruntime-node, tensors ready',
      wanted: { atLeast: 1.5 },
    };
    return [
      await compareInTurn(
        contest,
        ROUNDS,
        () => perSecond(ours),
        () => perSecond(theirs),
      ),
    ];
  },
};

async function perSecond(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return (BOOKINGS * 1000) / (performance.now() - startMs);
}
