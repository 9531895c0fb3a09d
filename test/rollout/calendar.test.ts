import { describe, expect, it } from 'vitest';
import { isAllowed, nextAllowed, whyNot } from '../../src/rollout/calendar.js';
import { DEFAULT_PLAN, type RolloutPlan } from '../../src/rollout/plan.js';

const ZONE = 'Europe/Zurich';
const at = (iso: string) => Date.parse(iso);
const next = (plan: RolloutPlan, iso: string) => {
  const ms = nextAllowed(plan, at(iso), ZONE);
  return ms === null ? null : new Date(ms).toISOString();
};
const frozen = (from: string, to = from): RolloutPlan => ({ ...DEFAULT_PLAN, freezes: [{ from, to }] });

describe('the calendar of a plan', () => {
  it('allows more traffic on workdays from 8 to 17 h of the local clock', () => {
    // Summer time: UTC + 2 h. 2026-06-08 is a Monday.
    for (const [iso, allowed] of [
      ['2026-06-08T05:59:59Z', false],
      ['2026-06-08T06:00:00Z', true],
      ['2026-06-08T14:59:59Z', true],
      ['2026-06-08T15:00:00Z', false],
      ['2026-06-12T10:00:00Z', true],
      ['2026-06-13T10:00:00Z', false],
      ['2026-06-14T10:00:00Z', false],
      // Winter time: UTC + 1 h.
      ['2026-12-07T07:00:00Z', true],
      ['2026-12-07T06:59:59Z', false],
    ] as const) {
      expect([iso, isAllowed(DEFAULT_PLAN, at(iso), ZONE)]).toEqual([iso, allowed]);
    }
  });

  it('says why not', () => {
    expect(whyNot(DEFAULT_PLAN, at('2026-06-13T10:00:00Z'), ZONE)).toBe(
      'traffic is not raised on this weekday',
    );
    expect(whyNot(DEFAULT_PLAN, at('2026-06-08T20:00:00Z'), ZONE)).toBe(
      'traffic is raised from 8 to 17 h only',
    );
    const plan = frozen('2026-12-24', '2027-01-02');
    expect(whyNot(plan, at('2026-12-28T10:00:00Z'), ZONE)).toBe(
      '2026-12-28 is frozen (2026-12-24 to 2027-01-02)',
    );
    expect(whyNot({ ...plan, window: null }, at('2027-01-02T22:59:59Z'), ZONE)).toContain('is frozen');
    expect(whyNot({ ...plan, window: null }, at('2027-01-02T23:00:00Z'), ZONE)).toBeNull();
  });

  it('is open on the days before and after a freeze', () => {
    const plan = frozen('2026-06-10', '2026-06-11');
    for (const [day, allowed] of [
      [9, true],
      [10, false],
      [11, false],
      [12, true],
    ] as const) {
      const iso = `2026-06-${String(day).padStart(2, '0')}T10:00:00Z`;
      expect([iso, isAllowed(plan, at(iso), ZONE)]).toEqual([iso, allowed]);
    }
  });

  it('finds the first allowed instant: now, this morning, after the weekend, after a freeze', () => {
    expect(next(DEFAULT_PLAN, '2026-06-08T09:12:34Z')).toBe('2026-06-08T09:12:34.000Z');
    expect(next(DEFAULT_PLAN, '2026-06-08T01:12:34Z')).toBe('2026-06-08T06:00:00.000Z');
    expect(next(DEFAULT_PLAN, '2026-06-12T15:00:00Z')).toBe('2026-06-15T06:00:00.000Z');
    expect(next(frozen('2026-06-15', '2026-06-16'), '2026-06-12T15:00:00Z')).toBe('2026-06-17T06:00:00.000Z');
  });

  it('keeps to the local clock where that changes', () => {
    // Sunday, 29 March 2026: 02:00 becomes 03:00. Sunday, 25 October: 03:00 becomes 02:00.
    expect(next(DEFAULT_PLAN, '2026-03-27T16:00:00Z')).toBe('2026-03-30T06:00:00.000Z');
    expect(next(DEFAULT_PLAN, '2026-10-23T15:00:00Z')).toBe('2026-10-26T07:00:00.000Z');
    const sundays = { ...DEFAULT_PLAN, window: { weekdays: [6], fromHour: 2, untilHour: 4 } };
    expect(next(sundays, '2026-03-28T23:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
    expect(next(sundays, '2026-10-24T23:00:00Z')).toBe('2026-10-25T00:00:00.000Z');
    const days = { ...frozen('2026-03-29'), window: null };
    expect(next(days, '2026-03-28T23:00:00Z')).toBe('2026-03-29T22:00:00.000Z');
  });

  it('gives up where a plan allows nothing', () => {
    expect(
      next({ ...DEFAULT_PLAN, window: { weekdays: [], fromHour: 8, untilHour: 17 } }, '2026-06-08T00:00:00Z'),
    ).toBeNull();
    expect(next(frozen('2026-01-01', '2036-01-01'), '2026-06-08T00:00:00Z')).toBeNull();
  });
});
