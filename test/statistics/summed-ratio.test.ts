import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onGrid } from '../../src/statistics/exact-sum.js';
import { addToMoments, emptyMoments } from '../../src/statistics/moments.js';
import { meanUnits } from '../../src/statistics/ratio.js';
import { studentCdf } from '../../src/statistics/special-functions.js';
import { estimateSummedRatio, summedRatioP } from '../../src/statistics/summed-ratio.js';
import { estimateRatio } from '../../src/statistics/widest.js';

interface Pair {
  readonly model: number;
  readonly heuristic: number;
  /** -1: belongs to no cluster. */
  readonly cluster: number;
  readonly driver?: number;
}

/** Errors as bookings have: on the grid, as their squares are then, and not so small that only its rounding is left. */
const seconds = (min: number) => fc.integer({ min, max: 1200 }).map((value) => onGrid(value / 64));

const pair = fc.record({
  model: seconds(0),
  heuristic: seconds(6),
  cluster: fc.integer({ min: -1, max: 25 }),
});

/** The same pairs, summed as a stream would. */
function summed(pairs: readonly Pair[]) {
  const bookings = emptyMoments();
  const loose = emptyMoments();
  const clusters = new Map<number, { n: number; model: number; heuristic: number }>();
  for (const { model, heuristic, cluster } of pairs) {
    addToMoments(bookings, model, heuristic);
    if (cluster === -1) addToMoments(loose, model, heuristic);
    else {
      const sums = clusters.get(cluster) ?? { n: 0, model: 0, heuristic: 0 };
      clusters.set(cluster, {
        n: sums.n + 1,
        model: sums.model + model,
        heuristic: sums.heuristic + heuristic,
      });
    }
  }
  return {
    bookings,
    dimension: { name: 'day', clusters: [...clusters.values()], known: clusters.size, loose },
  };
}

const MODEL = { model: 1, heuristic: 0, one: 0 };
const HEURISTIC = { model: 0, heuristic: 1, one: 0 };
const ONE = { model: 0, heuristic: 0, one: 1 };

describe('estimateSummedRatio', () => {
  it('says from sums what the single bookings say', () => {
    fc.assert(
      fc.property(fc.array(pair, { minLength: 60, maxLength: 200 }), (pairs) => {
        const model = Float64Array.from(pairs, (entry) => entry.model);
        const heuristic = Float64Array.from(pairs, (entry) => entry.heuristic);
        const ids = Int32Array.from(pairs, (entry) => entry.cluster);
        const { bookings, dimension } = summed(pairs);
        const single = { seed: 1, bootstrapUpTo: 0 };
        for (const [fromSums, fromBookings] of [
          [
            estimateSummedRatio(MODEL, HEURISTIC, bookings, [dimension]),
            { numerator: model, denominator: heuristic },
          ],
          [estimateSummedRatio(MODEL, ONE, bookings, [dimension]), meanUnits(model)],
        ] as const) {
          const expected = estimateRatio(fromBookings, [{ name: 'day', ids }], single);
          fc.pre(expected.kind === 'estimated' && fromSums.kind === 'estimated');
          expect(fromSums.value).toBeCloseTo(expected.value, 9);
          expect(fromSums.interval.lower).toBeCloseTo(expected.interval.lower, 6);
          expect(fromSums.interval.upper).toBeCloseTo(expected.interval.upper, 6);
          expect(fromSums.dimensions.map(({ standing, clusters }) => [standing, clusters])).toEqual(
            expected.dimensions.map(({ standing, clusters }) => [standing, clusters]),
          );
        }
      }),
    );
  });

  it('has a p-value at most 0.05 exactly where its interval leaves out zero', () => {
    const answers = { found: 0, notFound: 0 };
    const alike = fc.record({
      model: fc.double({ min: 0, max: 20, noNaN: true }),
      heuristic: fc.double({ min: 2, max: 22, noNaN: true }),
      cluster: fc.integer({ min: 0, max: 12 }),
      driver: fc.integer({ min: 0, max: 12 }),
    });
    fc.assert(
      fc.property(fc.array(alike, { minLength: 60, maxLength: 200 }), (pairs) => {
        // Bookings of a day and of a driver share an error, so that the interval along both is the widest.
        const shared = pairs.map((one) => ({
          ...one,
          model: one.model + (one.cluster % 5) + (one.driver % 5),
        }));
        const { bookings, dimension } = summed(shared);
        const byDriver = summed(shared.map((one) => ({ ...one, cluster: one.driver }))).dimension;
        const dimensions = [dimension, { ...byDriver, name: 'driver' }];
        const { known } = dimension;
        fc.pre(known >= 8 && byDriver.known >= 8);
        const difference = estimateSummedRatio(
          { model: 1, heuristic: -1, one: 0 },
          ONE,
          bookings,
          dimensions,
        );
        if (difference.kind === 'insufficient') throw new Error(difference.reason);
        const { lower, upper } = difference.interval;
        const p = summedRatioP({ model: 1, heuristic: -1, one: 0 }, ONE, bookings, dimensions);
        expect(p! <= 0.05).toBe(lower > 0 || upper < 0);
        answers[p! <= 0.05 ? 'found' : 'notFound'] += 1;
      }),
      { seed: 20260722 },
    );
    expect(Math.min(answers.found, answers.notFound)).toBeGreaterThan(5);
  });

  it('has no estimate for no bookings', () => {
    expect(estimateSummedRatio(MODEL, ONE, emptyMoments(), [])).toMatchObject({
      kind: 'insufficient',
      dimensions: [],
    });
  });
});

