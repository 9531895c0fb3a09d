import { describe, expect, it } from 'vitest';
import { bookingDistanceKm } from '../../src/features/distance.js';
import { DEFAULT_HEURISTIC, heuristicMinutes } from '../../src/model/heuristic.js';
import { assessRoi } from '../../src/roi/assess.js';
import { DEFAULT_INPUTS } from '../../src/roi/inputs.js';
import { addSaving, emptySavings, estimateSavings, type SettledAnswers } from '../../src/roi/savings.js';
import { noiseFloor } from '../../src/simulator/noise-floor.js';
import { DEFAULT_SIMULATION } from '../../src/simulator/settings.js';
import { type SimulatedBooking, simulateBookings } from '../../src/simulator/simulate.js';

const SEED = 1;

/** What a model that knows the simulator's truth would have said. */
function omniscient({ booking, structuralMinutes }: SimulatedBooking): SettledAnswers {
  return {
    modelMinutes: structuralMinutes,
    heuristicMinutes: heuristicMinutes(bookingDistanceKm(booking) ?? Number.NaN, DEFAULT_HEURISTIC),
    actualMinutes: booking.actualDelayMinutes!,
    dayNumber: booking.scheduled!.dayNumber,
    driverId: booking.driverId,
  };
}

function savingsOf(answers: readonly SettledAnswers[]) {
  const sums = emptySavings();
  for (const one of answers) addSaving(sums, one);
  return estimateSavings(sums, SEED);
}

function answers(n: number, one: Partial<SettledAnswers>): SettledAnswers[] {
  const plain = { modelMinutes: 4, heuristicMinutes: 4, actualMinutes: 4, dayNumber: null, driverId: null };
  return Array.from({ length: n }, () => ({ ...plain, ...one }));
}

describe('on simulated bookings', () => {
  const simulated = [...simulateBookings({ ...DEFAULT_SIMULATION, bookings: 2000 })];
  const savings = savingsOf(simulated.map(omniscient));

  it('the minutes saved are those of the truth', () => {
    const { heuristicMae, bestMae } = noiseFloor(simulated);
    expect(savings.minutesSaved).toMatchObject({ kind: 'estimated' });
    if (savings.minutesSaved.kind !== 'estimated') return;
    expect(savings.minutesSaved.value).toBeCloseTo(heuristicMae - bestMae, 9);
  });

  it('and the interval holds the truth of another two years', () => {
    const long = { ...DEFAULT_SIMULATION, bookings: 20_000, days: 730, seed: 2 };
    const { heuristicMae, bestMae } = noiseFloor(simulateBookings(long));
    if (savings.minutesSaved.kind !== 'estimated') throw new Error('expected an estimate');
    const { lower, upper } = savings.minutesSaved.interval;
    expect(lower).toBeLessThan(heuristicMae - bestMae);
    expect(upper).toBeGreaterThan(heuristicMae - bestMae);
  });
});

describe('what is foreseen', () => {
  it('is late, said to be late by the model, and by it alone', () => {
    const savings = savingsOf([
      ...answers(10, { actualMinutes: 9, modelMinutes: 8 }),
      ...answers(5, { actualMinutes: 9, heuristicMinutes: 8 }),
      ...answers(5, { actualMinutes: 9, modelMinutes: 8, heuristicMinutes: 8 }),
      ...answers(20, { actualMinutes: 1, modelMinutes: 8 }),
    ]);
    expect(savings.anticipatedShare).toMatchObject({ kind: 'estimated', value: 10 / 40 });
    expect(savings.lostShare).toBe(5 / 40);
  });

  it('is bounded also where it never happens', () => {
    const varied = Array.from({ length: 40 }, (_, i) => answers(1, { modelMinutes: i / 20 })[0]!);
    const { anticipatedShare } = savingsOf(varied);
    expect(anticipatedShare).toMatchObject({ kind: 'estimated', value: 0, interval: { lower: 0 } });
    if (anticipatedShare.kind !== 'estimated') return;
    expect(anticipatedShare.interval.upper).toBeCloseTo(1 - 0.025 ** (1 / 40), 9);
  });
});

describe('the assessment', () => {
  const worse = savingsOf(
    Array.from(
      { length: 400 },
      (_, i) => answers(1, { modelMinutes: 6 + (i % 7) / 10, dayNumber: i % 40 })[0]!,
    ),
  );

  it('marks what is measured and what is assumed', () => {
    const { gains } = assessRoi(DEFAULT_INPUTS, worse, 100);
    expect(gains.map(({ name, basis }) => [name, basis])).toEqual([
      ['over_allocation', 'measured'],
      ['anticipated_delays', 'measured'],
      ['satisfaction', 'assumed'],
      ['reassignments', 'assumed'],
    ]);
  });

  it('lets a worse model cost money, and its gates fail', () => {
    const none = { low: 0, base: 0, high: 0 };
    const unassumed = { ...DEFAULT_INPUTS.assumed, churnPoints: none, reassignmentsPerDay: none };
    const { gains, roi, gates } = assessRoi({ ...DEFAULT_INPUTS, assumed: unassumed }, worse, 100);
    expect(gains[0]!.annualChf.base).toBeLessThan(0);
    expect(roi.high).toBeLessThan(-1);
    expect(gates.map(({ result }) => result)).toEqual(['fail', 'fail']);
  });

  it('says what is missing instead of a number', () => {
    const assessed = assessRoi(DEFAULT_INPUTS, savingsOf(answers(5, {})), 100);
    expect(assessed.insufficient).toBe('an interval needs at least 8 bookings, not 5');
    expect(assessed).toMatchObject({
      annualGainsChf: { low: null, base: null, high: null },
      roi: { low: null, base: null, high: null },
      sensitivity: [],
    });
    expect(assessed.gates.map(({ result }) => result)).toEqual(['insufficient', 'insufficient']);
  });

  it('passes no gate on assumptions alone', () => {
    const range = (base: number) => ({ low: base, base, high: base });
    const all = { ...DEFAULT_INPUTS.assumed, minutesSaved: range(2.75), anticipatedShare: range(0.3) };
    const { gates } = assessRoi({ ...DEFAULT_INPUTS, assumed: all }, null, 100);
    expect(gates).toMatchObject([
      { result: 'insufficient', pointMeetsTarget: true, lower: null, upper: null },
      { result: 'insufficient', pointMeetsTarget: true, lower: null, upper: null },
    ]);
  });

  it('counts an assumption as nothing in the low case', () => {
    const { gains } = assessRoi(DEFAULT_INPUTS, worse, 100);
    expect(gains[3]!.annualChf).toEqual({ low: 0, base: 56_250, high: 56_250 });
  });
});
