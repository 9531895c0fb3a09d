import { describe, expect, it } from 'vitest';
import {
  bettingAlarms,
  cappedMean,
  coverage,
  daySequenceAlarms,
  gateAnswers,
  rateAlarms,
  shiftAlarms,
  type World,
} from './verdict-simulations.js';

/** A fast version of `npm run bench:verdicts`, with room for the noise of so few runs. */
const RUNS = { runs: 200, looks: 400, seed: 20260101 };
const MOST_FALSE = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / RUNS.runs);
const WORLD: World = {
  bookings: 200,
  perDay: 10,
  drivers: 25,
  ratio: 0.71,
  daySpread: 0.2,
  driverSpread: 0.2,
};

/** Half a day whose bookings share nothing: what a day shares, one day cannot tell. */
const ONE_DAY: World = { ...WORLD, bookings: 50, perDay: 100, daySpread: 0, driverSpread: 0 };

describe('looking after every value', () => {
  it.each([
    ['a rate of 20 %', () => rateAlarms(0.2, RUNS)],
    ['an MAE of 2.5', () => bettingAlarms(2.5, cappedMean(2.5), RUNS)],
    ['ten correlated bookings a day', () => daySequenceAlarms(0, 0.05, RUNS)],
    ['ten independent bookings a day', () => daySequenceAlarms(0, 0, RUNS)],
  ])('%s at its boundary alarms seldom', (_, alarms) => {
    expect(alarms().share).toBeLessThanOrEqual(MOST_FALSE);
  });

  it.each([
    ['a rate of 35 %', () => rateAlarms(0.35, RUNS), 100],
    ['an MAE of 3.5', () => bettingAlarms(3.5, cappedMean(2.5), RUNS), 150],
    ['a gain of 0.2 sd', () => daySequenceAlarms(-0.2, 0.05, RUNS), 60],
    ['a jump to 30 %', () => shiftAlarms(0.3, RUNS), 180],
  ])('%s is found', (_, alarms, soon) => {
    const { share, at } = alarms();
    expect(share).toBeGreaterThan(0.95);
    expect(at[at.length >> 1]).toBeLessThan(soon);
  });
});

describe('a replay of 50 bookings of a model that gains 29 %', () => {
  it('hardly ever passes the gate on −32 %, which its bare number reaches by chance', () => {
    const { pass, fail, insufficient, point } = gateAnswers(ONE_DAY, 150, 3);
    expect(pass).toBeLessThanOrEqual(0.1);
    expect(fail + insufficient).toBeGreaterThanOrEqual(0.9);
    expect(point).toBeGreaterThan(0.25);
  });
});

describe('the interval that decides 200 bookings', () => {
  it('holds the truth as often as it says where days and drivers are alike, single bookings do not', () => {
    const { decided, booking } = coverage(WORLD, 200, 4, 300);
    expect(decided).toBeGreaterThan(0.89);
    expect(decided).toBeLessThan(0.985);
    expect(booking).toBeLessThan(0.88);
  });
});
