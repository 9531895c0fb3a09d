const BLOCKS = '▁▂▃▄▅▆▇█';
/** Where the terminal has no blocks: low to high. */
const MARKS = '_.-=*#';
const NOTHING = ' ';

/** One character a value, between the least and the most of all; a space where a value is not known. */
export function sparkline(values: readonly (number | null)[], unicode: boolean): string {
  const levels = unicode ? BLOCKS : MARKS;
  const known = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const levelOf = (value: number) =>
    most > least ? Math.round(((value - least) / (most - least)) * (levels.length - 1)) : 0;
  return values.map((value) => (value === null ? NOTHING : levels[levelOf(value)]!)).join('');
}
