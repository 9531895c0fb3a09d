import { benjaminiHochbergAdjusted } from '../statistics/multiple-testing.js';
import { studentCdf } from '../statistics/special-functions.js';
import { t } from '../wording/t.js';
import { type Condition, conditionsOf, type SliceColumn } from './conditions.js';
import type { Halves } from './halves.js';
import { absoluteErrorOf, errorOf, type ScoredRow } from './scored-row.js';

/** Bookings that have something in common and on which the model is farther off than it should be. */
export interface Slice {
  readonly text: string;
  /** Of the half that it was tested on, which it was not found on. */
  readonly n: number;
  readonly mae: number;
  /** The error to expect of such bookings: far rides are always harder. */
  readonly expectedMae: number;
  readonly bias: number;
  /** One-sided, by whole days, by Benjamini–Hochberg over the slices tested. */
  readonly p: number;
  readonly weak: boolean;
}

/** What may be too large: the error of a booking, less what was to be expected of it. */
export type Excess = (row: ScoredRow) => number;

const LEAST_BOOKINGS = 20;
const LEAST_DAYS = 4;
const MOST_TESTED = 20;
const ALPHA = 0.01;
/** Half as much again as expected, and what anybody would notice. */
const WEAK_RATIO = 1.5;
const WEAK_MINUTES = 0.75;

/** The error that a booking's own difficulty lets one expect, in proportion to how far off the model is overall. */
export function excessOver(rows: readonly ScoredRow[]): Excess {
  const expected = rows.reduce((sum, row) => sum + (row.expectedErrorMinutes ?? 1), 0);
  const actual = rows.reduce((sum, row) => sum + absoluteErrorOf(row), 0);
  const scale = expected > 0 ? actual / expected : 0;
  return (row) => absoluteErrorOf(row) - scale * (row.expectedErrorMinutes ?? 1);
}

/** A slice to be tested: a name and who belongs to it. */
export interface Candidate {
  readonly text: string;
  holds(row: ScoredRow): boolean;
}

/** The single and pair slices of the first half with the clearest excess. */
export function candidateSlices(
  { found }: Halves,
  columns: readonly SliceColumn[],
  excess: Excess,
): Candidate[] {
  const values = Float64Array.from(found, excess);
  const conditions = conditionsOf(found, columns).map((condition) => ({
    condition,
    members: Uint8Array.from(found, (row) => (condition.holds(row) ? 1 : 0)),
  }));
  const pairs = conditions.flatMap((a, i) =>
    conditions.slice(i + 1).flatMap((b) => (a.condition.feature === b.condition.feature ? [] : [both(a, b)])),
  );
  const singles = conditions.map(({ condition, members }) => ({ parts: [condition], members }));
  return [...singles, ...pairs]
    .map((slice) => ({ ...slice, z: clarity(values, slice.members) }))
    .filter(({ z }) => z > 0)
    .sort((a, b) => b.z - a.z)
    .slice(0, MOST_TESTED)
    .map(({ parts }) => ({
      text: parts.map(({ text }) => text).join(t` and `),
      holds: (row) => parts.every(({ holds }) => holds(row)),
    }));
}

/** Tests candidates on the half that nobody looked at; an empty answer is a right answer. */
export function testSlices({ tested }: Halves, candidates: readonly Candidate[], excess: Excess): Slice[] {
  const measured = candidates.flatMap(({ text, holds }) => {
    const members = tested.filter(holds);
    const p = members.length < LEAST_BOOKINGS ? null : excessP(members, excess);
    return p === null ? [] : [{ text, members, p }];
  });
  const adjusted = benjaminiHochbergAdjusted(measured.map(({ p }) => p));
  return measured
    .map(({ text, members }, i) => sliceOf(text, members, adjusted[i]!, excess))
    .sort((a, b) => a.p - b.p);
}

function sliceOf(text: string, members: readonly ScoredRow[], p: number, excess: Excess): Slice {
  const n = members.length;
  const mean = (of: (row: ScoredRow) => number) => members.reduce((sum, row) => sum + of(row), 0) / n;
  const mae = mean(absoluteErrorOf);
  const surplus = mean(excess);
  const expectedMae = mae - surplus;
  const weak = p <= ALPHA && mae >= WEAK_RATIO * expectedMae && surplus >= WEAK_MINUTES;
  return { text, n, mae, expectedMae, bias: mean(errorOf), p, weak };
}

interface Members {
  readonly parts: readonly Condition[];
  readonly members: Uint8Array;
}

function both(
  a: { condition: Condition; members: Uint8Array },
  b: { condition: Condition; members: Uint8Array },
): Members {
  return { parts: [a.condition, b.condition], members: a.members.map((member, i) => member & b.members[i]!) };
}

/** Mean excess of the members in standard errors; 0 for too few. */
function clarity(values: Float64Array, members: Uint8Array): number {
  let [count, sum, square] = [0, 0, 0];
  for (let i = 0; i < values.length; i += 1) {
    if (members[i] === 0) continue;
    count += 1;
    sum += values[i]!;
    square += values[i]! ** 2;
  }
  if (count < LEAST_BOOKINGS || count === values.length) return 0;
  const variance = (square - sum ** 2 / count) / (count - 1);
  return variance > 0 ? sum / Math.sqrt(count * variance) : 0;
}

/** One-sided p of a mean excess above zero by its cluster-robust error by day; `null` with too few days. */
function excessP(members: readonly ScoredRow[], excess: Excess): number | null {
  const mean = members.reduce((sum, row) => sum + excess(row), 0) / members.length;
  const sums = new Map<number | string, number>();
  for (const [i, row] of members.entries()) {
    const cluster = row.day ?? `booking ${i}`;
    sums.set(cluster, (sums.get(cluster) ?? 0) + excess(row) - mean);
  }
  if (sums.size < LEAST_DAYS) return null;
  const squares = [...sums.values()].reduce((total, sum) => total + sum ** 2, 0);
  const standardError = Math.sqrt(squares * (sums.size / (sums.size - 1))) / members.length;
  return standardError === 0 ? null : studentCdf(-mean / standardError, sums.size - 1);
}
