import { quantileSorted } from 'd3-array';
import { AtmrError } from '../errors.js';
import { FEATURES, type FeatureName } from '../features/features.js';
import type { FeatureProfile } from '../model/manifest.js';
import { t } from '../wording/t.js';
import { columnValues } from './feature-table.js';

/** No honest feature tells a delay this well: what does was filled in afterwards. */
const LEAK_CORRELATION = 0.98;
/** A handful of rows lies on a line easily: of 30 without any connection, one in 10²⁰ does. */
const FEWEST_ROWS = 30;
const DECILES = 10;

/**
 * Throws BAD_INPUT naming the features that give the outcome away: their correlation with it exceeds 0.98 over at
 * least 30 rows in which they are known.
 */
export function refuseLeaks(table: Float32Array, names: readonly FeatureName[], target: Float64Array): void {
  const correlations = names.map((name, column) => {
    return { name, r: correlation(table, names.length, column, target) };
  });
  const isLeak = ({ r }: { readonly r: number }) => Math.abs(r) > LEAK_CORRELATION;
  const leaks = correlations.filter(isLeak).map(({ name, r }) => t`${name} (correlation ${r.toFixed(3)})`);
  if (leaks.length === 0) return;
  const fact = t`The outcome is given away by ${leaks.join(', ')}`;
  const expected = t`a feature must be known before the pickup`;
  const kept = correlations.filter((feature) => !isLeak(feature)).map(({ name }) => name);
  const remedy = kept.length === 0 ? '' : t`, or keep the others: --features ${kept.join(',')}`;
  throw new AtmrError('BAD_INPUT', t`${fact}; ${expected}. Remove the column${remedy}.`);
}

/** What each feature looked like in the rows before `end`. */
export function profileFeatures(
  table: Float32Array,
  names: readonly FeatureName[],
  end: number,
): FeatureProfile[] {
  return names.map((name, column) => {
    const values = Array.from(columnValues(table, names.length, column, end).sort());
    const { unit } = FEATURES[name];
    if (values.length === 0) return { name, unit, min: null, max: null, quantiles: [], missing: true };
    const quantiles = Array.from({ length: DECILES + 1 }, (_, i) => quantileSorted(values, i / DECILES) ?? 0);
    return { name, unit, min: values[0]!, max: values.at(-1)!, quantiles, missing: true };
  });
}

/** Sentences about features that the model cannot have learned anything from. */
export function uselessFeatures(profiles: readonly FeatureProfile[]): string[] {
  return profiles.flatMap(({ name, min, max }) => {
    if (min === null) return [t`${name} is missing in every booking; the model does not use it.`];
    return min === max ? [t`${name} is ${min} in every booking; the model does not use it.`] : [];
  });
}

/** Pearson's, over the rows where the feature is known; 0 when those are few, or it is constant there. */
function correlation(table: Float32Array, width: number, column: number, target: Float64Array): number {
  let [n, sumX, sumY, sumXX, sumYY, sumXY] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < target.length; row += 1) {
    const x = table[row * width + column]!;
    if (Number.isNaN(x)) continue;
    const y = target[row]!;
    n += 1;
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumYY += y * y;
    sumXY += x * y;
  }
  if (n < FEWEST_ROWS) return 0;
  const spread = (n * sumXX - sumX * sumX) * (n * sumYY - sumY * sumY);
  return spread > 0 ? (n * sumXY - sumX * sumY) / Math.sqrt(spread) : 0;
}
