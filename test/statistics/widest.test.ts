import { describe, expect, it } from 'vitest';
import { clusterRobustEstimate, clusterUnits } from '../../src/statistics/cluster.js';
import { type Estimate, insufficient } from '../../src/statistics/estimate.js';
import { type RatioUnits, ratioOf, residualSquares } from '../../src/statistics/ratio.js';
import {
  alongTwo,
  type DimensionEstimate,
  decidedByWidest,
  estimateRatio,
  judged,
  rescaleWidest,
} from '../../src/statistics/widest.js';

/** Bookings of ten days whose errors have no ratio in common. */
const COUNT = 40;
const units = {
  numerator: Float64Array.from({ length: COUNT }, (_, i) => 1 + ((i * 7) % 11)),
  denominator: Float64Array.from({ length: COUNT }, (_, i) => 2 + ((i * 5) % 13)),
};
const byDay = Int32Array.from({ length: COUNT }, (_, i) => Math.floor(i / 4));

function from(lower: number, upper: number): Estimate {
  const value = (lower + upper) / 2;
  return {
    ...{ kind: 'estimated', value, interval: { lower, upper }, bounds: { lower, upper } },
    method: 'cluster-robust',
  };
}

function along(
  dimension: string,
  clusters: number,
  estimate: DimensionEstimate['estimate'],
): DimensionEstimate {
  return judged(dimension, clusters, () => estimate);
}

describe('a ratio without a usable interval', () => {
  it('has fewer than 8 bookings', () => {
    const units = {
      numerator: Float64Array.of(1, 2, 3, 4, 3, 2, 1),
      denominator: Float64Array.of(2, 3, 4, 5, 4, 3, 2),
    };
    expect(estimateRatio(units, [], { seed: 1 })).toMatchObject({
      kind: 'insufficient',
      reason: 'an interval needs at least 8 bookings, not 7',
    });
  });

  it('along one dimension that counts is without any', () => {
    // One of ten days carries the whole denominator: many resamples of days miss it, few of bookings do.
    const ids = Int32Array.from({ length: 200 }, (_, i) => Math.floor(i / 20));
    const units = {
      numerator: Float64Array.from(ids, (_, i) => 1 + (i % 7)),
      denominator: Float64Array.from(ids, (id) => (id === 3 ? 1 : 0)),
    };
    const estimate = estimateRatio(units, [{ name: 'day', ids }], { seed: 1, replicates: 300 });
    expect(estimate.dimensions[0]?.estimate.kind).toBe('estimated');
    expect(estimate).toMatchObject({
      kind: 'insufficient',
      reason: 'by day: the denominator sums to zero in some resamples',
    });
  });
});

describe('a ratio whose bookings tell nothing', () => {
  it('is the same everywhere', () => {
    const same = {
      numerator: Float64Array.from({ length: 8 }, (_, i) => (i + 1) * 3),
      denominator: Float64Array.from({ length: 8 }, (_, i) => i + 1),
    };
    expect(estimateRatio(same, [], { seed: 1 })).toEqual({
      ...{ kind: 'insufficient', reason: 'all 8 bookings say the same', dimensions: [] },
    });
    // As much as a rounding error off, and more.
    const almost = { ...same, numerator: same.numerator.map((value, i) => value + (i === 0 ? 1e-13 : 0)) };
    expect(estimateRatio(almost, [], { seed: 1 })).toMatchObject({ kind: 'insufficient' });
    const other = { ...same, numerator: same.numerator.map((value, i) => value + (i === 0 ? 1e-6 : 0)) };
    expect(estimateRatio(other, [], { seed: 1 })).toMatchObject({ kind: 'estimated' });
  });

  it('has no denominator', () => {
    const none = { numerator: units.numerator, denominator: new Float64Array(COUNT) };
    expect(estimateRatio(none, [], { seed: 1 })).toEqual({
      ...{ kind: 'insufficient', reason: 'the denominator sums to zero', dimensions: [] },
    });
  });

  it('needs 8 bookings, and no more', () => {
    const eight = { numerator: units.numerator.slice(0, 8), denominator: units.denominator.slice(0, 8) };
    expect(estimateRatio(eight, [], { seed: 1 })).toMatchObject({
      ...{ kind: 'estimated', decidedBy: 'booking', indicative: true },
    });
  });
});

