import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Fills `into` with a resample: each entry an index from 0 to `into.length - 1`, with replacement. */
export type DrawResample = (into: Uint32Array) => void;

/** 2^-32: `next()` gives 32 random bits. */
const UNIT = 2 ** -32;

/**
 * Resamples from xoroshiro128+ seeded with a 32-bit integer: the same seed gives the same draws everywhere.
 * Scaling 32 bits favours no index by more than size / 2^32 (0.002 % at 100,000).
 */
export function seededResamples(seed: number): DrawResample {
  const generator = xoroshiro128plus(seed);
  return (into) => {
    const scale = into.length * UNIT;
    for (let i = 0; i < into.length; i++) into[i] = (generator.next() >>> 0) * scale;
  };
}

/** Uniform numbers in [0, 1) from the same generator. */
export function seededUniforms(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => (generator.next() >>> 0) * UNIT;
}

/** Draws whose every outcome has exactly its chance; slower than the ones above. */
export interface SeededDraws {
  /** 0 ≤ u < 1, in steps of 2^-53. */
  uniform(): number;
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number;
}

export function seededDraws(seed: number): SeededDraws {
  const generator = xoroshiro128plus(seed);
  return {
    uniform: () => uniformFloat64(generator),
    integer: (least, most) => uniformInt(generator, least, most),
  };
}
