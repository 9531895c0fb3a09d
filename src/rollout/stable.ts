import { type Estimated, INTERVAL_ALPHA, insufficient } from '../statistics/estimate.js';
import { studentQuantile } from '../statistics/special-functions.js';
import { t } from '../wording/t.js';
import type { DayFigures } from './day-figures.js';
import { dayMeans, totalOf } from './day-sequences.js';

/** Of each of the two stretches that are compared. */
export const FEWEST_DAYS = 7;

/**
 * The rise in MAE against earlier days as a fraction. What the heuristic's error tells of a booking is taken out of both
 * first (a control variate): a harder week is no fault of the model's, and the rest varies less. Student's t on days,
 * both variances pooled; so a look decides by itself, and looking daily errs somewhat more often (docs/rollout.md).
 * Source of the control variate: Deng, Xu, Kohavi & Walker, WSDM (2013).
 */
export function riseInMae(days: readonly DayFigures[], earlier: readonly DayFigures[]): Estimated {
  const all = totalOf([...days, ...earlier]);
  const spread = all.hh - all.h ** 2 / all.settled;
  const slope = spread > 0 ? (all.eh - (all.e * all.h) / all.settled) / spread : 0;
  const adjusted = (some: readonly DayFigures[]) =>
    momentsOf(dayMeans(some, { e: 1, h: -slope }).map(({ mean }) => mean));
  const [now, before] = [adjusted(days), adjusted(earlier)];
  if (now.n < FEWEST_DAYS || before.n < FEWEST_DAYS) {
    return insufficient(t`${now.n} days against ${before.n} before; ${FEWEST_DAYS} of each are needed`);
  }
  const reference = totalOf(earlier);
  const mae = reference.e / reference.settled;
  const degrees = now.n + before.n - 2;
  const error = Math.sqrt(((now.squares + before.squares) / degrees) * (1 / now.n + 1 / before.n));
  if (mae === 0) return insufficient(t`the model made no error before`);
  if (error === 0) return insufficient(t`all days are equal`);
  const value = (now.mean - before.mean) / mae;
  const ends = (alpha: number) => {
    const width = (studentQuantile(1 - alpha, degrees) * error) / mae;
    return { lower: value - width, upper: value + width };
  };
  return {
    kind: 'estimated',
    value,
    interval: ends(INTERVAL_ALPHA / 2),
    bounds: ends(INTERVAL_ALPHA),
    method: 'cluster-robust',
  };
}

function momentsOf(values: readonly number[]) {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return { n: values.length, mean, squares };
}
