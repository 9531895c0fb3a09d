import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { mersenne } from 'pure-rand/generator/mersenne';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** Random draws of one stream: the same seed and stream give the same draws on any machine. */
export interface Random {
  /** 0 ≤ u < 1. */
  uniform(): number;
  /** Mean 0, standard deviation 1. */
  normal(): number;
  /** Mean 1. */
  exponential(): number;
  chance(probability: number): boolean;
  /** A whole number 0 ≤ k < `count`. */
  below(count: number): number;
}

/** What draws its own numbers, so that changing one of them leaves the others as they were. */
const STREAMS = { weather: 0, demand: 1, fleet: 2, places: 3, bookings: 4, outcomes: 5, faults: 6 } as const;
const STATE_WORDS = 4;

/** The stream `name` of `seed` (a whole number, 0–2³¹−1). */
export function randomStream(seed: number, name: keyof typeof STREAMS): Random {
  const generator = xoroshiro128plusFromState(startState(seed, STREAMS[name]));
  const uniform = () => uniformFloat64(generator);
  return {
    uniform,
    normal: normalDraws(uniform),
    exponential: () => -Math.log(1 - uniform()),
    chance: (probability) => uniform() < probability,
    below: (count) => Math.floor(uniform() * count),
  };
}

/** Xoroshiro started from neighbouring seeds runs alike for a while; Mersenne's own seeding tells them apart. */
function startState(seed: number, stream: number): number[] {
  const words = mersenne(seed);
  for (let i = 0; i < stream * STATE_WORDS; i += 1) words.next();
  return Array.from({ length: STATE_WORDS }, () => words.next());
}

/** Marsaglia's polar method: two draws at a time, the second kept for the next call. */
function normalDraws(uniform: () => number): () => number {
  let spare = Number.NaN;
  return () => {
    const kept = spare;
    spare = Number.NaN;
    if (!Number.isNaN(kept)) return kept;
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * scale;
      return x * scale;
    }
  };
}

/** `value` with at most `decimals` decimals. */
export function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  // `+ 0` turns −0 into 0, which a file would not give back.
  return Math.round(value * scale) / scale + 0;
}
