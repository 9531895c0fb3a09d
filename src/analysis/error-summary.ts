import { ACCURATE_BELOW_MINUTES, MISSED_ABOVE_MINUTES } from '../booking/outcome.js';
import { meanOf } from '../statistics/mean.js';
import { quantileOfSorted } from '../statistics/quantile.js';
import { type RegressionMetrics, regressionMetrics } from '../statistics/regression-metrics.js';
import { dimensionsOf } from './dimensions.js';
import { absoluteErrorOf, errorOf, type ScoredRow } from './scored-row.js';

/** How far off the model was. Errors are predicted − actual, in minutes. */
export interface ErrorSummary {
  readonly n: number;
  readonly metrics: RegressionMetrics;
  readonly heuristicMae: number;
  /** Of the error, signed. */
  readonly quantiles: readonly Quantile[];
  /** Of |error|. */
  readonly absoluteQuantiles: readonly Quantile[];
  /** Share with |error| < 3 min, and with more than 5 min. */
  readonly accuracyRate: number;
  readonly missRate: number;
  /** Counts of errors by whole minutes; the outermost bins take all that is farther off. */
  readonly histogram: readonly { readonly fromMinutes: number; readonly count: number }[];
}

export interface Quantile {
  readonly p: number;
  readonly minutes: number;
}

const SIGNED = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
const ABSOLUTE = [0.5, 0.9, 0.95, 0.99, 1];
const FARTHEST_BIN = 8;

/** Of at least one row. */
export function errorSummary(rows: readonly ScoredRow[], seed: number): ErrorSummary {
  const predicted = Float64Array.from(rows, ({ modelMinutes }) => modelMinutes);
  const actual = Float64Array.from(rows, ({ actualMinutes }) => actualMinutes);
  const errors = Float64Array.from(rows, errorOf).sort();
  const absolute = Float64Array.from(rows, absoluteErrorOf).sort();
  const at = (sorted: Float64Array) => (p: number) => ({ p, minutes: quantileOfSorted(sorted, p) });
  return {
    n: rows.length,
    metrics: regressionMetrics({ predicted, actual }, dimensionsOf(rows), { seed }),
    heuristicMae: meanOf(rows.map((row) => Math.abs(row.heuristicMinutes - row.actualMinutes))),
    quantiles: SIGNED.map(at(errors)),
    absoluteQuantiles: ABSOLUTE.map(at(absolute)),
    accuracyRate: meanOf(absolute.map((error) => (error < ACCURATE_BELOW_MINUTES ? 1 : 0))),
    missRate: meanOf(absolute.map((error) => (error > MISSED_ABOVE_MINUTES ? 1 : 0))),
    histogram: histogramOf(errors),
  };
}

function histogramOf(errors: Float64Array): ErrorSummary['histogram'] {
  const counts = new Array<number>(2 * FARTHEST_BIN).fill(0);
  for (const error of errors) {
    const bin = Math.min(FARTHEST_BIN - 1, Math.max(-FARTHEST_BIN, Math.floor(error)));
    counts[bin + FARTHEST_BIN]! += 1;
  }
  return counts.map((count, i) => ({ fromMinutes: i - FARTHEST_BIN, count }));
}
