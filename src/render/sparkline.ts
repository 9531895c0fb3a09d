const BLOCKS = '▁▂▃▄▅▆▇█';
/** Where the terminal has no blocks: low to high. */
const MARKS = '_.-=*#';
const NOTHING = ' ';

/** The least and the most; alike for series that are to be compared. */
export type Range = readonly [least: number, most: number];

/** One character a value, between the least and the most of all; a space where a value is not known. */
export function sparkline(
  values: readonly (number | null)[],
  unicode: boolean,
  [least, most]: Range = rangeOf(values),
): string {
  const levels = unicode ? BLOCKS : MARKS;
  const levelOf = (value: number) =>
    most > least ? Math.round(((value - least) / (most - least)) * (levels.length - 1)) : 0;
  return values.map((value) => (value === null ? NOTHING : levels[levelOf(value)]!)).join('');
}

/** Of what is known among the values. */
export function rangeOf(values: readonly (number | null)[]): Range {
  const known = values.filter((value) => value !== null);
  return [Math.min(...known), Math.max(...known)];
}
