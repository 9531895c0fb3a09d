import type { Interval } from './estimate.js';
import { type RatioUnits, sum } from './ratio.js';
import { studentQuantile } from './special-functions.js';

/**
 * Fieller's two-sided interval of a ratio of means, from Student's t with n − 1 degrees; `null` where the
 * denominator is too uncertain for a bounded one. Source: Fieller, JRSS B 16 (1954).
 */
export function fiellerInterval({ numerator, denominator }: RatioUnits, alpha: number): Interval | null {
  const count = numerator.length;
  if (count < 2) return null;
  const [above, below] = [sum(numerator) / count, sum(denominator) / count];
  const square = studentQuantile(1 - alpha / 2, count - 1) ** 2 / count;
  // The ratios r at which the mean of numerator − r · denominator is less than t standard errors from zero.
  const a = below ** 2 - square * covariance(denominator, below, denominator, below);
  const b = above * below - square * covariance(numerator, above, denominator, below);
  const c = above ** 2 - square * covariance(numerator, above, numerator, above);
  const discriminant = b ** 2 - a * c;
  if (a <= 0 || discriminant < 0) return null;
  const spread = Math.sqrt(discriminant);
  return { lower: (b - spread) / a, upper: (b + spread) / a };
}

function covariance(x: Float64Array, meanX: number, y: Float64Array, meanY: number): number {
  return sum(x.map((value, i) => (value - meanX) * (y[i]! - meanY))) / (x.length - 1);
}