/** What makes the model's error 1 to 9 larger than the heuristic's. */
const LARGER = [1, 2, 3, 4, 6, 7, 8, 9];
const DIFFERENCE = { model: 1, heuristic: -1, one: 0 };

function larger(by: readonly number[], cluster: (i: number) => number) {
  return by.map((more, i) => ({ model: 2 + (i % 3) + more, heuristic: 2 + (i % 3), cluster: cluster(i) }));
}

describe('the ratio of two sums of both errors', () => {
  it('is the one from the single bookings', () => {
    const pairs = larger([...LARGER, ...LARGER, ...LARGER], (i) => (7 * i) % 9);
    const { bookings, dimension } = summed(pairs);
    const fromSums = estimateSummedRatio(DIFFERENCE, { model: 1, heuristic: 1, one: 1 }, bookings, [
      dimension,
    ]);
    const units = {
      numerator: Float64Array.from(pairs, ({ model, heuristic }) => model - heuristic),
      denominator: Float64Array.from(pairs, ({ model, heuristic }) => model + heuristic + 1),
    };
    const day = { name: 'day', ids: Int32Array.from(pairs, ({ cluster }) => cluster) };
    const expected = estimateRatio(units, [day], { seed: 1, bootstrapUpTo: 0 });
    if (fromSums.kind === 'insufficient' || expected.kind === 'insufficient') throw new Error('no estimate');
    expect(fromSums.value).toBeCloseTo(expected.value, 12);
    expect(fromSums.interval.lower).toBeCloseTo(expected.interval.lower, 9);
    expect(fromSums.interval.upper).toBeCloseTo(expected.interval.upper, 9);
  });
});

describe('summedRatioP', () => {
  // Mean 5, squares of what is left 16 + 9 + 4 + 1 and again, 60: t = 5 / √(60 / (8 · 7)).
  const byBooking = 2 * studentCdf(-5 / Math.sqrt(60 / 56), 7);

  it('is that of a t-test where each booking stands for itself, from 8 of them on', () => {
    const eight = summed(larger(LARGER, () => -1));
    expect(summedRatioP(DIFFERENCE, ONE, eight.bookings, [])).toBeCloseTo(byBooking, 12);
    const better = { model: -1, heuristic: 1, one: 0 };
    expect(summedRatioP(better, ONE, eight.bookings, [])).toBeCloseTo(byBooking, 12);
    for (const few of [0, 1, 2, 7]) {
      expect(
        summedRatioP(DIFFERENCE, ONE, summed(larger(LARGER.slice(0, few), () => -1)).bookings, []),
      ).toBeNull();
    }
  });

  it('is null where all errors are the same on both sides', () => {
    const { bookings } = summed(larger(new Array<number>(12).fill(0), () => -1));
    expect(summedRatioP(DIFFERENCE, ONE, bookings, [])).toBeNull();
  });

  it('is null where every booking differs by the same, as there is no interval then', () => {
    const { bookings } = summed(larger(new Array<number>(12).fill(3), () => -1));
    expect(summedRatioP(DIFFERENCE, ONE, bookings, [])).toBeNull();
  });

  it('is the largest of those by booking and by a dimension of at least 8 clusters', () => {
    // Each day twice: as eight single bookings of twice the sum would be, and 16 for the mean.
    const twice = [...LARGER, ...LARGER];
    const byDay = summed(larger(twice, (i) => i % 8));
    expect(summedRatioP(DIFFERENCE, ONE, byDay.bookings, [byDay.dimension])).toBeCloseTo(byBooking, 12);
    const single = 2 * studentCdf(-5 / Math.sqrt(120 / (16 * 15)), 15);
    // Seven days are too few to count.
    const seven = summed(larger(twice, (i) => Math.min(i % 8, 6)));
    expect(summedRatioP(DIFFERENCE, ONE, seven.bookings, [seven.dimension])).toBeCloseTo(single, 12);
  });
});
