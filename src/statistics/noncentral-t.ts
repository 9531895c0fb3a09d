import { incompleteBeta, logGamma, normalCdf } from './special-functions.js';

const MAX_TERMS = 1000;
const PRECISION = 1e-13;

/**
 * P(T ≤ t) of Student's t with `degrees` and noncentrality `delta`, |delta| ≤ 37.
 * Source: Lenth, Algorithm AS 243, Applied Statistics 38 (1989).
 */
export function noncentralTCdf(t: number, degrees: number, delta: number): number {
  if (t < 0) return 1 - positiveCdf(-t, degrees, -delta);
  return positiveCdf(t, degrees, delta);
}

/** A Poisson-weighted series of incomplete beta functions. */
function positiveCdf(t: number, degrees: number, delta: number): number {
  const x = t ** 2 / (t ** 2 + degrees);
  const rate = delta ** 2 / 2;
  let even = Math.exp(-rate) / 2;
  let odd = (delta * Math.exp(-rate)) / (2 * Math.exp(logGamma(1.5)) * Math.SQRT2);
  let total = 0;
  let remaining = 0.5 - even;
  for (let j = 0; j < MAX_TERMS; j++) {
    total += even * incompleteBeta(x, j + 0.5, degrees / 2) + odd * incompleteBeta(x, j + 1, degrees / 2);
    if (Math.abs(remaining) < PRECISION) break;
    even *= rate / (j + 1);
    odd *= rate / (j + 1.5);
    remaining -= even;
  }
  return Math.min(1, Math.max(0, total + normalCdf(-delta)));
}
