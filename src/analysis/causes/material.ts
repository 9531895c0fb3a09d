import type { Findings } from '../analyse.js';
import type { Shift } from '../shifts.js';

/**
 * The false findings that each kind of test may give, of 0.05 in all; drift (0.005) and slices (0.01) keep theirs
 * where they are tested. No kind is tried twice.
 */
export const ALPHA = {
  biasShift: 0.01,
  bias: 0.005,
  differenceShift: 0.005,
  difference: 0.0025,
  newDrivers: 0.005,
  weather: 0.005,
  share: 0.0005,
} as const;

/** Once a shift is proven, the question is only what goes with it. */
export const ATTRIBUTION_ALPHA = 0.05;

/** Whatever is smaller changes nobody's plan, however surely it is there. */
export const SHIFT_MINUTES = 0.75;
export const CONTRAST_MINUTES = 1;

/** A contrast in the direction of a shift that is proven anyway. */
export function alphaFor(contrast: number, { biasShift }: Findings['overTime'], otherwise: number): number {
  const shift = materialShift(biasShift);
  return shift !== null && Math.sign(shift.shift) === Math.sign(contrast) ? ATTRIBUTION_ALPHA : otherwise;
}

export function materialShift(
  shift: Findings['overTime']['biasShift'],
  alpha: number = ALPHA.biasShift,
): Shift | null {
  if (shift.kind !== 'tested' || shift.p > alpha) return null;
  return Math.abs(shift.shift) >= SHIFT_MINUTES ? shift : null;
}
