import { type Insufficient, insufficient } from '../statistics/estimate.js';
import { meanOf as mean } from '../statistics/mean.js';
import { studentCdf } from '../statistics/special-functions.js';
import { t } from '../wording/t.js';
import { errorOf, type ScoredRow } from './scored-row.js';

/** Bookings in weather that training hardly saw against all others. */
export interface WeatherContrast {
  readonly kind: 'tested';
  /** Weather factors above this are severe. */
  readonly above: number;
  readonly bookings: number;
  readonly share: number;
  readonly days: number;
  /** Mean of predicted − actual, minutes. */
  readonly bias: number;
  readonly othersBias: number;
  readonly mae: number;
  readonly othersMae: number;
  readonly contrast: number;
  readonly p: number;
}

const LEAST_BOOKINGS = 20;
const LEAST_DAYS = 3;

/**
 * Whether the model is off in severe weather, by a difference of means whose error is that of whole days. A storm is
 * one day's news, however many rides it meets: the degrees of freedom are the severe days, less one. Of several
 * thresholds the more telling one, its p multiplied by their number.
 */
export function weatherContrast(
  rows: readonly ScoredRow[],
  thresholds: readonly number[],
): WeatherContrast | Insufficient {
  const tests = thresholds.map((above) => contrastAbove(rows, above));
  const [best] = tests.filter((test) => test.kind === 'tested').sort((a, b) => a.p - b.p);
  return best === undefined ? tests[0]! : { ...best, p: Math.min(1, thresholds.length * best.p) };
}

function contrastAbove(rows: readonly ScoredRow[], above: number): WeatherContrast | Insufficient {
  const isSevere = ({ weatherFactor }: ScoredRow) => weatherFactor > above;
  const severe = rows.filter(isSevere);
  const others = rows.filter((row) => !isSevere(row));
  const perDay = countsPerDay(severe);
  const days = severe.length ** 2 / [...perDay.values()].reduce((sum, count) => sum + count ** 2, 0);
  if (severe.length < LEAST_BOOKINGS || others.length < LEAST_BOOKINGS || !(days >= LEAST_DAYS)) {
    return insufficient(t`too few in it; bookings: ${severe.length}, days: ${perDay.size}`);
  }
  const [bias, othersBias] = [mean(severe.map(errorOf)), mean(others.map(errorOf))];
  const influence = new Map<number | null, number>();
  for (const row of rows) {
    const part = isSevere(row)
      ? (errorOf(row) - bias) / severe.length
      : -(errorOf(row) - othersBias) / others.length;
    influence.set(row.day, (influence.get(row.day) ?? 0) + part);
  }
  const clusters = influence.size;
  const squares = [...influence.values()].reduce((sum, value) => sum + value ** 2, 0);
  // CR1, once more corrected for the few days that decide.
  const standardError = Math.sqrt(squares * (clusters / (clusters - 1)) * (days / (days - 1)));
  const contrast = bias - othersBias;
  return {
    kind: 'tested',
    above,
    bookings: severe.length,
    share: severe.length / rows.length,
    days: perDay.size,
    bias,
    othersBias,
    mae: mean(severe.map((row) => Math.abs(errorOf(row)))),
    othersMae: mean(others.map((row) => Math.abs(errorOf(row)))),
    contrast,
    p: 2 * studentCdf(-Math.abs(contrast / standardError), days - 1),
  };
}

function countsPerDay(rows: readonly ScoredRow[]): Map<number | null, number> {
  const counts = new Map<number | null, number>();
  for (const { day } of rows) counts.set(day, (counts.get(day) ?? 0) + 1);
  return counts;
}
