import type { Interval } from './estimate.js';

/**
 * The wealth of a gambler at each candidate mean: one bets that a stream of values in [0, 1] runs above it,
 * one that it runs below. Mutable, for it holds two thousand numbers; `value` by `value` through {@link bet}.
 */
export interface Wager {
  count: number;
  sum: number;
  squares: number;
  /** Ascending, in [0, 1]. */
  readonly means: Float64Array;
  /** ln of the capital at each mean. */
  readonly above: Float64Array;
  readonly below: Float64Array;
  readonly alpha: number;
}

const GRID = 1000;
/** Bets stake at most this share of what could be lost. */
const CAUTION = 0.5;
/** Capital is split between the two gamblers, so each must double its evidence. */
const HALF = 0.5;
/** One imagined value of mean ½ and variance ¼ before the first. */
const PRIOR = { mean: 0.5, variance: 0.25 };

/** @param means the candidates; a thousand steps from 0 to 1 unless fewer are asked about */
export function newWager(alpha: number, means = everyMean()): Wager {
  const nothing = { count: 0, sum: 0, squares: 0 };
  return { ...nothing, means, above: means.map(() => 0), below: means.map(() => 0), alpha };
}

function everyMean(): Float64Array {
  return Float64Array.from({ length: GRID + 1 }, (_, i) => i / GRID);
}

/**
 * Plays one value in [0, 1] against every candidate mean, with stakes from the values before it.
 * Source: Waudby-Smith & Ramdas, JRSS B 86 (2024), hedged capital.
 */
export function bet(wager: Wager, value: number): void {
  const stake = plannedStake(wager, wager.alpha * HALF);
  for (let i = 0; i < wager.means.length; i++) {
    const mean = wager.means[i]!;
    wager.above[i]! += Math.log1p(Math.min(stake, CAUTION / mean) * (value - mean));
    wager.below[i]! += Math.log1p(-Math.min(stake, CAUTION / (1 - mean)) * (value - mean));
  }
  wager.count += 1;
  wager.sum += value;
  wager.squares += (value - (PRIOR.mean + wager.sum) / (wager.count + 1)) ** 2;
}

/** The means not refuted, widened by a step of the grid; `null` if every one is. */
export function bettingInterval(wager: Wager): Interval | null {
  const needed = Math.log(1 / (wager.alpha * HALF));
  const kept = (_: number, i: number): boolean => Math.max(wager.above[i]!, wager.below[i]!) < needed;
  const first = wager.above.findIndex(kept);
  if (first === -1) return null;
  const last = wager.above.findLastIndex(kept);
  return { lower: wager.means[first - 1] ?? 0, upper: wager.means[last + 1] ?? 1 };
}

/** λ of the next bet: large when the values so far vary little. */
export function plannedStake({ count, squares }: Wager, alpha: number): number {
  const next = count + 1;
  const variance = (PRIOR.variance + squares) / next;
  return Math.sqrt((2 * Math.log(1 / alpha)) / (next * Math.log1p(next) * variance));
}
