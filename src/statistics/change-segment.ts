import { t } from '../wording/t.js';
import { type Insufficient, insufficient } from './estimate.js';
import { seededUniforms } from './random.js';
import { normalQuantile, studentCdf } from './special-functions.js';

/** A series in time; a value with twice the weight varies half as much. */
export interface WeightedSeries {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** The stretch in which a series differs most from the rest of it. */
export interface ChangeSegment {
  readonly kind: 'tested';
  /** First index inside, and first one behind. */
  readonly from: number;
  readonly until: number;
  /** Weighted mean inside minus outside. */
  readonly shift: number;
  readonly inside: number;
  readonly outside: number;
  /** Of the largest difference that any stretch shows, were there no change. */
  readonly p: number;
}

export interface SegmentOptions {
  readonly seed: number;
  /** Series drawn without a change; the smallest p is 1 / (draws + 1). */
  readonly draws?: number;
}

/** Fewer neighbours than this are a bad weekend, not a change. */
const LEAST_INSIDE = 4;
const LEAST_OUTSIDE = 7;
const LEAST_LENGTH = LEAST_INSIDE + LEAST_OUTSIDE;
/** Neighbours resemble each other; short series show that too weakly. */
const LEAST_PERSISTENCE = 0.2;
const MOST_PERSISTENCE = 0.7;

/**
 * Whether a series changes for a stretch, or for good: the stretch with the largest F of a two-mean fit, and how often
 * an autocorrelated series of the same length without any change has one as large (parametric bootstrap of an AR(1)
 * series whose lag-1 correlation is that of the residuals). Days are no coins: permuting them would call every bad
 * week a change. Source: Andrews, Econometrica 61 (1993); Hušková & Kirch (2008) for the bootstrap.
 */
export function changeSegment(
  { values, weights }: WeightedSeries,
  { seed, draws = 999 }: SegmentOptions,
): ChangeSegment | Insufficient {
  if (values.length < LEAST_LENGTH)
    return insufficient(t`${values.length} of at least ${LEAST_LENGTH} days with bookings`);
  const best = largestContrast(values, weights);
  if (best === null) return insufficient(t`every day has the same value`);
  const persistence = persistenceBeside(lagCorrelation(residuals({ values, weights }, best)), weights, seed);
  const draw = seriesWithoutChange(weights, persistence, seed);
  let asLarge = 0;
  for (let i = 0; i < draws; i += 1) {
    if ((largestContrast(draw(), weights)?.f ?? 0) >= best.f) asLarge += 1;
  }
  const { from, until, inside, outside } = best;
  return {
    kind: 'tested',
    from,
    until,
    inside,
    outside,
    shift: inside - outside,
    p: (asLarge + 1) / (draws + 1),
  };
}

/** The mean of a series, and whether it is zero, in view of the resemblance of neighbours. */
export interface Level {
  readonly kind: 'tested';
  readonly mean: number;
  readonly standardError: number;
  readonly p: number;
}

export function levelOf(series: WeightedSeries): Level | Insufficient {
  const { values, weights } = series;
  if (values.length < LEAST_INSIDE) return insufficient(t`${values.length} of at least ${LEAST_INSIDE} days`);
  const total = sumOf(weights);
  const mean = values.reduce((sum, value, i) => sum + weights[i]! * value, 0) / total;
  const standardised = values.map((value, i) => (value - mean) * Math.sqrt(weights[i]!));
  const persistence = persistenceOf(standardised);
  const variance = standardised.reduce((sum, value) => sum + value ** 2, 0) / (values.length - 1);
  const standardError = Math.sqrt((variance / total) * ((1 + persistence) / (1 - persistence)));
  if (standardError === 0) return insufficient(t`every day has the same value`);
  return {
    kind: 'tested',
    mean,
    standardError,
    p: 2 * studentCdf(-Math.abs(mean / standardError), values.length - 1),
  };
}

interface Contrast {
  readonly from: number;
  readonly until: number;
  readonly inside: number;
  readonly outside: number;
  readonly f: number;
}

/** `null` where nothing varies. */
function largestContrast(values: Float64Array, weights: Float64Array): Contrast | null {
  const count = values.length;
  const [massTo, sumTo] = [new Float64Array(count + 1), new Float64Array(count + 1)];
  let squares = 0;
  for (let i = 0; i < count; i += 1) {
    massTo[i + 1] = massTo[i]! + weights[i]!;
    sumTo[i + 1] = sumTo[i]! + weights[i]! * values[i]!;
    squares += weights[i]! * values[i]! ** 2;
  }
  const [mass, sum] = [massTo[count]!, sumTo[count]!];
  const total = squares - sum ** 2 / mass;
  if (!(total > 1e-12 * squares)) return null;
  let [from, until, between] = [0, 0, -1];
  for (let a = 0; a <= count - LEAST_INSIDE; a += 1) {
    for (let b = a + LEAST_INSIDE; b <= count && b - a <= count - LEAST_OUTSIDE; b += 1) {
      const inMass = massTo[b]! - massTo[a]!;
      const off = sumTo[b]! - sumTo[a]! - (sum * inMass) / mass;
      const explained = (off * off * mass) / (inMass * (mass - inMass));
      if (explained > between) [from, until, between] = [a, b, explained];
    }
  }
  const inMass = massTo[until]! - massTo[from]!;
  const inSum = sumTo[until]! - sumTo[from]!;
  const within = Math.max(total - between, 1e-12 * total) / (count - 2);
  return {
    from,
    until,
    inside: inSum / inMass,
    outside: (sum - inSum) / (mass - inMass),
    f: between / within,
  };
}

function residuals(
  { values, weights }: WeightedSeries,
  { from, until, inside, outside }: Contrast,
): Float64Array {
  return values.map(
    (value, i) => (value - (i >= from && i < until ? inside : outside)) * Math.sqrt(weights[i]!),
  );
}

/** Where persistence is looked for, and how many series tell what each looks like. */
const GRID_STEP = 0.1;
const GRID_DRAWS = 40;

/**
 * The persistence whose series, their own largest contrast taken out, look as correlated as these on average: taking
 * out the stretch that differs most makes what is left look like coins (indirect inference, Gouriéroux et al. 1993).
 */
function persistenceBeside(correlation: number, weights: Float64Array, seed: number): number {
  let [lower, seenLower] = [0, seenCorrelation(0, weights, seed)];
  if (correlation <= seenLower) return LEAST_PERSISTENCE;
  for (let step = 1; step * GRID_STEP <= MOST_PERSISTENCE + 1e-9; step += 1) {
    const upper = step * GRID_STEP;
    const seenUpper = seenCorrelation(upper, weights, seed);
    if (seenUpper >= correlation) {
      const between = lower + ((correlation - seenLower) / (seenUpper - seenLower)) * GRID_STEP;
      return Math.min(MOST_PERSISTENCE, Math.max(LEAST_PERSISTENCE, between));
    }
    [lower, seenLower] = [upper, Math.max(seenLower, seenUpper)];
  }
  return MOST_PERSISTENCE;
}

function seenCorrelation(persistence: number, weights: Float64Array, seed: number): number {
  const draw = seriesWithoutChange(weights, persistence, seed);
  let sum = 0;
  for (let i = 0; i < GRID_DRAWS; i += 1) {
    const values = draw();
    const best = largestContrast(values, weights);
    if (best !== null) sum += lagCorrelation(residuals({ values, weights }, best));
  }
  return sum / GRID_DRAWS;
}

/** Lag-1 correlation, with Kendall's correction for being estimated low in short series. */
function persistenceOf(residual: Float64Array): number {
  const raw = lagCorrelation(residual);
  const corrected = raw + (1 + 3 * raw) / residual.length;
  return Math.min(MOST_PERSISTENCE, Math.max(LEAST_PERSISTENCE, corrected));
}

function lagCorrelation(residual: Float64Array): number {
  const count = residual.length;
  let [product, square] = [0, 0];
  for (let i = 0; i < count; i += 1) {
    square += residual[i]! ** 2;
    if (i > 0) product += residual[i]! * residual[i - 1]!;
  }
  return square > 0 ? product / square : 0;
}

function seriesWithoutChange(weights: Float64Array, persistence: number, seed: number): () => Float64Array {
  const scale = weights.map((weight) => 1 / Math.sqrt(weight));
  const uniform = seededUniforms(seed);
  // 0 has no quantile.
  const normal = () => normalQuantile(Math.max(uniform(), 2 ** -33));
  const fresh = Math.sqrt(1 - persistence ** 2);
  return () => {
    let value = normal();
    return scale.map((width, i) => {
      if (i > 0) value = persistence * value + fresh * normal();
      return value * width;
    });
  };
}

function sumOf(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0);
}
