interface SparklineProps {
  readonly values: readonly (number | null)[];
  /** What it shows, for who cannot see it. */
  readonly label: string;
}

const [WIDTH, HEIGHT, MARGIN] = [120, 28, 2];

/** A small line of values, oldest first; a gap where one is not known. */
export function Sparkline({ values, label }: SparklineProps) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  return (
    <svg
      class="spark"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
      preserveAspectRatio="none"
    >
      <path d={pathOf(values, Math.min(...known), Math.max(...known))} />
    </svg>
  );
}

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
