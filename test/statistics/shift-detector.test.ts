import { describe, expect, it } from 'vitest';
import { seededUniforms } from '../../src/statistics/random.js';
import {
  evidenceAfter,
  newShiftEvidence,
  SHIFT_ALARM,
  shiftEvidence,
  withOutcome,
} from '../../src/statistics/shift-detector.js';
import { expectNear, readVectors } from './vectors.js';

const shift = readVectors<{ x: number[]; p0: number; p1: number[]; expected: { t: number; e_sr: number }[] }>(
  'e_detector',
);

describe('the shift detector', () => {
  it.each(shift.cases)('from $p0', ({ x, p0, p1, expected }) => {
    for (const { t, e_sr } of expected) {
      const outcomes = x.slice(0, t).map((value) => value === 1);
      const state = outcomes.reduce(withOutcome, newShiftEvidence(p0, p1));
      expectNear(shiftEvidence(state), e_sr, shift.tolerance);
      expectNear(evidenceAfter(outcomes, p0, p1), e_sr, shift.tolerance);
    }
  });

  it('finds a jump from 12 % to 30 % soon after a long good run', () => {
    const delays = Array.from({ length: 61 }, (_, run) => delayAfterGoodRun(seededUniforms(run)));
    const median = delays.sort((a, b) => a - b)[30]!;
    expect(median).toBeGreaterThan(40);
    expect(median).toBeLessThan(180);
  });

  function delayAfterGoodRun(uniform: () => number): number {
    let state = newShiftEvidence(0.2, [0.25, 0.3, 0.4]);
    for (let i = 0; i < 1000; i++) state = withOutcome(state, uniform() < 0.12);
    for (let delay = 1; ; delay++) {
      state = withOutcome(state, uniform() < 0.3);
      if (shiftEvidence(state) >= SHIFT_ALARM) return delay;
    }
  }
});
