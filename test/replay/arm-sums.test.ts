import { describe, expect, it } from 'vitest';
import { addAnswer, armScores, emptyArmSums } from '../../src/replay/arm-sums.js';

describe('armScores', () => {
  it('scores four answers by hand', () => {
    const sums = emptyArmSums();
    // Errors +1, −3, +5, −6: the second is not below 3, the third not above 5.
    addAnswer(sums, 7, 6);
    addAnswer(sums, 4, 7);
    addAnswer(sums, 6, 1);
    addAnswer(sums, 2, 8);
    const scores = armScores(sums);
    expect(scores).toMatchObject({ mae: 3.75, bias: -0.75, accuracy: 0.25, missRate: 0.25 });
    expect(scores?.rmse).toBeCloseTo(Math.sqrt(71 / 4), 12);
    // Actual 6, 7, 1, 8: mean 5.5, SST 29.
    expect(scores?.r2).toBeCloseTo(1 - 71 / 29, 12);
    // Late: 6, 7 and 8; predicted late: 7 and 6; both: the first.
    expect(scores).toMatchObject({ lateRecall: 1 / 3, latePrecision: 1 / 2 });
  });

  it('has no R² where rounding alone would vary', () => {
    const sums = emptyArmSums();
    for (let i = 0; i < 1000; i += 1) addAnswer(sums, i % 7, 5.1);
    expect(armScores(sums)?.r2).toBe(null);
  });

  it('has the R² of a small spread far from zero', () => {
    const sums = emptyArmSums();
    for (const actual of [178, 179, 180]) addAnswer(sums, actual + 0.5, actual);
    expect(armScores(sums)?.r2).toBeCloseTo(1 - 0.75 / 2, 9);
  });

  it('has no scores for no bookings', () => expect(armScores(emptyArmSums())).toBe(null));

  it('has no R² when nothing varies, and no recall when nothing came late', () => {
    const sums = emptyArmSums();
    addAnswer(sums, 3, 2);
    addAnswer(sums, 1, 2);
    expect(armScores(sums)).toMatchObject({ r2: null, lateRecall: null, latePrecision: null, mae: 1 });
  });
});
