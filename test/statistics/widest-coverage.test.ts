import { describe, expect, it } from 'vitest';
import type { Estimated } from '../../src/statistics/estimate.js';
import { seededUniforms } from '../../src/statistics/random.js';
import type { RatioUnits } from '../../src/statistics/ratio.js';
import { estimateRatio } from '../../src/statistics/widest.js';

const REPLAYS = 400;
const EQUAL_REPLAYS = 1500;
const DAYS = 10;
const PER_DAY = 20;
/** By construction of {@link simulatedDays}. */
const TRUE_RATIO = 0.7;

describe('the interval of ten days of correlated bookings', () => {
  const coverage = { widest: 0, booking: 0, bound: 0 };
  for (let seed = 0; seed < REPLAYS; seed++) {
    const { units, ids } = simulatedDays(seed);
    const widest = estimateRatio(units, [{ name: 'day', ids }], { seed, replicates: 300 });
    if (widest.kind === 'insufficient') throw new Error(widest.reason);
    if (covers(widest)) coverage.widest++;
    if (TRUE_RATIO <= widest.bounds.upper) coverage.bound++;
    if (covers(widest.dimensions[0]!.estimate)) coverage.booking++;
  }

  it('covers the truth as often as it says, and so does each bound', () => {
    expect(coverage.widest / REPLAYS).toBeGreaterThan(0.92);
    expect(coverage.widest / REPLAYS).toBeLessThan(0.985);
    expect(coverage.bound / REPLAYS).toBeGreaterThan(0.92);
    expect(coverage.bound / REPLAYS).toBeLessThan(0.985);
  });

  it('would cover it too seldom by booking alone', () => {
    expect(coverage.booking / REPLAYS).toBeLessThan(0.9);
  });
});

describe('between two arms that are equally good', () => {
  it.each([
    [8, 0.07],
    [15, 0.06],
    [30, 0.06],
    [200, 0.06],
  ])('%i bookings name a better one seldom', (count, most) => {
    let verdicts = 0;
    for (let seed = 0; seed < EQUAL_REPLAYS; seed++) {
      const units = equalArms(seed, count);
      const ratio = estimateRatio(units, [], { seed, replicates: 400 });
      if (ratio.kind === 'estimated' && (ratio.interval.upper < 1 || ratio.interval.lower > 1)) verdicts++;
    }
    expect(verdicts / EQUAL_REPLAYS).toBeLessThanOrEqual(most);
    // An interval that never errs would be one that never finds anything.
    expect(verdicts / EQUAL_REPLAYS).toBeGreaterThan(0.02);
  });
});

/** Absolute errors of two arms that miss the same skewed outcomes by noise of the same size. */
function equalArms(seed: number, count: number): RatioUnits {
  const uniform = seededUniforms(seed);
  const noise = (): number => (uniform() + uniform() + uniform() - 1.5) * 2;
  const outcomes = Float64Array.from({ length: count }, () => -2 * Math.log(1 - uniform()) - 2);
  const arm = (): Float64Array => outcomes.map((outcome) => Math.abs(outcome + noise()));
  return { numerator: arm(), denominator: arm() };
}

/** Errors whose mean is 0.7 of the denominator's, with a tenth of the variance shared by the bookings of a day. */
function simulatedDays(seed: number): { units: RatioUnits; ids: Int32Array } {
  const uniform = seededUniforms(seed);
  // Mean 0, variance 1.
  const noise = (): number => (uniform() + uniform() + uniform() - 1.5) * 2;
  const days = Float64Array.from({ length: DAYS }, noise);
  const ids = Int32Array.from({ length: DAYS * PER_DAY }, (_, i) => Math.floor(i / PER_DAY));
  const denominator = Float64Array.from(ids, () => -2.5 * Math.log(1 - uniform()));
  const numerator = denominator.map(
    (value, i) => TRUE_RATIO * value + Math.sqrt(0.1) * days[ids[i]!]! + Math.sqrt(0.9) * noise(),
  );
  return { units: { numerator, denominator }, ids };
}

function covers(estimate: Estimated): boolean {
  if (estimate.kind === 'insufficient') return false;
  return estimate.interval.lower <= TRUE_RATIO && TRUE_RATIO <= estimate.interval.upper;
}
