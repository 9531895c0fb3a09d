import { describe, expect, it } from 'vitest';
import { type ArmCluster, armRatioEstimate } from '../../src/statistics/arm-ratio.js';

/** Eight days; on the last one the first arm got no booking. */
const FIRST = { n: [2, 3, 1, 4, 2, 3, 2, 0], sum: [4, 9, 2, 10, 5, 6, 3, 0] };
const SECOND = { n: [3, 2, 4, 1, 3, 2, 2, 3], sum: [9, 8, 10, 3, 12, 5, 6, 9] };
const DAYS: readonly ArmCluster[] = FIRST.n.map((n, i) => ({
  first: { n, sum: FIRST.sum[i]! },
  second: { n: SECOND.n[i]!, sum: SECOND.sum[i]! },
}));

const withFirst = (first: (day: ArmCluster, i: number) => ArmCluster['first']) =>
  DAYS.map((day, i) => ({ ...day, first: first(day, i) }));
const withSecond = (second: (day: ArmCluster) => ArmCluster['second']) =>
  DAYS.map((day) => ({ ...day, second: second(day) }));

describe('the ratio of the means of two arms with bookings of their own', () => {
  it('is of sums over days, with ends by the delta method on its logarithm', () => {
    const estimate = armRatioEstimate(DAYS);
    // By scipy.stats.t and the formula, outside of this program.
    expect(estimate).toMatchObject({
      ...{ kind: 'estimated', method: 'cluster-robust', value: expect.closeTo(0.7400379506641366, 12) },
      interval: {
        lower: expect.closeTo(0.6215993781746649, 9),
        upper: expect.closeTo(0.8810436233565337, 9),
      },
      bounds: { lower: expect.closeTo(0.64352737940391, 9), upper: expect.closeTo(0.8510223277997292, 9) },
    });
  });

  it('turns over where the arms change places', () => {
    const turned = armRatioEstimate(DAYS.map(({ first, second }) => ({ first: second, second: first })));
    const estimate = armRatioEstimate(DAYS);
    if (turned.kind === 'insufficient' || estimate.kind === 'insufficient') throw new Error('no estimate');
    expect(turned.value).toBeCloseTo(1 / estimate.value, 12);
    expect(turned.interval.lower).toBeCloseTo(1 / estimate.interval.upper, 12);
    expect(turned.interval.upper).toBeCloseTo(1 / estimate.interval.lower, 12);
  });

  it.each<[string, readonly ArmCluster[]]>([
    ['7 of at least 8 clusters', DAYS.slice(0, 7)],
    ['one arm has no bookings', withFirst(() => ({ n: 0, sum: 0 }))],
    ['one arm has no bookings', withSecond(() => ({ n: 0, sum: 0 }))],
    ['one arm has no errors', withFirst(({ first }) => ({ ...first, sum: 0 }))],
    ['one arm has no errors', withSecond(({ second }) => ({ ...second, sum: 0 }))],
    [
      'every cluster has the same values',
      DAYS.map(() => ({ first: { n: 2, sum: 4 }, second: { n: 3, sum: 9 } })),
    ],
  ])('is not known: %s', (reason, days) => {
    expect(armRatioEstimate(days)).toEqual({ kind: 'insufficient', reason });
  });
});
