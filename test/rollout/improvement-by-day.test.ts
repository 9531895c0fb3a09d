import { describe, expect, it } from 'vitest';
import { emptyDay } from '../../src/rollout/day-figures.js';
import { improvementBeyond } from '../../src/rollout/gates.js';
import { improvementByDay, wholeDays } from '../../src/rollout/improvement-by-day.js';
import { days } from '../render/survey-by-hand.js';

describe('the improvement by day', () => {
  it('is after each day what the gate saw then, and the means are of the day alone', () => {
    const all = days(12, 1.6, 2.8);
    const known = improvementByDay(all);
    expect(known.map(({ improvement }) => improvement)).toEqual(
      all.map((_, i) => improvementBeyond(all.slice(0, i + 1), 0)),
    );
    expect(known.slice(0, 4).every(({ improvement }) => improvement.kind === 'insufficient')).toBe(true);
    expect(known.at(-1)).toMatchObject({ settled: 100, modelMae: 1.5, heuristicMae: 2.8 });
  });

  it('of a day without bookings knows no mean', () => {
    expect(improvementByDay([emptyDay(1)])).toMatchObject([
      { settled: 0, modelMae: null, heuristicMae: null },
    ]);
  });

  it('puts the halves of a day together that a step cut in two', () => {
    const [day] = days(1, 1.6, 2.8);
    const half = { ...day!, settled: 40, asked: 40 };
    expect(wholeDays([day!, half, emptyDay(day!.dayNumber + 1)])).toMatchObject([
      { dayNumber: day!.dayNumber, settled: 140, asked: 140, e: 2 * day!.e },
      { dayNumber: day!.dayNumber + 1, settled: 0 },
    ]);
  });
});
