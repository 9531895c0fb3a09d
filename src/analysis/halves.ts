import { seededUniforms } from '../statistics/random.js';
import type { ScoredRow } from './scored-row.js';

/** One half to look for something in, and another to see whether it is there. */
export interface Halves {
  readonly found: readonly ScoredRow[];
  readonly tested: readonly ScoredRow[];
}

const WARM_UP = 20;

/** Whole days at random: bookings of one day are alike, and must not vouch for each other across the halves. */
export function honestHalves(rows: readonly ScoredRow[], seed: number): Halves {
  const uniform = seededUniforms(seed);
  // Of small seeds the first numbers are all near 1, which would put the first days into one half.
  for (let i = 0; i < WARM_UP; i += 1) uniform();
  const days = [...new Set(rows.flatMap(({ day }) => day ?? []))].sort((a, b) => a - b);
  const order = days.map((day) => ({ day, at: uniform() })).sort((a, b) => a.at - b.at);
  const first = new Set(order.slice(0, Math.floor(order.length / 2)).map(({ day }) => day));
  const [found, tested]: [ScoredRow[], ScoredRow[]] = [[], []];
  for (const row of rows) {
    const isFirst = row.day === null ? uniform() < 0.5 : first.has(row.day);
    (isFirst ? found : tested).push(row);
  }
  return { found, tested };
}
