import { describe, expect, it } from 'vitest';
import { noiseFloor } from '../../src/simulator/noise-floor.js';
import { DEFAULT_SIMULATION } from '../../src/simulator/settings.js';
import { type SimulatedBooking, simulateBookings } from '../../src/simulator/simulate.js';
import { createSummaryMeter } from '../../src/simulator/summary.js';

const TWO_DAYS = [...simulateBookings({ ...DEFAULT_SIMULATION, bookings: 4, days: 2 })];

/** Four bookings of 4 km on two days with the given structure and noise. */
function rows(parts: readonly (readonly [structural: number, noise: number])[]): SimulatedBooking[] {
  return parts.map(([structuralMinutes, noiseMinutes], i) => {
    const scheduled = { ...TWO_DAYS[0]!.booking.scheduled!, dayNumber: Math.floor(i / 2) };
    const actualDelayMinutes = structuralMinutes + noiseMinutes;
    const change = {
      dropoff: null,
      distanceMeters: 4000,
      scheduled,
      driverId: String(i),
      actualDelayMinutes,
    };
    return {
      ...TWO_DAYS[0]!,
      structuralMinutes,
      noiseMinutes,
      booking: { ...TWO_DAYS[0]!.booking, ...change },
    };
  });
}

const HAND_MADE = rows([
  [4, 2],
  [6, 2],
  [8, -1],
  [2, -1],
]);

describe('noiseFloor', () => {
  it('scores what the bookings let one expect, and the heuristic', () => {
    const floor = noiseFloor(HAND_MADE);
    expect(floor.n).toBe(4);
    expect(floor.bestMae).toBeCloseTo(1.5, 12);
    // Delays 6, 8, 7, 1 vary by 29; the noise around its mean of 0.5 by 9.
    expect(floor.bestR2).toBeCloseTo(1 - 9 / 29, 12);
    // |6 − 5|, |8 − 5|, |7 − 5|, |1 − 5|.
    expect(floor.heuristicMae).toBeCloseTo(2.5, 12);
    expect(floor.dayCorrelation).toBeCloseTo(1, 12);
    expect(floor.driverCorrelation).toBeNaN();
  });

  it('leaves out what is not settled', () => {
    const [first] = HAND_MADE;
    const unsettled = { ...first!, booking: { ...first!.booking, actualDelayMinutes: null } };
    expect(noiseFloor([...HAND_MADE, unsettled])).toEqual(noiseFloor(HAND_MADE));
    expect(noiseFloor([unsettled]).bestMae).toBeNaN();
  });
});

describe('the summary', () => {
  it('describes the delays, and counts the unsettled apart', () => {
    const meter = createSummaryMeter(DEFAULT_SIMULATION);
    for (const row of HAND_MADE) meter.add(row);
    const [first] = HAND_MADE;
    meter.add({ ...first!, booking: { ...first!.booking, actualDelayMinutes: null } });
    expect(meter.summary()).toMatchObject({
      n: 5,
      unsettled: 1,
      mean: 5.5,
      median: 6,
      sd: 3.1091,
      lateShare: 0.75,
      earlyShare: 0,
      // All of them are 4 km long.
      distanceCorrelation: null,
    });
  });

  it('has no figures, rather than zeros, for no bookings', () => {
    const summary = createSummaryMeter(DEFAULT_SIMULATION).summary();
    expect(summary).toMatchObject({ n: 0, mean: null, median: null, sd: null, bestMae: null, bestR2: null });
  });
});
