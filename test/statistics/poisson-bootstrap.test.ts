import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IdName, nameId } from '../../src/booking/id-hash.js';
import { bcaEstimate } from '../../src/statistics/bca.js';
import {
  addReplicates,
  emptyReplicates,
  mergeReplicates,
  REPLICATES,
  type ReplicateSums,
  replicateInterval,
} from '../../src/statistics/poisson-bootstrap.js';
import { seededResamples, seededUniforms } from '../../src/statistics/random.js';

interface Errors {
  readonly model: number;
  readonly heuristic: number;
}

function summed(pairs: readonly (Errors & { readonly id: string })[]): ReplicateSums {
  const sums = emptyReplicates();
  const name: IdName = { high: 0, low: 0 };
  for (const { id, model, heuristic } of pairs) {
    nameId(name, id);
    addReplicates(sums, name, model, heuristic);
  }
  return sums;
}

/** Errors as those of delays are: skewed, and alike in both arms. True ratio of their means: 0.8. */
function errors(count: number, seed: number) {
  const uniform = seededUniforms(seed);
  return Array.from({ length: count }, (_, i) => {
    const shared = -Math.log(1 - uniform());
    const [model, heuristic] = [-Math.log(1 - uniform()), -Math.log(1 - uniform())];
    return { id: `${seed}-${i}`, model: 0.8 * (2 * shared + model), heuristic: 2 * shared + heuristic };
  });
}

/** How often each of many bookings counts in each replicate. */
function weights(count: number): Float64Array[] {
  const name: IdName = { high: 0, low: 0 };
  return Array.from({ length: count }, (_, i) => {
    const sums = emptyReplicates();
    nameId(name, String(i + 1));
    addReplicates(sums, name, 1, 1);
    return sums.model;
  });
}

describe('weights made of ids', () => {
  const drawn = weights(5000);
  const total = drawn.length * REPLICATES;

  it('are Poisson numbers of mean 1', () => {
    const counts = new Array<number>(8).fill(0);
    for (const of of drawn) for (const weight of of) counts[Math.min(weight, 7)]! += 1;
    let probability = Math.exp(-1);
    let rest = 1;
    let chiSquare = 0;
    for (const [weight, count] of counts.entries()) {
      const expected = total * (weight === 7 ? rest : probability);
      chiSquare += (count - expected) ** 2 / expected;
      rest -= probability;
      probability /= weight + 1;
    }
    // 7 degrees of freedom: 24.3 is exceeded once in a thousand.
    expect(chiSquare).toBeLessThan(24.3);
    expect(counts[0]! / total).toBeCloseTo(Math.exp(-1), 2);
  });

  it('are not alike in two replicates, nor of neighbouring ids', () => {
    const correlation = (pairs: readonly (readonly [number, number])[]) =>
      pairs.reduce((sum, [a, b]) => sum + (a - 1) * (b - 1), 0) / pairs.length;
    const ofOnePair = drawn.map((of) => [of[0]!, of[1]!] as const);
    const ofTwoPairs = drawn.map((of) => [of[0]!, of[2]!] as const);
    const ofNeighbours = drawn.slice(1).map((of, i) => [of[0]!, drawn[i]![0]!] as const);
    // One standard error is 0.014.
    for (const pairs of [ofOnePair, ofTwoPairs, ofNeighbours]) {
      expect(Math.abs(correlation(pairs))).toBeLessThan(0.06);
    }
  });
});

describe('the bootstrap of a stream', () => {
  it('is the same to the last bit in any order and from any parts', () => {
    const pair = fc.record({
      id: fc.string(),
      model: fc.double({ min: 0, max: 300, noNaN: true }),
      heuristic: fc.double({ min: 0, max: 300, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (pairs, parts) => {
        const merged = emptyReplicates();
        for (let part = 0; part < parts; part += 1) {
          mergeReplicates(merged, summed(pairs.filter((_, i) => i % parts === part).toReversed()));
        }
        expect(merged).toEqual(summed(pairs));
      }),
    );
  });

  it('agrees with BCa on the same bookings, by a sixth of the interval', () => {
    for (const seed of [1, 2, 3, 4]) {
      const pairs = errors(2000, seed);
      const units = {
        numerator: Float64Array.from(pairs, ({ model }) => model),
        denominator: Float64Array.from(pairs, ({ heuristic }) => heuristic),
      };
      const bca = bcaEstimate(units, seededResamples(seed), 1000);
      if (bca.kind === 'insufficient') throw new Error(bca.reason);
      const interval = replicateInterval(summed(pairs))!;
      const tolerance = (bca.interval.upper - bca.interval.lower) / 6;
      expect(Math.abs(interval.lower - (bca.interval.lower - 1))).toBeLessThan(tolerance);
      expect(Math.abs(interval.upper - (bca.interval.upper - 1))).toBeLessThan(tolerance);
    }
  });

  it('covers the truth in about 95 of 100 replays', () => {
    const runs = 400;
    let covered = 0;
    for (let run = 0; run < runs; run += 1) {
      const interval = replicateInterval(summed(errors(250, 100 + run)))!;
      if (interval.lower <= -0.2 && interval.upper >= -0.2) covered += 1;
    }
    // Of 400, three standard errors are 3.3 points.
    expect(covered / runs).toBeGreaterThan(0.917);
    expect(covered / runs).toBeLessThan(0.983);
  });

  it('says nothing where a replicate has nothing to divide by', () => {
    expect(replicateInterval(summed([{ id: '1', model: 1, heuristic: 1 }]))).toBe(null);
  });
});
