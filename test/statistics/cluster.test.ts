import { describe, expect, it } from 'vitest';
import { clusterRobustEstimate, clusterUnits, cr1Error, twoWayError } from '../../src/statistics/cluster.js';
import { meanUnits, type RatioUnits, ratioOf, residualSquares, sum } from '../../src/statistics/ratio.js';
import { expectNear, readVectors } from './vectors.js';

const clustered = readVectors<{
  name: string;
  d: number[];
  cluster: number[];
  expected: { theta: number; cluster_robust_se_CR1: number; ci95_CR1_t: number[]; naive_se: number };
}>('cluster_bootstrap');

const errorOf = (units: RatioUnits): number =>
  cr1Error(
    { clusters: units.numerator.length, residualSquares: residualSquares(units, ratioOf(units)) },
    sum(units.denominator),
  );

describe('the CR1 standard error', () => {
  for (const { name, d, cluster, expected } of clustered.cases) {
    it(`of a mean, by ${name}`, () => {
      const { units } = clusterUnits(meanUnits(Float64Array.from(d)), Int32Array.from(cluster));
      const estimate = clusterRobustEstimate(units);
      if (estimate.kind === 'insufficient') throw new Error(estimate.reason);
      expectNear(estimate.value, expected.theta, clustered.tolerance);
      expectNear(errorOf(units), expected.cluster_robust_se_CR1, clustered.tolerance);
      expectNear(
        [estimate.interval.lower, estimate.interval.upper],
        expected.ci95_CR1_t,
        clustered.tolerance,
      );
    });
  }

  it('is the usual standard error when every booking is a cluster', () => {
    const { d, expected } = clustered.cases[0]!;
    const units = meanUnits(Float64Array.from(d));
    expectNear(errorOf(units), expected.naive_se, clustered.tolerance);
  });

  const improvement = readVectors<{
    name: string;
    em: number[];
    eh: number[];
    expected: { delta_se: number };
  }>('relative_improvement');
  for (const { name, em, eh, expected } of improvement.cases) {
    it(`is the delta method's for an improvement: ${name}`, () => {
      const units = { numerator: Float64Array.from(em), denominator: Float64Array.from(eh) };
      expectNear(errorOf(units), expected.delta_se, improvement.tolerance);
    });
  }
});

describe('gathering clusters', () => {
  it('sums members and lets each unit of an unknown cluster stand alone', () => {
    const clusters = clusterUnits(
      { numerator: Float64Array.from([1, 2, 4, 8, 16]), denominator: Float64Array.from([1, 1, 1, 1, 1]) },
      Int32Array.from([5, -1, 5, 9, -1]),
    );
    expect([...clusters.units.numerator]).toEqual([5, 2, 8, 16]);
    expect([...clusters.units.denominator]).toEqual([2, 1, 1, 1]);
    expect(clusters.known).toBe(2);
  });

  it.each([[[3]], [[4, 4, 4]]])('gives no interval from %j', (values) => {
    expect(clusterRobustEstimate(meanUnits(Float64Array.from(values)))).toMatchObject({
      kind: 'insufficient',
    });
  });
});

describe('the error along two kinds of clusters', () => {
  const byBooking = { clusters: 101, residualSquares: 100 };

  it('adds both variances and takes off the one by booking', () => {
    const days = { clusters: 11, residualSquares: 400 };
    const drivers = { clusters: 21, residualSquares: 300 };
    // 400 · 11/10 + 300 · 21/20 − 100 · 101/100
    const expected = Math.sqrt(440 + 315 - 101) / 50;
    const error = twoWayError(days, drivers, byBooking, 50);
    expect(error?.clusters).toBe(11);
    expect(error?.standardError).toBeCloseTo(expected, 12);
  });

  it('is left out where one kind of cluster adds less than single bookings do', () => {
    const days = { clusters: 11, residualSquares: 400 };
    expect(twoWayError(days, { clusters: 21, residualSquares: 10 }, byBooking, 50)).toBeNull();
  });
});