describe('the interval of a ratio', () => {
  it('is by booking and by each dimension, and its value that of the sums', () => {
    const estimate = estimateRatio(units, [{ name: 'day', ids: byDay }], { seed: 3, replicates: 500 });
    expect(
      estimate.dimensions.map(({ dimension, clusters, standing }) => [dimension, clusters, standing]),
    ).toEqual([
      ['booking', 40, 'used'],
      ['day', 10, 'indicative'],
    ]);
    if (estimate.kind === 'insufficient') throw new Error(estimate.reason);
    expect(estimate.value).toBeCloseTo(ratioOf(units), 12);
    const widths = estimate.dimensions.map(({ estimate: one }) =>
      one.kind === 'insufficient' ? Number.NaN : one.interval.upper - one.interval.lower,
    );
    expect(estimate.decidedBy).toBe(widths[0]! >= widths[1]! ? 'booking' : 'day');
  });

  it('is the wider of resampling and Student’s t, and t alone of more units than are resampled', () => {
    const robust = clusterRobustEstimate(units);
    if (robust.kind === 'insufficient') throw new Error(robust.reason);
    const all = estimateRatio(units, [], { seed: 3, replicates: 500, bootstrapUpTo: COUNT });
    const none = estimateRatio(units, [], { seed: 3, replicates: 500, bootstrapUpTo: COUNT - 1 });
    if (all.kind === 'insufficient' || none.kind === 'insufficient') throw new Error('no interval');
    expect(none.interval).toEqual(robust.interval);
    const width = ({ interval }: Estimate) => interval.upper - interval.lower;
    expect(width(all)).toBeGreaterThanOrEqual(width(robust));
    // Few units: t, which knows how few they are.
    const eight = { numerator: units.numerator.slice(0, 8), denominator: units.denominator.slice(0, 8) };
    expect(estimateRatio(eight, [], { seed: 3 })).toMatchObject({
      ...{ method: 'cluster-robust', interval: (clusterRobustEstimate(eight) as Estimate).interval },
    });
  });

  it('is along both of two dimensions where each adds to the other', () => {
    // Eight drivers each day; whole days and whole drivers are off.
    const ids = (of: (i: number) => number) => Int32Array.from({ length: 80 }, (_, i) => of(i));
    const [days, drivers] = [ids((i) => Math.floor(i / 8)), ids((i) => i % 8)];
    const shared = {
      numerator: Float64Array.from(days, (day, i) => 5 + (day % 3) + 2 * (drivers[i]! % 3)),
      denominator: new Float64Array(80).fill(5),
    };
    const value = ratioOf(shared);
    const spread = (some: RatioUnits) => ({
      ...{ clusters: some.numerator.length, residualSquares: residualSquares(some, value) },
    });
    const own = spread(shared);
    const [day, driver] = [days, drivers].map((one) => spread(clusterUnits(shared, one).units)) as [
      ReturnType<typeof spread>,
      ReturnType<typeof spread>,
    ];
    const dimensions = [
      { name: 'day', ids: days },
      { name: 'driver', ids: drivers },
    ];
    const { dimensions: found } = estimateRatio(shared, dimensions, { seed: 1, replicates: 300 });
    expect(found.map(({ dimension }) => dimension)).toEqual(['booking', 'day', 'driver', 'day and driver']);
    expect(found[3]).toMatchObject({ clusters: 8, standing: 'indicative' });
    const along2 = (entries: typeof found, spreads: (typeof own)[]) =>
      alongTwo(entries, value, spreads, 5 * 80);
    expect(along2(found, [own, day, driver])).toEqual([found[3]]);
    // Without one of the spreads or estimates there is nothing to add.
    expect(along2(found.slice(0, 2), [own, day, driver])).toEqual([]);
    expect(along2([], [own, day, driver])).toEqual([]);
    expect(along2(found, [own, day])).toEqual([]);
    expect(along2(found, [own])).toEqual([]);
    expect(along2(found, [])).toEqual([]);
    const few = along('driver', 7, from(0, 1));
    expect(along2([found[0]!, found[1]!, few], [own, day, driver])).toEqual([]);
    expect(along2([found[0]!, few, found[2]!], [own, day, driver])).toEqual([]);
    // They are as far off as the bookings alone.
    expect(along2(found, [own, own, own])).toEqual([]);
  });

  it('has for both the clusters and the standing of the fewer', () => {
    const wide = { clusters: 30, residualSquares: 90 };
    const more = [
      along('booking', 400, from(0, 1)),
      along('day', 30, from(0, 1)),
      along('driver', 12, from(0, 1)),
    ];
    const spreads = [{ clusters: 400, residualSquares: 40 }, wide, { clusters: 12, residualSquares: 80 }];
    expect(alongTwo(more, 0.5, spreads, 100)).toMatchObject([{ clusters: 12, standing: 'indicative' }]);
    const turned = [more[0]!, more[2]!, more[1]!];
    expect(alongTwo(turned, 0.5, [spreads[0]!, spreads[2]!, wide], 100)).toMatchObject([
      { dimension: 'driver and day', clusters: 12, standing: 'indicative' },
    ]);
  });
});

