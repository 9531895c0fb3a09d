import { noncentralTCdf } from './noncentral-t.js';
import { studentQuantile } from './special-functions.js';

export interface PowerPlan {
  /** Two-sided error probability unless `oneSided`; 0.05 by default. */
  readonly alpha?: number;
  readonly oneSided?: boolean;
  /** 0.8 by default. */
  readonly power?: number;
  /**
   * Correlation of the differences within a day, 0 by default, and bookings a day: what inflates the
   * variance.
   */
  readonly dayCorrelation?: number;
  readonly bookingsPerDay?: number;
}

/** What a replay of this size can see. */
export interface Detectable {
  /** Smallest |mean d| / sd(d) found with the wanted power; `null` when not even a huge one is. */
  readonly effectSize: number | null;
  readonly power: number;
  /** The correlation that was assumed; a power figure means nothing without it. */
  readonly dayCorrelation: number;
  /** Factor by which the correlation multiplies the variance, 1 + (bookings a day − 1) · correlation. */
  readonly designEffect: number;
}

const DEFAULT_ALPHA = 0.05;
const DEFAULT_POWER = 0.8;
const HUGE_EFFECT = 10;
const MANY_BOOKINGS = 1e8;
/** Halvings of the range searched: all the digits that a double has. */
const HALVINGS = 60;

/**
 * Noncentrality beyond which power is 1 to twelve digits and the series of the noncentral t would underflow.
 * An effect below HUGE_EFFECT reaches it with 9 bookings at least, whose critical values are far smaller.
 */
const CERTAIN = 30;

/**
 * Power of the paired t-test at `count` bookings for an effect of `effectSize` standard deviations.
 * Source: Cohen, Statistical Power Analysis (1988); noncentral t with δ = effect · √n, n − 1 degrees.
 */
export function pairedPower(effectSize: number, count: number, plan: PowerPlan = {}): number {
  const effective = count / designEffectOf(plan);
  const { alpha = DEFAULT_ALPHA, oneSided = false } = plan;
  if (effective < 2) return 0;
  const delta = Math.abs(effectSize) * Math.sqrt(effective);
  if (delta > CERTAIN) return 1;
  const degrees = effective - 1;
  const critical = studentQuantile(1 - (oneSided ? alpha : alpha / 2), degrees);
  const beyond = 1 - noncentralTCdf(critical, degrees, delta);
  return oneSided ? beyond : beyond + noncentralTCdf(-critical, degrees, delta);
}

/** The smallest effect that `count` bookings show with the plan's power. */
export function minimalDetectableEffect(count: number, plan: PowerPlan = {}): Detectable {
  const { power = DEFAULT_POWER, dayCorrelation = 0 } = plan;
  const effectSize = leastWith((effect) => pairedPower(effect, count, plan) >= power, 0, HUGE_EFFECT);
  return { effectSize, power, dayCorrelation, designEffect: designEffectOf(plan) };
}

/** Bookings, not rounded, at which an effect is shown with the plan's power; `null` beyond 10^8. */
export function bookingsNeeded(effectSize: number, plan: PowerPlan = {}): number | null {
  const { power = DEFAULT_POWER } = plan;
  return leastWith((count) => pairedPower(effectSize, count, plan) >= power, 2, MANY_BOOKINGS);
}

function designEffectOf({ dayCorrelation = 0, bookingsPerDay = 1 }: PowerPlan): number {
  return 1 + (bookingsPerDay - 1) * dayCorrelation;
}

/** The smallest argument that is enough, given that all larger ones are. */
function leastWith(enough: (argument: number) => boolean, from: number, to: number): number | null {
  if (!enough(to)) return null;
  let [low, high] = [from, to];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
