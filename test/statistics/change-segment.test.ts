import { describe, expect, test } from 'vitest';
import { changeSegment, levelOf } from '../../src/statistics/change-segment.js';
import { seededUniforms } from '../../src/statistics/random.js';
import { normalQuantile } from '../../src/statistics/special-functions.js';

/** An AR(1) series around zero with lag-1 correlation 0.4, as the days of a fleet have. */
function days(count: number, seed: number): Float64Array {
  const uniform = seededUniforms(seed);
  // Of small seeds the first numbers are all near 1.
  for (let i = 0; i < 20; i += 1) uniform();
  let value = 0;
  return Float64Array.from({ length: count }, () => {
    value = 0.4 * value + 0.5 * normalQuantile(Math.max(uniform(), 1e-9));
    return value;
  });
}

const equal = (values: Float64Array) => ({ values, weights: new Float64Array(values.length).fill(1) });

describe('a change for a stretch', () => {
  test('finds where it begins and ends, and how large it is', () => {
    const values = days(60, 1).map((value, i) => value + (i >= 30 && i < 37 ? -4 : 0));
    const found = changeSegment(equal(values), { seed: 1 });
    expect(found).toMatchObject({ kind: 'tested', from: 30, until: 37, p: 0.001 });
    if (found.kind !== 'tested') return;
    const inside = values.slice(30, 37).reduce((a, b) => a + b, 0) / 7;
    expect(found.inside).toBeCloseTo(inside, 12);
    expect(found.shift).toBeCloseTo(found.inside - found.outside, 12);
  });

  test('finds one that lasts', () => {
    const values = days(40, 2).map((value, i) => value + (i >= 22 ? 3 : 0));
    const found = changeSegment(equal(values), { seed: 1 });
    // The stretch may be what came before: both tell of the same day.
    expect(found.kind === 'tested' && [found.from, found.until]).toContain(22);
  });

  test('weighs the values', () => {
    const values = Float64Array.from({ length: 24 }, (_, i) =>
      i < 12 ? (i % 2 === 0 ? 0 : 3) : 10 + (i % 3),
    );
    const weights = values.map((_, i) => (i % 2 === 0 ? 3 : 1));
    const found = changeSegment({ values, weights }, { seed: 1, draws: 99 });
    expect(found.kind).toBe('tested');
    if (found.kind !== 'tested') return;
    const [low, high] = [Math.min(found.inside, found.outside), Math.max(found.inside, found.outside)];
    expect(low).toBeCloseTo(0.75, 12);
    // 10, 11, 12 in turn, weights 3 and 1: (3·10 + 1·11 + 3·12 + 1·10 + 3·11 + 1·12) / 12.
    expect(high).toBeCloseTo(132 / 12, 12);
  });

  test('calls few autocorrelated series without a change one', () => {
    const found = Array.from({ length: 80 }, (_, i) =>
      changeSegment(equal(days(45, 100 + i)), { seed: 3, draws: 99 }),
    );
    const share = (alpha: number) =>
      found.filter((one) => one.kind === 'tested' && one.p <= alpha).length / 80;
    expect(share(0.01)).toBeLessThanOrEqual(0.04);
    expect(share(0.1)).toBeLessThanOrEqual(0.2);
  });

  test('says what it lacks', () => {
    expect(changeSegment(equal(days(10, 1)), { seed: 1 })).toEqual({
      kind: 'insufficient',
      reason: '10 of at least 11 days with bookings',
    });
    expect(changeSegment(equal(new Float64Array(20).fill(2)), { seed: 1 }).kind).toBe('insufficient');
  });
});

describe('a level', () => {
  test('is the weighted mean, with an error that neighbours widen', () => {
    // Deviations −1, 1, −1, 1 alternate, so the persistence is the least one, 0.2: factor 1.2 / 0.8.
    const level = levelOf(equal(Float64Array.of(1, 3, 1, 3)));
    expect(level).toMatchObject({ kind: 'tested', mean: 2 });
    expect(level.kind === 'tested' && level.standardError).toBeCloseTo(Math.sqrt((4 / 3 / 4) * 1.5), 12);
  });

  test('needs days that differ', () => {
    expect(levelOf(equal(Float64Array.of(1, 2, 3))).kind).toBe('insufficient');
    expect(levelOf(equal(Float64Array.of(2, 2, 2, 2, 2))).kind).toBe('insufficient');
  });
});