describe('a dimension', () => {
  it.each([
    [7, 'too few'],
    [8, 'indicative'],
    [19, 'indicative'],
    [20, 'used'],
  ])('of %i clusters is %s', (clusters, standing) => {
    const entry = along('driver', clusters, from(0, 1));
    expect(entry).toMatchObject({ dimension: 'driver', clusters, standing });
    if (standing === 'too few') {
      expect(entry.estimate).toEqual(insufficient('7 of at least 8 clusters by driver'));
    } else expect(entry.estimate).toEqual(from(0, 1));
  });

  it('of too few is not computed', () => {
    const estimate = () => {
      throw new Error('computed');
    };
    expect(judged('day', 7, estimate).standing).toBe('too few');
  });
});

describe('of several intervals', () => {
  const booking = along('booking', 40, from(0.4, 0.6));
  const day = along('day', 12, from(0.3, 0.7));
  const few = along('driver', 3, from(0, 1));

  it('the widest decides, and of two alike the first', () => {
    expect(decidedByWidest([booking, day], [])).toMatchObject({
      ...{ kind: 'estimated', decidedBy: 'day', indicative: true, interval: { lower: 0.3, upper: 0.7 } },
      dimensions: [booking, day],
    });
    expect(decidedByWidest([day, booking], [])).toMatchObject({ decidedBy: 'day' });
    const alike = along('week', 40, from(0.3, 0.7));
    expect(decidedByWidest([alike, day], [])).toMatchObject({ decidedBy: 'week', indicative: false });
    expect(decidedByWidest([day, alike], [])).toMatchObject({ decidedBy: 'day', indicative: true });
  });

  it('one of too few clusters is passed over, unless it is required', () => {
    expect(decidedByWidest([booking, few], [{ name: 'driver' }])).toMatchObject({ decidedBy: 'booking' });
    expect(decidedByWidest([few, booking], [{ name: 'day', required: true }])).toMatchObject({
      decidedBy: 'booking',
    });
    expect(decidedByWidest([booking, few], [{ name: 'driver', required: true }])).toMatchObject({
      ...{ kind: 'insufficient', reason: '3 of at least 8 clusters by driver', dimensions: [booking, few] },
    });
  });

  it('one that counts and has none leaves none', () => {
    const none = along('day', 30, insufficient('all are equal'));
    expect(decidedByWidest([booking, none], [])).toMatchObject({
      ...{ kind: 'insufficient', reason: 'by day: all are equal' },
    });
    expect(decidedByWidest([], [])).toEqual({
      ...{ kind: 'insufficient', reason: 'no dimension gives an interval', dimensions: [] },
    });
  });

  it('another scale is one for all', () => {
    const improvement = (ratio: number) => ratio - 1;
    const scaled = rescaleWidest(decidedByWidest([booking, few], []), improvement);
    expect(scaled).toMatchObject({
      decidedBy: 'booking',
      interval: { lower: expect.closeTo(-0.6, 12), upper: expect.closeTo(-0.4, 12) },
      dimensions: [{ estimate: { value: expect.closeTo(-0.5, 12) } }, { estimate: few.estimate }],
    });
    const nothing = decidedByWidest([], []);
    expect(rescaleWidest(nothing, improvement)).toEqual(nothing);
  });
});
