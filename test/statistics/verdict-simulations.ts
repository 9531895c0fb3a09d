import { meanSequence, NO_VALUES, withValue } from '../../src/statistics/asymptotic-sequence.js';
import { bet, newWager } from '../../src/statistics/betting-sequence.js';
import { decideGate } from '../../src/statistics/gate.js';
import { compareErrors, type PairedErrors } from '../../src/statistics/improvement.js';
import { seededUniforms } from '../../src/statistics/random.js';
import { logEvidenceAbove } from '../../src/statistics/rate-sequence.js';
import {
  newShiftEvidence,
  SHIFT_ALARM,
  shiftEvidence,
  withOutcome,
} from '../../src/statistics/shift-detector.js';
import type { Dimension, WidestEstimate } from '../../src/statistics/widest.js';

/** Simulated worlds whose truth is known, through the functions that verdicts rest on. */

export interface Runs {
  readonly runs: number;
  readonly looks: number;
  readonly seed: number;
}

/** How many of the runs alarmed, and at which look, ascending. */
export interface Alarms {
  readonly share: number;
  readonly at: readonly number[];
}

const ALPHA = 0.05;
const NEEDED = Math.log(1 / ALPHA);

/** Is a rate above 20 %? Looks after every trial. */
export function rateAlarms(rate: number, runs: Runs): Alarms {
  return alarms(runs, (uniform) => {
    let successes = 0;
    return (look) => {
      successes += uniform() < rate ? 1 : 0;
      return logEvidenceAbove(0.2, { successes, trials: look }) >= NEEDED;
    };
  });
}

/**
 * Is the mean of min(|e|, 20) / 20 above `boundary`? The two gamblers share α, so one of them alone has half of it.
 * Errors are exponential; `scale` is their mean in minutes.
 */
export function bettingAlarms(scale: number, boundary: number, runs: Runs): Alarms {
  return alarms(runs, (uniform) => {
    const wager = newWager(2 * ALPHA, Float64Array.of(boundary));
    return () => {
      bet(wager, Math.min(20, -scale * Math.log(1 - uniform())) / 20);
      return wager.above[0]! >= NEEDED;
    };
  });
}

/** The mean of min(e, 20) / 20 for exponential errors e. */
export function cappedMean(scale: number): number {
  return (scale * (1 - Math.exp(-20 / scale))) / 20;
}

/**
 * Does the two-sided sequence of day means leave out a mean difference of zero? Ten bookings a day, whose differences
 * are `mean` + skewed noise of variance 1, of which `dayCorrelation` is shared by the day.
 */
export function daySequenceAlarms(mean: number, dayCorrelation: number, runs: Runs): Alarms {
  const [shared, own] = [Math.sqrt(dayCorrelation), Math.sqrt((1 - dayCorrelation) / PER_DAY)];
  return alarms(runs, (uniform) => {
    const gaussian = gaussians(uniform);
    let moments = NO_VALUES;
    return () => {
      let noise = 0;
      // Exponential less its mean: skewed as errors are, of variance 1.
      for (let i = 0; i < PER_DAY; i++) noise -= Math.log(1 - uniform()) + 1;
      moments = withValue(moments, mean + shared * gaussian() + (own * noise) / Math.sqrt(PER_DAY));
      const sequence = meanSequence(moments);
      return sequence.kind === 'estimated' && (sequence.interval.lower > 0 || sequence.interval.upper < 0);
    };
  });
}

const PER_DAY = 10;

/** The e-detector of a rate above 20 %. */
export function shiftAlarms(rate: number, runs: Runs): Alarms {
  return alarms(runs, (uniform) => {
    let state = newShiftEvidence(0.2, [0.25, 0.3, 0.4]);
    return () => {
      state = withOutcome(state, uniform() < rate);
      return shiftEvidence(state) >= SHIFT_ALARM;
    };
  });
}

function alarms(
  { runs, looks, seed }: Runs,
  start: (uniform: () => number) => (look: number) => boolean,
): Alarms {
  // One generator for all: the first numbers of neighbouring seeds are alike.
  const uniform = seededUniforms(seed);
  const at: number[] = [];
  for (let run = 0; run < runs; run++) {
    const isAlarm = start(uniform);
    for (let look = 1; look <= looks; look++) {
      if (!isAlarm(look)) continue;
      at.push(look);
      break;
    }
  }
  return { share: at.length / runs, at: at.sort((a, b) => a - b) };
}

/** A world of replays; correlations are those of the paired difference. */
export interface World {
  readonly bookings: number;
  readonly perDay: number;
  readonly drivers: number;
  /** MAE(model) / MAE(heuristic) in truth. */
  readonly ratio: number;
  /** Log-standard deviation of what the errors of an arm share on a day, and with a driver. */
  readonly daySpread: number;
  readonly driverSpread: number;
}

interface SimulatedReplay {
  readonly errors: PairedErrors;
  readonly dimensions: readonly [day: Dimension, driver: Dimension];
}

