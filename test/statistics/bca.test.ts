import { describe, expect, it } from 'vitest';
import { bcaEstimate } from '../../src/statistics/bca.js';
import { clusterUnits } from '../../src/statistics/cluster.js';
import type { Estimated } from '../../src/statistics/estimate.js';
import { type DrawResample, seededResamples, seededUniforms } from '../../src/statistics/random.js';
import { meanUnits, type RatioUnits } from '../../src/statistics/ratio.js';
import { expectNear, readVectors } from './vectors.js';

interface Expected {
  readonly theta: number;
  readonly bca: [number, number];
}

const bootstrap = readVectors<
  { name: string; data: number[]; statistic: string; B: number; expected: Expected; indices: number[][] },
  { large_B: { name: string; data: number[]; bca: [number, number]; tolerance_for_B10000: number }[] }
>('bootstrap_bca');

/**
 * A resample that draws every cluster once is the sample itself. The reference sums it booking by booking and lets
 * rounding decide on which side of the estimate it falls; here it is a tie, so the ends differ by a rank.
 */
const CLUSTER_TIES = 5e-3;

describe('the interval from given resamples', () => {
  for (const { name, data, statistic, B, expected, indices } of bootstrap.cases.filter(isRatioOfSums)) {
    it(`${name} (${statistic})`, () => {
      const estimate = bcaEstimate(meanUnits(Float64Array.from(data)), replay(indices), B);
      expectEnds(estimate, expected, bootstrap.tolerance);
    });
  }

  const improvement = readVectors<{
    name: string;
    em: number[];
    eh: number[];
    indices: number[][];
    expected: { bootstrap: Expected };
  }>('relative_improvement');
  for (const { name, em, eh, indices, expected } of improvement.cases.filter((one) => one.indices)) {
    it(`improvement, ${name}`, () => {
      const units = { numerator: Float64Array.from(em), denominator: Float64Array.from(eh) };
      const estimate = bcaEstimate(units, replay(indices), indices.length);
      const { theta, bca } = expected.bootstrap;
      expectEnds(estimate, { theta: theta + 1, bca: [bca[0] + 1, bca[1] + 1] }, improvement.tolerance);
    });
  }

  const clustered = readVectors<{
    name: string;
    d: number[];
    cluster: number[];
    cluster_ids_sorted: number[];
    draws_of_cluster_index: number[][];
    expected: Expected;
  }>('cluster_bootstrap');
  for (const { name, d, cluster, cluster_ids_sorted, draws_of_cluster_index, expected } of clustered.cases) {
    it(`whole clusters, by ${name}`, () => {
      const { units } = clusterUnits(meanUnits(Float64Array.from(d)), Int32Array.from(cluster));
      const sorted = inOrderOf(cluster_ids_sorted, [...new Set(cluster)], units);
      const estimate = bcaEstimate(sorted, replay(draws_of_cluster_index), draws_of_cluster_index.length);
      if (estimate.kind === 'insufficient') throw new Error(estimate.reason);
      expectNear(estimate.value, expected.theta, clustered.tolerance);
      expectEnds(estimate, expected, CLUSTER_TIES);
    });
  }
});

describe('the interval from seeded resamples', () => {
  for (const { name, data, bca, tolerance_for_B10000 } of bootstrap.large_B) {
    it(`agrees with 200,000 replicates: ${name}`, () => {
      const estimate = bcaEstimate(meanUnits(Float64Array.from(data)), seededResamples(7), 10_000);
      expectEnds(estimate, { theta: Number.NaN, bca }, tolerance_for_B10000);
    });
  }

  it('is the same for the same seed and another for another', () => {
    const units = meanUnits(Float64Array.from([1, 5, 2, 8, 3, 9, 4]));
    expect(bcaEstimate(units, seededResamples(3))).toEqual(bcaEstimate(units, seededResamples(3)));
    expect(bcaEstimate(units, seededResamples(3))).not.toEqual(bcaEstimate(units, seededResamples(4)));
  });

  it('covers the truth about as often as it says, on 50 skewed values', () => {
    const uniform = seededUniforms(11);
    let [covered, bounded] = [0, 0];
    for (let replay = 0; replay < 400; replay++) {
      const values = Float64Array.from({ length: 50 }, () => -Math.log(1 - uniform()));
      const estimate = bcaEstimate(meanUnits(values), seededResamples(replay), 500);
      if (estimate.kind === 'insufficient') throw new Error(estimate.reason);
      if (estimate.interval.lower <= 1 && 1 <= estimate.interval.upper) covered++;
      if (1 <= estimate.bounds.upper) bounded++;
    }
    expect(covered / 400).toBeGreaterThan(0.9);
    expect(covered / 400).toBeLessThan(0.98);
    expect(bounded / 400).toBeGreaterThan(0.89);
    expect(bounded / 400).toBeLessThan(0.98);
  });
});

describe('what cannot be resampled', () => {
  const reasons: [string, RatioUnits][] = [
    ['equal values', meanUnits(new Float64Array(9).fill(0.3))],
    ['one value', meanUnits(Float64Array.from([2]))],
    ['no values', meanUnits(new Float64Array(0))],
    ['no denominator', { numerator: new Float64Array(5).fill(1), denominator: new Float64Array(5) }],
    [
      'a denominator in one unit only',
      { numerator: Float64Array.from([1, 2, 3]), denominator: Float64Array.from([0, 0, 3]) },
    ],
  ];
  it.each(reasons)('%s', (_, units) => {
    expect(bcaEstimate(units, seededResamples(1), 200)).toMatchObject({ kind: 'insufficient' });
  });
});

function isRatioOfSums({ statistic }: { statistic: string }): boolean {
  return statistic === 'mean';
}

function replay(indices: readonly (readonly number[])[]): DrawResample {
  let next = 0;
  return (into) => into.set(indices[next++]!);
}

/** The reference numbers clusters by id, the code by first appearance. */
function inOrderOf(wanted: number[], present: number[], { numerator, denominator }: RatioUnits): RatioUnits {
  const from = wanted.map((id) => present.indexOf(id));
  return {
    numerator: Float64Array.from(from, (i) => numerator[i]!),
    denominator: Float64Array.from(from, (i) => denominator[i]!),
  };
}

function expectEnds(estimate: Estimated, expected: Expected, tolerance: number): void {
  if (estimate.kind === 'insufficient') throw new Error(estimate.reason);
  if (!Number.isNaN(expected.theta)) expectNear(estimate.value, expected.theta, tolerance);
  expectNear([estimate.interval.lower, estimate.interval.upper], expected.bca, tolerance);
}
