import { describe, expect, it } from 'vitest';
import { planColumns } from '../../src/booking/columns.js';
import { parseBooking } from '../../src/booking/parse.js';
import { systemClock } from '../../src/clock.js';
import { DEFAULT_HEURISTIC } from '../../src/model/heuristic.js';
import { judgeActedOn } from '../../src/replay/acted-on.js';
import { replay } from '../../src/replay/replay.js';
import { armRatioEstimate } from '../../src/statistics/arm-ratio.js';
import { seededUniforms } from '../../src/statistics/random.js';
import { ALL, modelOf, rides, stream } from './rides.js';

const ARMS = { model: modelOf((km) => km + 0.5), heuristic: DEFAULT_HEURISTIC, clock: systemClock };

describe('bookings in which dispatch acted on the prediction', () => {
  it('take no part in the paired comparison, and count for their assigned arm', async () => {
    const bookings = rides(400).map((ride, i) => ({
      ...ride,
      exposure: {
        actedOn: i % 2 === 0 ? true : i % 5 === 0 ? null : false,
        variant: i % 16 === 0 ? null : i % 4 === 0 ? ('model' as const) : ('control' as const),
      },
    }));
    const replayed = await replay(stream(bookings), ARMS, ALL);
    expect(replayed.scores.n).toBe(200);
    expect(replayed.excluded).toEqual({ acted_on: 200 });
    const actedOn = judgeActedOn(replayed.actedOn);
    expect(actedOn).toMatchObject({ told: 360, n: 200, unassigned: 25, model: { n: 75, mae: 0.5 } });
    expect(actedOn.share).toBeCloseTo(200 / 360, 10);
    expect(actedOn.control.n).toBe(100);
    expect(actedOn.result).toBe('better');
  });

  it('are unknown where the source does not tell', async () => {
    const { actedOn } = await replay(stream(rides(40)), ARMS, ALL);
    expect(judgeActedOn(actedOn)).toMatchObject({ told: 0, share: null, n: 0, improvement: null });
  });

  it('come from two columns', () => {
    const plan = planColumns(['id', 'scheduled_time', 'acted_on', 'variant']);
    const read = (...values: string[]) =>
      parseBooking(
        { plan, values: ['1', '2026-03-02T08:30', ...values], unit: 'line', line: 2 },
        'Europe/Zurich',
      );
    expect(read('yes', 'model')).toMatchObject({ exposure: { actedOn: true, variant: 'model' } });
    expect(read('', '')).toMatchObject({ exposure: { actedOn: null, variant: null } });
    expect(read('no', 'b')).toMatchObject({
      field: 'variant',
      value: 'b',
      reason: expect.stringContaining('arm'),
    });
  });
});

describe('the ratio of two arms with bookings of their own', () => {
  it('covers the truth as often as it says, days being alike', () => {
    const uniform = seededUniforms(11);
    let covered = 0;
    for (let run = 0; run < 500; run++) {
      const days = Array.from({ length: 20 }, () => {
        const shared = 0.6 + 0.8 * uniform();
        const sum = (n: number, mean: number) =>
          Array.from({ length: n }, () => -mean * shared * Math.log(1 - uniform())).reduce(
            (a, b) => a + b,
            0,
          );
        const [first, second] = [2 + Math.floor(4 * uniform()), 6 + Math.floor(8 * uniform())];
        return { first: { n: first, sum: sum(first, 2) }, second: { n: second, sum: sum(second, 3) } };
      });
      const estimate = armRatioEstimate(days);
      if (estimate.kind === 'insufficient') throw new Error(estimate.reason);
      const { lower, upper } = estimate.interval;
      if (lower <= 2 / 3 && 2 / 3 <= upper) covered++;
    }
    expect(covered / 500).toBeGreaterThan(0.92);
    expect(covered / 500).toBeLessThan(0.98);
  });

  it('is not enough data with few days or an empty arm', () => {
    const day = { first: { n: 1, sum: 2 }, second: { n: 1, sum: 3 } };
    expect(armRatioEstimate(new Array(7).fill(day)).kind).toBe('insufficient');
    expect(armRatioEstimate(new Array(9).fill({ ...day, first: { n: 0, sum: 0 } })).kind).toBe(
      'insufficient',
    );
  });
});