/** How alike the arms' errors on one booking are, and how heavy their tails. */
const ARM_CORRELATION = 0.6;
const TAIL_SPREAD = 0.4;
const HEURISTIC_MINUTES = 3;

/**
 * Absolute errors of one replay. An arm's error is |z| of correlated normals, times factors of mean 1 for the booking
 * (shared by the arms), the day and the driver (not shared), so that the ratio of the means is exactly the wanted one.
 */
function simulateReplay(world: World, uniform: () => number): SimulatedReplay {
  const { bookings, perDay, drivers, ratio, daySpread, driverSpread } = world;
  const gaussian = gaussians(uniform);
  const factor = (spread: number): number => Math.exp(spread * gaussian() - spread ** 2 / 2);
  const factors = (count: number, spread: number) =>
    Array.from({ length: count }, () => ({ model: factor(spread), heuristic: factor(spread) }));
  const day = Int32Array.from({ length: bookings }, (_, i) => Math.floor(i / perDay));
  const driver = day.map(() => Math.floor(uniform() * drivers));
  const ofDay = factors(Math.ceil(bookings / perDay), daySpread);
  const ofDriver = factors(drivers, driverSpread);
  const errors = { model: new Float64Array(bookings), heuristic: new Float64Array(bookings) };
  for (let i = 0; i < bookings; i++) {
    const [first, second, tail] = [gaussian(), gaussian(), factor(TAIL_SPREAD)];
    const other = ARM_CORRELATION * first + Math.sqrt(1 - ARM_CORRELATION ** 2) * second;
    const [d, r] = [ofDay[day[i]!]!, ofDriver[driver[i]!]!];
    errors.model[i] = ratio * HEURISTIC_MINUTES * Math.abs(first) * tail * d.model * r.model;
    errors.heuristic[i] = HEURISTIC_MINUTES * Math.abs(other) * tail * d.heuristic * r.heuristic;
  }
  return {
    errors,
    dimensions: [
      { name: 'day', ids: day },
      { name: 'driver', ids: driver },
    ],
  };
}

/** The improvement of `replays` simulated replays, as `ab-test` estimates it. */
function* improvements(
  world: World,
  replays: number,
  seed: number,
  replicates = 2000,
): Generator<WidestEstimate> {
  const uniform = seededUniforms(seed);
  for (let replay = 0; replay < replays; replay++) {
    const { errors, dimensions } = simulateReplay(world, uniform);
    yield compareErrors(errors, dimensions, { seed: seed + replay, replicates }).improvement;
  }
}

/** Shares of replays whose interval holds the truth, whose bounds err on either side, and by single bookings alone. */
export function coverage(world: World, replays: number, seed: number, replicates?: number) {
  const truth = world.ratio - 1;
  const counts = { decided: 0, lowerBound: 0, upperBound: 0, booking: 0 };
  for (const improvement of improvements(world, replays, seed, replicates)) {
    if (improvement.kind === 'insufficient') continue;
    const { interval, bounds, dimensions } = improvement;
    if (interval.lower <= truth && truth <= interval.upper) counts.decided++;
    if (bounds.lower <= truth) counts.lowerBound++;
    if (truth <= bounds.upper) counts.upperBound++;
    const own = dimensions[0]!.estimate;
    if (own.kind === 'estimated' && own.interval.lower <= truth && truth <= own.interval.upper)
      counts.booking++;
  }
  const share = (count: number): number => count / replays;
  return {
    decided: share(counts.decided),
    lowerBound: share(counts.lowerBound),
    upperBound: share(counts.upperBound),
    booking: share(counts.booking),
  };
}

/** Shares of the answers of the gate at −32 %, and of bare numbers that reach it. */
export function gateAnswers(world: World, replays: number, seed: number) {
  const counts = { pass: 0, fail: 0, insufficient: 0, point: 0 };
  for (const improvement of improvements(world, replays, seed)) {
    const gate = decideGate('improvement_target', improvement, { direction: 'below', value: -0.32 });
    counts[gate.result]++;
    if (gate.pointMeetsTarget === true) counts.point++;
  }
  return Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [name, count / replays]),
  ) as typeof counts;
}

/** The correlation within a day of the paired difference, from a one-way analysis of variance of a large world. */
export function dayCorrelationOf(world: World, days: number, seed: number): number {
  const { errors } = simulateReplay({ ...world, bookings: days * world.perDay }, seededUniforms(seed));
  const d = errors.model.map((error, i) => error - errors.heuristic[i]!);
  const size = world.perDay;
  const mean = d.reduce((a, b) => a + b, 0) / d.length;
  let [between, within] = [0, 0];
  for (let day = 0; day < days; day++) {
    const own = d.subarray(day * size, (day + 1) * size);
    const ownMean = own.reduce((a, b) => a + b, 0) / size;
    between += (size * (ownMean - mean) ** 2) / (days - 1);
    for (const value of own) within += (value - ownMean) ** 2 / (days * (size - 1));
  }
  return (between - within) / (between + (size - 1) * within);
}

function gaussians(uniform: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
