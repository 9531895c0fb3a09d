import { describe, expect, it } from 'vitest';
import { emptyDay } from '../../src/rollout/day-figures.js';
import { improvementBeyond } from '../../src/rollout/gates.js';
import { improvementByDay } from '../../src/rollout/improvement-by-day.js';
import { days } from '../render/survey-by-hand.js';

describe('the improvement by day', () => {
  it('is after each day what a gate saw then, and the means are of the day alone', () => {
    const all = days(12, 1.6, 2.8);
    const known = improvementByDay(all);
    expect(known.map(({ improvement }) => improvement)).toEqual(
      all.map((_, i) => improvementBeyond(all.slice(0, i + 1), 0)),
    );
    expect(known.slice(0, 4).every(({ improvement }) => improvement.kind === 'insufficient')).toBe(true);
    expect(known.at(-1)).toMatchObject({ settled: 100, modelMae: 1.5, heuristicMae: 2.8 });
  });

  it('is not known where the outcomes of too many bookings are not: those that are may be the easy ones', () => {
    const some = days(12, 1.6, 2.8, { asked: 1000 });
    expect(improvementByDay(some).at(-1)!.improvement).toMatchObject({
      kind: 'insufficient',
      reason: expect.stringContaining('10 % of the bookings due'),
    });
  });

  it('of a day without bookings knows no mean', () => {
    expect(improvementByDay([emptyDay(1)])).toMatchObject([
      { settled: 0, modelMae: null, heuristicMae: null },
    ]);
  });
});
