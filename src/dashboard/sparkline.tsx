import { HEIGHT, pathOf, WIDTH } from './spark-path.js';

interface SparklineProps {
  readonly values: readonly (number | null)[];
  /** What it shows, for who cannot see it. */
  readonly label: string;
}

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
