import { describe, expect, it } from 'vitest';
import { nearestStep, reportFor } from '../../src/weather/conditions.js';
import { callCounter } from '../../src/weather/quota.js';
import { readReport } from '../../src/weather/read-report.js';
import { weatherCache } from '../../src/weather/weather-cache.js';
import { MINUTE_MS, recorded, turnableClock } from './recorded-server.js';

const NOW = Date.parse('2026-03-02T07:30:00Z');

describe('which report tells the weather of a pickup', () => {
  it.each([
    ['2026-03-02T05:59:59Z', 'no_history'],
    ['2026-03-02T06:00:00Z', 'current'],
    ['2026-03-02T07:30:00Z', 'current'],
    ['2026-03-02T09:00:00Z', 'current'],
    ['2026-03-02T09:00:01Z', 'forecast'],
    ['2026-03-07T07:30:00Z', 'forecast'],
    ['2026-03-07T07:30:01Z', 'beyond_forecast'],
    ['2025-03-02T07:30:00Z', 'no_history'],
  ])('%s: %s', (scheduled, kind) => expect(reportFor(Date.parse(scheduled), NOW)).toBe(kind));

  it('a pickup without a time is now', () => expect(reportFor(null, NOW)).toBe('current'));
});

describe('the step of a forecast', () => {
  const steps = readReport('forecast', recorded('forecast'), NOW) ?? [];
  it.each([
    ['2026-03-02T15:00Z', 5],
    ['2026-03-02T13:31Z', 5],
    ['2026-03-02T16:29Z', 5],
    ['2026-03-02T13:29Z', 0],
    ['2026-03-02T16:31Z', 0],
    ['2026-03-02T07:31Z', 0],
  ])('nearest to %s has %d mm of rain', (scheduled, rainMm) => {
    expect(nearestStep(steps, Date.parse(scheduled))?.rainMm).toBe(rainMm);
  });

  it('does not reach a pickup after the last one', () => {
    expect(nearestStep(steps, Date.parse('2026-03-07T08:00Z'))).toBeNull();
    expect(nearestStep(steps, Date.parse('2026-03-07T07:00Z'))).not.toBeNull();
  });
});

describe('the quota', () => {
  it('is 60 calls a minute and 1,000 a day, by the clock of the world', () => {
    const clock = turnableClock('2026-03-02T23:40:30Z');
    const counter = callCounter(clock);
    for (let i = 0; i < 60; i += 1) expect(counter.permit().granted).toBe(true);
    expect(counter.permit()).toEqual({ granted: false, usage: { minute: 60, day: 60 }, againInMs: 30_000 });
    for (let minute = 0; minute < 16; minute += 1) {
      clock.turn(MINUTE_MS);
      for (let i = 0; i < 60; i += 1) counter.permit();
    }
    expect(counter.usage()).toEqual({ minute: 40, day: 1000 });
    expect(counter.permit()).toMatchObject({ granted: false, againInMs: 3.5 * MINUTE_MS });
    clock.turn(3.5 * MINUTE_MS);
    expect(counter.permit()).toMatchObject({ granted: true, usage: { minute: 1, day: 1 } });
  });
});

describe('the cache', () => {
  it('forgets who was asked about longest ago', () => {
    const cache = weatherCache(2);
    const failure = { reason: 'timeout', untilMs: 1 } as const;
    for (const key of ['a', 'b', 'a', 'c']) {
      if (cache.get(key).failure === null) cache.set(key, { report: null, failure });
    }
    expect(['a', 'b', 'c'].map((key) => cache.get(key).failure !== null)).toEqual([true, false, true]);
  });
});
