import { t } from '../wording/t.js';
import { cr1Error } from './cluster.js';
import { type Estimated, INTERVAL_ALPHA, insufficient } from './estimate.js';
import { studentQuantile } from './special-functions.js';
import { MIN_CLUSTERS } from './widest.js';

/** Values of the two arms of one cluster; an arm may have none there. */
export interface ArmCluster {
  readonly first: ArmValues;
  readonly second: ArmValues;
}

export interface ArmValues {
  readonly n: number;
  readonly sum: number;
}

/**
 * mean(first) / mean(second) of arms that got different bookings, whole clusters being the units: the delta method on
 * its logarithm with a CR1 standard error and Student's t. Source: Deng, Knoblich & Lu, KDD (2018).
 */
export function armRatioEstimate(clusters: readonly ArmCluster[]): Estimated {
  if (clusters.length < MIN_CLUSTERS) {
    return insufficient(t`${clusters.length} of at least ${MIN_CLUSTERS} clusters`);
  }
  const [first, second] = [total(clusters, 'first'), total(clusters, 'second')];
  if (first.n === 0 || second.n === 0) return insufficient(t`one arm has no bookings`);
  if (first.sum === 0 || second.sum === 0) return insufficient(t`one arm has no errors`);
  const value = first.sum / first.n / (second.sum / second.n);
  let residualSquares = 0;
  for (const cluster of clusters) {
    residualSquares += (influence(cluster.first, first) - influence(cluster.second, second)) ** 2;
  }
  const error = cr1Error({ clusters: clusters.length, residualSquares }, 1);
  if (!(error > 0)) return insufficient(t`every cluster has the same values`);
  const ends = (alpha: number) => {
    const factor = Math.exp(studentQuantile(1 - alpha / 2, clusters.length - 1) * error);
    return { lower: value / factor, upper: value * factor };
  };
  return {
    kind: 'estimated',
    value,
    interval: ends(INTERVAL_ALPHA),
    bounds: ends(2 * INTERVAL_ALPHA),
    method: 'cluster-robust',
  };
}

/** What a cluster adds to the logarithm of its arm's mean, against what its bookings would add on average. */
function influence(own: ArmValues, all: ArmValues): number {
  return own.sum / all.sum - own.n / all.n;
}

function total(clusters: readonly ArmCluster[], arm: keyof ArmCluster): ArmValues {
  let [n, sum] = [0, 0];
  for (const cluster of clusters) {
    n += cluster[arm].n;
    sum += cluster[arm].sum;
  }
  return { n, sum };
}
