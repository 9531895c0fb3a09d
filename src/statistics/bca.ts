import { t } from '../wording/t.js';
import { BOUNDS_ALPHA, type Estimated, INTERVAL_ALPHA, type Interval, insufficient } from './estimate.js';
import { quantileOfSorted } from './quantile.js';
import type { DrawResample } from './random.js';
import { type RatioUnits, ratioOf, sum } from './ratio.js';
import { normalCdf, normalQuantile } from './special-functions.js';

export const DEFAULT_REPLICATES = 2000;

/** A replicate this close to the estimate, relatively, is the estimate summed in another order. */
const TIE = 1e-12;

/**
 * BCa (bias-corrected and accelerated) bootstrap of a ratio of sums. Whole units are drawn, so clusters
 * passed as units are resampled whole. Takes 10^7 draws (5,000 units × 2000) in about 0.1 s.
 * Source: Efron & Tibshirani, An Introduction to the Bootstrap (1993), § 14.3; ends are type-7 quantiles.
 */
export function bcaEstimate(
  units: RatioUnits,
  draw: DrawResample,
  replicates = DEFAULT_REPLICATES,
): Estimated {
  const value = ratioOf(units);
  if (!Number.isFinite(value)) return insufficient(t`the denominator sums to zero`);
  const resampled = resampledRatios(units, draw, replicates);
  if (!resampled.every(Number.isFinite))
    return insufficient(t`the denominator sums to zero in some resamples`);
  const bias = biasCorrection(resampled, value);
  const acceleration = accelerationOf(units);
  if (!Number.isFinite(bias) || !Number.isFinite(acceleration)) {
    return insufficient(t`resampling does not vary the estimate`);
  }
  const sorted = resampled.sort();
  const ends = (alpha: number): Interval => ({
    lower: quantileOfSorted(sorted, adjustedLevel(alpha / 2, bias, acceleration)),
    upper: quantileOfSorted(sorted, adjustedLevel(1 - alpha / 2, bias, acceleration)),
  });
  return {
    kind: 'estimated',
    value,
    interval: ends(INTERVAL_ALPHA),
    bounds: ends(BOUNDS_ALPHA),
    method: 'bca',
  };
}

function resampledRatios(units: RatioUnits, draw: DrawResample, replicates: number): Float64Array {
  const indices = new Uint32Array(units.numerator.length);
  const first = units.denominator[0]!;
  // The denominator of a mean is the same in every resample; not summing it saves a third of the time.
  const constant = units.denominator.every((value) => value === first) ? first * indices.length : null;
  return Float64Array.from({ length: replicates }, () => {
    draw(indices);
    return sumAt(units.numerator, indices) / (constant ?? sumAt(units.denominator, indices));
  });
}

function sumAt(values: Float64Array, indices: Uint32Array): number {
  let total = 0;
  for (let i = 0; i < indices.length; i++) total += values[indices[i]!]!;
  return total;
}

/** z₀: how far the estimate is from the median of its resamples, in normal units; a tie counts half. */
function biasCorrection(resampled: Float64Array, value: number): number {
  const tolerance = TIE * Math.max(1, Math.abs(value));
  let halves = 0;
  for (const replicate of resampled) {
    if (replicate < value - tolerance) halves += 2;
    else if (replicate <= value + tolerance) halves += 1;
  }
  return normalQuantile(halves / (2 * resampled.length));
}

/**
 * a = Σu³ / (6 (Σu²)^1.5) of the jackknife deviations; not finite when leaving out a unit changes nothing.
 */
function accelerationOf(units: RatioUnits): number {
  const left = jackknife(units);
  const mean = sum(left) / left.length;
  let squares = 0;
  let cubes = 0;
  for (const estimate of left) {
    const deviation = mean - estimate;
    squares += deviation ** 2;
    cubes += deviation ** 3;
  }
  return cubes / (6 * squares ** 1.5);
}

function jackknife({ numerator, denominator }: RatioUnits): Float64Array {
  const [above, below] = [sum(numerator), sum(denominator)];
  return numerator.map((value, i) => (above - value) / (below - denominator[i]!));
}

function adjustedLevel(level: number, bias: number, acceleration: number): number {
  const shifted = bias + normalQuantile(level);
  return normalCdf(bias + shifted / (1 - acceleration * shifted));
}
