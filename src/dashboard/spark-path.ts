export const WIDTH = 120;
export const HEIGHT = 28;
const MARGIN = 2;

/** An SVG path within {@link WIDTH} × {@link HEIGHT}; equal values lie in the middle. */
export function pathOf(values: readonly (number | null)[], least: number, most: number): string {
  const x = (i: number) => MARGIN + (i * (WIDTH - 2 * MARGIN)) / Math.max(1, values.length - 1);
  const y = (value: number) =>
    most === least
      ? HEIGHT / 2
      : HEIGHT - MARGIN - ((value - least) / (most - least)) * (HEIGHT - 2 * MARGIN);
  return values
    .flatMap((value, i) => {
      if (value === null) return [];
      const begins = i === 0 || values[i - 1] === null;
      // A day between two gaps is a dot.
      return [`${begins ? 'M' : 'L'}${x(i).toFixed(1)} ${y(value).toFixed(1)}${begins ? 'h0.1' : ''}`];
    })
    .join('');
}
