/** Between 2^32 and 2^33, where doubles are 2^-20 apart. */
const GRID = 1.5 * 2 ** 32;

/**
 * A number of minutes, or of squared minutes, as a multiple of 2^-20: half a millionth off at most. Sums of such are
 * exact up to 2^33, in whatever order and from however many parts they are added up. Beyond ±2^31 it stays as it is
 * but for rounding.
 */
export function onGrid(value: number): number {
  return value + GRID - GRID;
}

/** Adds the sums of another part, name by name, in place. */
export function addSums<T extends { [K in keyof T]: number }>(into: T, from: T): void {
  for (const name of Object.keys(from) as (keyof T)[]) (into[name] as number) += from[name];
}
