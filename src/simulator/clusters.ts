/** Values that belong to groups, summed as they come; memory grows with the groups only. */
export interface Clusters {
  readonly groups: Map<string | number, { count: number; sum: number }>;
  sumOfSquares: number;
}

export function emptyClusters(): Clusters {
  return { groups: new Map(), sumOfSquares: 0 };
}

export function addToCluster(clusters: Clusters, key: string | number, value: number): void {
  const group = clusters.groups.get(key);
  clusters.sumOfSquares += value * value;
  if (group === undefined) {
    clusters.groups.set(key, { count: 1, sum: value });
    return;
  }
  group.count += 1;
  group.sum += value;
}

/**
 * The share of the variance that members of a group have in common: the one-way analysis-of-variance estimator
 * (Donner 1986) (MSB − MSW)/(MSB + (n₀ − 1)·MSW). May be slightly negative; NaN with fewer than two groups or no group of two.
 */
export function intraclassCorrelation({ groups, sumOfSquares }: Clusters): number {
  const all = [...groups.values()];
  const n = total(all.map(({ count }) => count));
  if (all.length < 2 || n === all.length) return Number.NaN;
  const betweenAndMean = total(all.map(({ count, sum }) => (sum * sum) / count));
  const correction = total(all.map(({ sum }) => sum)) ** 2 / n;
  const within = (sumOfSquares - betweenAndMean) / (n - all.length);
  const between = (betweenAndMean - correction) / (all.length - 1);
  const typicalSize = (n - total(all.map(({ count }) => count * count)) / n) / (all.length - 1);
  return (between - within) / (between + (typicalSize - 1) * within);
}

function total(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
