import { t } from '../wording/t.js';
import { studentEstimate } from './cluster.js';
import { type Estimate, type Insufficient, insufficient } from './estimate.js';
import { sum } from './ratio.js';
import { studentCdf } from './special-functions.js';

export interface PairedT {
  readonly kind: 'tested';
  readonly t: number;
  readonly degrees: number;
  /** Two-sided p-value of a mean difference of zero. */
  readonly p: number;
  readonly meanDifference: Estimate;
  /** Cohen's d_z: mean / standard deviation of the differences. */
  readonly effectSize: number;
  /** d_z without its upward bias in small samples (Hedges' g_z). */
  readonly unbiasedEffectSize: number;
}

/**
 * The paired t-test on differences.
 * Source: Student (1908); effect sizes as in Lakens, Frontiers in Psychology 4 (2013).
 */
export function pairedTTest(differences: Float64Array): PairedT | Insufficient {
  const count = differences.length;
  if (count < 2) return insufficient(t`a t-test needs at least 2 bookings, not ${count}`);
  const mean = sum(differences) / count;
  const deviation = Math.sqrt(sum(differences.map((value) => (value - mean) ** 2)) / (count - 1));
  if (deviation === 0) return insufficient(t`all ${count} differences are equal`);
  const degrees = count - 1;
  const standardError = deviation / Math.sqrt(count);
  const statistic = mean / standardError;
  return {
    kind: 'tested',
    t: statistic,
    degrees,
    p: 2 * studentCdf(-Math.abs(statistic), degrees),
    meanDifference: studentEstimate(mean, { standardError, clusters: count }),
    effectSize: mean / deviation,
    unbiasedEffectSize: (mean / deviation) * (1 - 3 / (4 * degrees - 1)),
  };
}
