import type { Booking } from '../booking/booking.js';
import { armRatioEstimate } from '../statistics/arm-ratio.js';
import { UNKNOWN_CLUSTER } from '../statistics/cluster.js';
import { rescale } from '../statistics/estimate.js';
import { onGrid } from '../statistics/exact-sum.js';
import type { ScoredBooking } from './score.js';

/**
 * Bookings in which dispatch acted on the prediction that it was shown. What happened then is no answer to "what if the
 * other arm had predicted", so they take no part in the paired comparison, and each counts for its assigned arm alone.
 */
export interface ActedOn {
  /** Bookings whose source says whether dispatch acted, and the share of those in which it did; `null` if none does. */
  readonly told: number;
  readonly share: number | null;
  readonly n: number;
  /** Bookings and MAE in minutes of each assigned arm. */
  readonly model: AssignedArm;
  readonly control: AssignedArm;
  /** Bookings whose assigned arm is not told. */
  readonly unassigned: number;
  /** MAE(model) / MAE(control) − 1 with its 95 % interval by day; `null` where that says nothing. */
  readonly improvement: { readonly value: number; readonly lower: number; readonly upper: number } | null;
  readonly result: 'better' | 'worse' | 'insufficient';
}

interface AssignedArm {
  readonly n: number;
  readonly mae: number | null;
}

/** Sums by local day and assigned arm, in a stream. */
export interface ActedOnTally {
  told: number;
  acted: number;
  unassigned: number;
  readonly days: Map<number, DaySums>;
}

interface DaySums {
  readonly first: ArmSum;
  readonly second: ArmSum;
}

interface ArmSum {
  n: number;
  sum: number;
}

export function emptyActedOn(): ActedOnTally {
  return { told: 0, acted: 0, unassigned: 0, days: new Map() };
}

/** Counts one booking, in place. True when dispatch acted, so that it must not be compared in pairs. */
export function addActedOn(tally: ActedOnTally, scored: ScoredBooking): boolean {
  const { booking, modelMinutes, heuristicMinutes } = scored;
  const actedOn = booking.exposure?.actedOn ?? null;
  if (actedOn !== null) tally.told += 1;
  if (actedOn !== true) return false;
  tally.acted += 1;
  const variant = booking.exposure?.variant ?? null;
  if (variant === null || booking.actualDelayMinutes === null) {
    tally.unassigned += 1;
    return true;
  }
  const minutes = variant === 'model' ? modelMinutes : heuristicMinutes;
  const sums = daySums(tally, booking)[variant === 'model' ? 'first' : 'second'];
  sums.n += 1;
  sums.sum += onGrid(Math.abs(minutes - booking.actualDelayMinutes));
  return true;
}

export function judgeActedOn({ told, acted, unassigned, days }: ActedOnTally): ActedOn {
  const clusters = [...days.values()];
  const estimated = armRatioEstimate(clusters);
  const known = estimated.kind === 'insufficient' ? null : rescale(estimated, (value) => value - 1);
  const improvement = known === null ? null : { value: known.value, ...known.interval };
  return {
    told,
    share: told === 0 ? null : acted / told,
    n: acted,
    model: assignedArm(clusters.map(({ first }) => first)),
    control: assignedArm(clusters.map(({ second }) => second)),
    unassigned,
    improvement,
    result: resultOf(improvement),
  };
}

function resultOf(improvement: ActedOn['improvement']): ActedOn['result'] {
  if (improvement === null) return 'insufficient';
  if (improvement.upper < 0) return 'better';
  return improvement.lower > 0 ? 'worse' : 'insufficient';
}

function daySums({ days }: ActedOnTally, { scheduled }: Booking): DaySums {
  // Without a time, each booking stands for itself.
  const day = scheduled?.dayNumber ?? UNKNOWN_CLUSTER - days.size;
  const known = days.get(day);
  if (known !== undefined) return known;
  const empty = { first: { n: 0, sum: 0 }, second: { n: 0, sum: 0 } };
  days.set(day, empty);
  return empty;
}

function assignedArm(sums: readonly ArmSum[]): AssignedArm {
  const n = sums.reduce((all, one) => all + one.n, 0);
  const sum = sums.reduce((all, one) => all + one.sum, 0);
  return { n, mae: n === 0 ? null : sum / n };
}
