import { describe, expect, it } from 'vitest';
import { bookingDistanceKm } from '../../src/features/distance.js';
import { DEFAULT_HEURISTIC, heuristicMinutes } from '../../src/model/heuristic.js';
import { noiseFloor } from '../../src/simulator/noise-floor.js';
import { isScenarioName, SCENARIOS, type ScenarioName } from '../../src/simulator/scenario.js';
import { DEFAULT_SIMULATION } from '../../src/simulator/settings.js';
import { type SimulatedBooking, simulateBookings } from '../../src/simulator/simulate.js';

const START = 60;
const FIRST_DAY = 20_458;

function run(name: ScenarioName | null): { before: SimulatedBooking[]; after: SimulatedBooking[] } {
  const scenario = name === null ? null : { name, day: START };
  const all = [...simulateBookings({ ...DEFAULT_SIMULATION, days: 120, seed: 6, scenario })];
  const dayOf = ({ booking }: SimulatedBooking) => booking.scheduled!.dayNumber - FIRST_DAY;
  return { before: all.filter((row) => dayOf(row) < START), after: all.filter((row) => dayOf(row) >= START) };
}

function meanDelay(rows: readonly SimulatedBooking[]): number {
  return mean(rows.map(({ booking }) => booking.actualDelayMinutes!));
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

const ordinary = run(null);

describe('a scenario', () => {
  it.each(Object.keys(SCENARIOS).filter(isScenarioName))('%s changes nothing before its day', (name) => {
    // A surge moves bookings behind its day, as their number is fixed.
    if (name === 'demand-surge') {
      expect(meanDelay(run(name).before)).toBeCloseTo(meanDelay(ordinary.before), 0);
      return;
    }
    const known = ({ booking, noiseMinutes }: SimulatedBooking) => ({ booking, noiseMinutes });
    const withoutMonthlyMean = ({ booking }: SimulatedBooking) => booking.weather !== null;
    const before = run(name).before.filter(withoutMonthlyMean).map(known);
    expect(before).toEqual(ordinary.before.filter(withoutMonthlyMean).map(known));
  });

  it('snow-week is seven days of heavy snow and long delays', () => {
    const { after } = run('snow-week');
    const week = after.filter(({ booking }) => booking.scheduled!.dayNumber < FIRST_DAY + START + 7);
    expect(week.every(({ booking }) => booking.weather === null || booking.weather.snowMm >= 2)).toBe(true);
    const sameWeek = ordinary.after.slice(0, week.length);
    expect(meanDelay(week)).toBeGreaterThan(meanDelay(sameWeek) + 3);
    const later = (rows: readonly SimulatedBooking[]) => meanDelay(rows.slice(week.length));
    expect(later(after)).toBeCloseTo(later(ordinary.after), 1);
  });

  it('new-drivers brings beginners who are late', () => {
    const { after } = run('new-drivers');
    const rides = (rows: readonly SimulatedBooking[]) =>
      mean(rows.slice(0, 500).map(({ booking }) => booking.driverTotalBookings ?? 0));
    expect(rides(after)).toBeLessThan(0.75 * rides(ordinary.after));
    expect(meanDelay(after)).toBeGreaterThan(meanDelay(ordinary.after) + 1.5);
  });

  it('sensor-fault multiplies distances and leaves the delays as they were', () => {
    const { after } = run('sensor-fault');
    const delays = (rows: readonly SimulatedBooking[]) =>
      rows.map(({ booking }) => booking.actualDelayMinutes);
    expect(delays(after)).toEqual(delays(ordinary.after));
    const factors = after.map(
      ({ booking }, i) => bookingDistanceKm(booking)! / bookingDistanceKm(ordinary.after[i]!.booking)!,
    );
    const faulty = factors.filter((factor) => factor > 8);
    expect(faulty.length / factors.length).toBeCloseTo(0.4, 1);
    expect(factors.filter((factor) => factor > 1.0001)).toHaveLength(faulty.length);
    expect(after.some(({ booking }) => (booking.weather?.temperatureC ?? 0) > 200)).toBe(true);
  });

  it('demand-surge doubles the bookings a day and lengthens the delays', () => {
    const surge = run('demand-surge');
    const perDay = surge.after.length / surge.before.length;
    expect(perDay / (ordinary.after.length / ordinary.before.length)).toBeCloseTo(2, 1);
    expect(meanDelay(surge.after)).toBeGreaterThan(meanDelay(surge.before) + 1.5);
  });

  it('model-worse makes the best model of before worse than the heuristic', () => {
    const { after } = run('model-worse');
    const errorOf = (predict: (row: SimulatedBooking, i: number) => number) =>
      mean(after.map((row, i) => Math.abs(row.booking.actualDelayMinutes! - predict(row, i))));
    // Rides are drawn alike in both runs: the ordinary structure is what the best older model predicts.
    const olderModel = errorOf((_, i) => ordinary.after[i]!.structuralMinutes);
    const heuristic = errorOf(({ booking }) => {
      return heuristicMinutes(bookingDistanceKm(booking) ?? Number.NaN, DEFAULT_HEURISTIC);
    });
    expect(heuristic).toBeLessThan(1);
    expect(olderModel).toBeGreaterThan(2 * heuristic);
    const { bestMae, heuristicMae } = noiseFloor(after);
    expect(bestMae).toBeCloseTo(heuristicMae, 9);
  });
});
