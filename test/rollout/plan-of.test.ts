import { describe, expect, it } from 'vitest';
import { GATE_DEFAULTS } from '../../src/rollout/gate-spec.js';
import { DEFAULT_PLAN } from '../../src/rollout/plan.js';
import { freezeOf, hoursOf, planOf } from '../../src/rollout/plan-of.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MAE = { ...GATE_DEFAULTS.mae, value: 2.2 };

describe('the plan that a section means', () => {
  it('is the default one but for what it names', () => {
    expect(planOf({})).toEqual(DEFAULT_PLAN);
    expect(planOf({ bake: '36h' })).toEqual({ ...DEFAULT_PLAN, bakeMs: 36 * HOUR_MS });
    expect(planOf({ bake: '0d' }).bakeMs).toBe(0);
    expect(planOf({ requireTarget: true })).toEqual({ ...DEFAULT_PLAN, requireTarget: true });
    expect(planOf({ anyTime: true, window: { hours: '9-12' } })).toEqual({ ...DEFAULT_PLAN, window: null });
    expect(planOf({ freeze: ['2026-12-24'] })).toEqual({
      ...DEFAULT_PLAN,
      freezes: [{ from: '2026-12-24', to: '2026-12-24' }],
    });
  });

  it('has the times, bookings, approvals and gates of a step as they are written, also where that is nothing', () => {
    const strict = { minimumTime: '10d', minimumSettled: 300, approvals: 2, gates: ['mae < 2.2', 'r2'] };
    const nothing = { minimumTime: '0h', minimumSettled: 0, approvals: 0, gates: [] };
    const { steps, recovery } = planOf({
      steps: [
        { percentage: 20, ...strict },
        { percentage: 40, ...nothing },
        { percentage: 100, minimumTime: '1d' },
      ],
      recovery: { percentage: 2.5, minimumTime: '12h', approvals: 0, gates: ['mae < 2.2'] },
    });
    const last = DEFAULT_PLAN.steps.at(-1)!;
    expect(steps).toEqual([
      {
        ...{ percentage: 20, minimumMs: 10 * DAY_MS, minimumSettled: 300, approvals: 2 },
        gates: [MAE, GATE_DEFAULTS.r2],
      },
      { percentage: 40, minimumMs: 0, minimumSettled: 0, approvals: 0, gates: [] },
      { ...last, minimumMs: DAY_MS },
    ]);
    expect(recovery).toEqual({
      ...{ percentage: 2.5, minimumMs: 12 * HOUR_MS, minimumSettled: 50, approvals: 0, gates: [MAE] },
    });
    const seven = { ...DEFAULT_PLAN.recovery, minimumSettled: 7 };
    expect(planOf({ recovery: { minimumSettled: 7 } }).recovery).toEqual(seven);
  });

  it('has weekdays and hours, each the usual where only the other is named', () => {
    expect(planOf({ window: {} }).window).toEqual({ weekdays: [0, 1, 2, 3, 4], fromHour: 8, untilHour: 17 });
    expect(planOf({ window: { days: 'sat-mon' } }).window).toEqual({
      ...{ weekdays: [5, 6, 0], fromHour: 8, untilHour: 17 },
    });
    expect(planOf({ window: { days: 'tue', hours: '0-24' } }).window).toEqual({
      ...{ weekdays: [1], fromHour: 0, untilHour: 24 },
    });
    expect(planOf({ window: { hours: '9-12' } }).window).toEqual({
      ...{ weekdays: [0, 1, 2, 3, 4], fromHour: 9, untilHour: 12 },
    });
  });

  it.each([
    ['8-17', [8, 17]],
    ['0-1', [0, 1]],
    ['23-24', [23, 24]],
    ['08-09', [8, 9]],
    ['8-8', null],
    ['17-8', null],
    ['8-25', null],
    ['0-0', null],
    ['-8', null],
    ['8-', null],
    ['8', null],
    ['', null],
    ['008-17', null],
    ['8-17 ', null],
  ])('reads the hours %j', (text, expected) => {
    expect(hoursOf(text)).toEqual(expected);
  });

  it.each([
    ['2026-12-24', { from: '2026-12-24', to: '2026-12-24' }],
    ['2026-12-24..2026-12-24', { from: '2026-12-24', to: '2026-12-24' }],
    ['2028-02-29..2028-03-01', { from: '2028-02-29', to: '2028-03-01' }],
    // No such day at either end.
    ['2026-02-29..2026-03-05', null],
    ['2026-02-20..2026-02-30', null],
    ['2026-12-25..2026-12-24', null],
    ['2026-12-24..', null],
    ['..2026-12-24', null],
    ['2026-12-24-2026-12-25', null],
    ['', null],
  ])('reads the dates %j', (text, expected) => {
    expect(freezeOf(text)).toEqual(expected);
  });
});
