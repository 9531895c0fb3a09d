import { bookingsToLeaveOut } from '../statistics/bookings-to-decide.js';
import type { Estimated } from '../statistics/estimate.js';
import { bookingsNeeded, minimalDetectableEffect, type PowerPlan } from '../statistics/power.js';
import type { Replay } from './replay.js';

/** What a replay of this size can find. */
export interface ReplayPower {
  /**
   * Bookings at which a difference like the one seen is found in 80 % of replays; `null` when decided or out of reach.
   * By the assumed correlation, or by the clusters that were seen where they ask for more.
   */
  readonly needed: number | null;
  /** The smallest mean difference, in minutes, that this many bookings find in 80 % of replays. */
  readonly detectableMinutes: number | null;
  /** The correlation within a day that both assume: a power figure means nothing without it. */
  readonly dayCorrelation: number;
}

/** Assumed of bookings that share a day's weather and traffic, when planning. */
const DAY_CORRELATION = 0.02;

interface PowerQuestion {
  readonly undecided: boolean;
  readonly ratio: number;
  readonly improvement: Estimated;
}

/**
 * What this many bookings can find, and how many would find what was seen. `ratio` is the MAE(model) / MAE(heuristic)
 * that is to be told from what was seen: 1, unless the question is about a least gain or a greatest loss.
 */
export function replayPower(
  { scores, toMs, fromMs }: Replay,
  { undecided, ratio, improvement }: PowerQuestion,
): ReplayPower {
  const { n, model, heuristic, squaredModel, squaredHeuristic, product } = scores.byBooking;
  const mean = (model - ratio * heuristic) / n;
  const squares = squaredModel - 2 * ratio * product + ratio ** 2 * squaredHeuristic - n * mean ** 2;
  const deviation = Math.sqrt(Math.max(0, squares) / (n - 1));
  if (!(deviation > 0)) return { needed: null, detectableMinutes: null, dayCorrelation: DAY_CORRELATION };
  const days = toMs === null || fromMs === null ? n : scores.byDay.clusters.size;
  const plan: PowerPlan = { dayCorrelation: DAY_CORRELATION, bookingsPerDay: n / days };
  const { effectSize } = minimalDetectableEffect(n, plan);
  const planned = undecided ? bookingsNeeded(Math.abs(mean) / deviation, plan) : null;
  const seen = improvement.kind === 'insufficient' ? null : bookingsToLeaveOut(n, improvement, ratio - 1);
  return {
    needed: planned === null ? null : Math.max(Math.ceil(planned), seen ?? 0),
    detectableMinutes: effectSize === null ? null : effectSize * deviation,
    dayCorrelation: DAY_CORRELATION,
  };
}
