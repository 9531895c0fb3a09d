/**
 * By how much the days that bookings share inflate the variance of a mean (Kish 1965), at least 1: so many bookings
 * are worth one. Weeks are taken for clusters where there are enough, for weather comes in spells.
 */
export function designEffect(values: Float64Array, days: readonly (number | null)[]): number {
  const known = new Set(days.filter((day) => day !== null));
  const daysEach = known.size >= DAYS_A_WEEK * LEAST_WEEKS ? DAYS_A_WEEK : 1;
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const sums = new Map<number | string, number>();
  let square = 0;
  for (const [i, value] of values.entries()) {
    const day = days[i] ?? null;
    const cluster = day === null ? `booking ${i}` : Math.floor(day / daysEach);
    sums.set(cluster, (sums.get(cluster) ?? 0) + value - mean);
    square += (value - mean) ** 2;
  }
  if (square === 0 || sums.size < 2) return 1;
  const between = [...sums.values()].reduce((total, sum) => total + sum ** 2, 0);
  return Math.max(1, (between * (sums.size / (sums.size - 1))) / square);
}

const DAYS_A_WEEK = 7;
const LEAST_WEEKS = 8;
