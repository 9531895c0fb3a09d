import { describe, expect, it } from 'vitest';
import { bookingsNeeded, minimalDetectableEffect, pairedPower } from '../../src/statistics/power.js';
import { expectNear, readVectors } from './vectors.js';

const vectors = readVectors<{
  kind: 'mde_dz' | 'power' | 'n';
  n: number;
  dz: number;
  alpha: number;
  alternative: 'two-sided' | 'larger';
  power: number;
  expected: number;
}>('power');

/** The reference's root finder stops early: at its effects the power is 0.79999 to 0.80001. */
const MDE_TOLERANCE = 3e-6;

describe('the paired t-test', () => {
  it.each(vectors.cases)('$kind at n $n, dz $dz, alpha $alpha, $alternative', (one) => {
    const plan = { alpha: one.alpha, oneSided: one.alternative === 'larger', power: one.power ?? 0.8 };
    const computed = {
      mde_dz: () => minimalDetectableEffect(one.n, plan).effectSize,
      power: () => pairedPower(one.dz, one.n, plan),
      n: () => bookingsNeeded(one.dz, plan),
    }[one.kind]();
    expectNear(
      computed ?? Number.NaN,
      one.expected,
      one.kind === 'mde_dz' ? MDE_TOLERANCE : vectors.tolerance,
    );
  });

  it('detects 0.40 standard deviations at 50 bookings and 0.20 at 200', () => {
    expect(minimalDetectableEffect(50).effectSize).toBeCloseTo(0.4, 2);
    expect(minimalDetectableEffect(200).effectSize).toBeCloseTo(0.2, 2);
  });

  it('states the correlation that it allows for, which costs bookings', () => {
    const plan = { dayCorrelation: 0.05, bookingsPerDay: 100 };
    const detectable = minimalDetectableEffect(2000, plan);
    expect(detectable).toMatchObject({ dayCorrelation: 0.05, designEffect: expect.closeTo(5.95, 12) });
    expect(detectable.effectSize).toBeGreaterThan(minimalDetectableEffect(2000).effectSize ?? 0);
    expect(bookingsNeeded(0.2, plan)).toBeCloseTo(5.95 * (bookingsNeeded(0.2) ?? 0), 3);
  });

  it('knows what cannot be detected', () => {
    expect(minimalDetectableEffect(1).effectSize).toBeNull();
    expect(bookingsNeeded(0)).toBeNull();
  });

  it('is certain of a large effect in many bookings', () => {
    expect(pairedPower(0.9, 100_000)).toBe(1);
  });
});
