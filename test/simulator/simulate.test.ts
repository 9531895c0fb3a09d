import { describe, expect, it } from 'vitest';
import { hourlyDemand, isPublicHoliday } from '../../src/simulator/calendar.js';
import { DEFAULT_SIMULATION, type SimulationSettings } from '../../src/simulator/settings.js';
import { type SimulatedBooking, simulateBookings } from '../../src/simulator/simulate.js';
import { createSummaryMeter } from '../../src/simulator/summary.js';

function simulated(change: Partial<SimulationSettings>): SimulatedBooking[] {
  return [...simulateBookings({ ...DEFAULT_SIMULATION, ...change })];
}

function summaryOf(change: Partial<SimulationSettings>) {
  const settings = { ...DEFAULT_SIMULATION, ...change };
  const meter = createSummaryMeter(settings);
  for (const booking of simulateBookings(settings)) meter.add(booking);
  return meter.summary();
}

const ALL = simulated({ seed: 3 });
const BOOKINGS = ALL.map(({ booking }) => booking);

function share(of: (booking: (typeof BOOKINGS)[number]) => boolean): number {
  return BOOKINGS.filter(of).length / BOOKINGS.length;
}

describe('simulateBookings', () => {
  it('gives the same bookings for one seed, and others for another', () => {
    expect(simulated({ seed: 3, bookings: 500 })).toEqual(simulated({ seed: 3, bookings: 500 }));
    const other = simulated({ seed: 4 });
    const delayOf = ({ booking }: SimulatedBooking) => booking.actualDelayMinutes;
    expect(ALL.filter((row, i) => delayOf(row) === delayOf(other[i]!)).length).toBeLessThan(50);
  });

  it('gives as many as asked for, in order, with ids from 1, over the days of the period', () => {
    expect(BOOKINGS.map(({ id }) => id)).toEqual(Array.from({ length: 5000 }, (_, i) => String(i + 1)));
    const days = BOOKINGS.map(({ scheduled }) => scheduled!.dayNumber);
    expect(new Set(days).size).toBe(182);
    const times = BOOKINGS.map(({ scheduled }) => scheduled!.epochMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('starts at once however many are asked for: bookings are made as they are taken', () => {
    const [first] = simulateBookings({ ...DEFAULT_SIMULATION, bookings: 10_000_000, days: 3660 });
    expect(first?.booking.id).toBe('1');
  });

  it('keeps to the opening hours, with few bookings on Sundays and holidays', () => {
    for (const { scheduled } of BOOKINGS) {
      expect(hourlyDemand(scheduled!.dayNumber)[scheduled!.hour]).toBeGreaterThan(0);
    }
    const quiet = share(({ scheduled }) => scheduled!.weekday === 6 || isPublicHoliday(scheduled!.dayNumber));
    expect(quiet).toBeGreaterThan(0.02);
    expect(quiet).toBeLessThan(0.1);
  });

  it('stays around Geneva, with coordinates of 4 decimals', () => {
    for (const { pickup, dropoff } of BOOKINGS) {
      for (const place of [pickup!, dropoff ?? pickup!]) {
        expect(Math.abs(place.lat - 46.2)).toBeLessThan(0.25);
        expect(Math.abs(place.lon - 6.14)).toBeLessThan(0.25);
        expect(Number(place.lat.toFixed(4))).toBe(place.lat);
        expect(Number(place.lon.toFixed(4))).toBe(place.lon);
      }
    }
  });

  it('leaves some dropoffs, drivers and weather unknown, and keeps the distance where a dropoff is', () => {
    expect(share(({ weather }) => weather === null)).toBeCloseTo(0.08, 1);
    expect(share(({ dropoff }) => dropoff === null)).toBeCloseTo(0.06, 1);
    expect(share(({ driverId }) => driverId === null)).toBeCloseTo(0.05, 1);
    expect(share(({ dropoff, distanceMeters }) => dropoff === null && distanceMeters === null)).toBe(0);
    expect(
      share(({ driverId, driverTotalBookings }) => (driverId === null) !== (driverTotalBookings === null)),
    ).toBe(0);
  });

  it('counts the rides of a driver as of the scheduled time: never down, never by more than were driven', () => {
    const last = new Map<string, number>();
    for (const { driverId, driverTotalBookings } of BOOKINGS) {
      if (driverId === null || driverTotalBookings === null) continue;
      expect(driverTotalBookings).toBeGreaterThan(last.get(driverId) ?? -1);
      last.set(driverId, driverTotalBookings);
    }
    expect(last.size).toBeGreaterThan(25);
  });

  it('adds up: structure and noise are the delay, which has 2 decimals and at most 180 minutes', () => {
    for (const { booking, structuralMinutes, noiseMinutes } of ALL) {
      const delay = booking.actualDelayMinutes!;
      expect(structuralMinutes + noiseMinutes).toBeCloseTo(delay, 9);
      expect(Number(delay.toFixed(2))).toBe(delay);
      expect(Math.abs(delay)).toBeLessThanOrEqual(180);
    }
  });

  it('leaves the asked share unsettled and is otherwise the same', () => {
    const some = simulated({ seed: 3, unsettledPercent: 20 });
    const unsettled = some.filter(({ booking }) => booking.actualDelayMinutes === null);
    expect(unsettled.length / some.length).toBeCloseTo(0.2, 1);
    const settled = some.filter(({ booking }) => booking.actualDelayMinutes !== null);
    expect(settled).toEqual(settled.map(({ booking }) => ALL[Number(booking.id) - 1]));
    expect(simulated({ bookings: 50, unsettledPercent: 100 }).every(isUnsettled)).toBe(true);
  });

  it('works for one booking on one day, and for fewer bookings than days', () => {
    expect(simulated({ bookings: 1, days: 1 })).toHaveLength(1);
    expect(simulated({ bookings: 3, days: 400 })).toHaveLength(3);
  });
});

describe.each([1, 2, 3, 5, 8, 13, 21, 34])('the target shape, seed %i', (seed) => {
  const summary = summaryOf({ seed });

  it('has the delays of the real world', () => {
    expect(summary.mean).toBeGreaterThan(5.8);
    expect(summary.mean).toBeLessThan(7.1);
    expect(summary.median).toBeGreaterThan(5.4);
    expect(summary.median).toBeLessThan(6.5);
    expect(summary.sd).toBeGreaterThan(4.5);
    expect(summary.sd).toBeLessThan(5.1);
    expect(summary.lateShare).toBeGreaterThan(0.54);
    expect(summary.lateShare).toBeLessThan(0.62);
    expect(summary.earlyShare).toBeGreaterThan(0.04);
    expect(summary.earlyShare).toBeLessThan(0.1);
    expect(summary.distanceCorrelation).toBeGreaterThan(0.57);
    expect(summary.distanceCorrelation).toBeLessThan(0.66);
  });

  it('has a noise floor that an honest model can meet the targets above', () => {
    expect(summary.bestMae).toBeLessThan(2);
    expect(summary.bestR2).toBeGreaterThan(0.75);
    // A good model comes within 8 % of the floor, and must still be 32 % better than the heuristic.
    expect((1.08 * summary.bestMae!) / summary.heuristicMae!).toBeLessThan(0.68);
  });

  it('clusters by day and by driver', () => {
    expect(summary.dayCorrelation).toBeGreaterThan(0.02);
    expect(summary.dayCorrelation).toBeLessThan(0.07);
    expect(summary.driverCorrelation).toBeGreaterThan(0.02);
  });
});

function isUnsettled({ booking }: SimulatedBooking): boolean {
  return booking.actualDelayMinutes === null;
}
