import { BOUNDS_ALPHA, type Estimate, INTERVAL_ALPHA } from './estimate.js';
import type { Target } from './gate.js';
import { normalQuantile } from './special-functions.js';

const ALPHA = BOUNDS_ALPHA / 2;
const POWER = 0.8;

/**
 * About how many bookings decide a gate in 80 % of samples, when the value is what `count` of them showed: the distance
 * of a bound shrinks with the root of their number, and clusters inflate it as they do now. `null` where the value is the
 * target, or a bound is infinite and `count` does not tell how it will shrink.
 */
export function bookingsToDecide(count: number, estimate: Estimate, target: Target): number | null {
  // Without a single failure the exact bound is 1 − α^(1/n).
  if (estimate.method === 'clopper-pearson' && estimate.value === 0) {
    return Math.ceil(Math.log(ALPHA) / Math.log1p(-target.value));
  }
  return bookingsToTell(count, estimate, target.value, ALPHA);
}

/** The same until a two-sided 95 % interval leaves `limit` out. */
export function bookingsToLeaveOut(count: number, estimate: Estimate, limit: number): number | null {
  return bookingsToTell(count, estimate, limit, INTERVAL_ALPHA / 2);
}

function bookingsToTell(count: number, { value, bounds }: Estimate, limit: number, alpha: number) {
  const distance = Math.abs(value - limit);
  const error = (bounds.upper - bounds.lower) / 2 / normalQuantile(1 - ALPHA);
  const needed = count * (((normalQuantile(1 - alpha) + normalQuantile(POWER)) * error) / distance) ** 2;
  return Number.isFinite(needed) ? Math.max(count + 1, Math.ceil(needed)) : null;
}

/** The fewest values of which a bound of their `p`-quantile is one: 59 for the upper bound of p95. */
export function valuesForQuantileBound(p: number): number {
  return Math.ceil(Math.log(ALPHA) / Math.log(p));
}
