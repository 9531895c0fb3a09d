import type { Figures } from './figures.js';
import type { Range } from './inputs.js';
import { roiAt } from './return.js';

/** How far one figure alone moves the result. */
export interface Swing {
  readonly figure: keyof Figures;
  readonly low: number;
  readonly high: number;
  /** The return with that figure low and high, all others as in the base case. */
  readonly roiLow: number | null;
  readonly roiHigh: number | null;
}

/** What is given as one number may be so much off. */
export const FIXED_SPREAD = 0.2;

/** One figure at a time from low to high at that percentage, the widest swing first. */
export function sensitivity(
  base: Figures,
  ranges: Readonly<Partial<Record<keyof Figures, Range>>>,
  percentage: number,
): Swing[] {
  const names = Object.keys(base) as (keyof Figures)[];
  return names
    .map((figure) => swing(base, figure, ranges[figure] ?? around(base[figure]), percentage))
    .sort((a, b) => width(b) - width(a));
}

function swing(base: Figures, figure: keyof Figures, { low, high }: Range, percentage: number): Swing {
  const at = (value: number) => roiAt({ ...base, [figure]: value }, percentage);
  return { figure, low, high, roiLow: at(low), roiHigh: at(high) };
}

function around(base: number): Range {
  return { low: base * (1 - FIXED_SPREAD), base, high: base * (1 + FIXED_SPREAD) };
}

function width({ roiLow, roiHigh }: Swing): number {
  return Math.abs((roiHigh ?? 0) - (roiLow ?? 0));
}
