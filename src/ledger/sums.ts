import { ACCURACY_COLUMNS, type AccuracyColumn } from './accuracy.js';
import { type SpanRange, spansAt } from './spans.js';
import { chunks, type Dialect, tuples, type Work } from './statement.js';
import { TRAFFIC_COLUMNS, type TrafficColumn } from './traffic.js';

/** A table of sums by span: every writer adds to it, nobody overwrites. */
interface SumTable<C extends string> {
  readonly name: string;
  readonly columns: readonly C[];
}

export const TRAFFIC_SUMS: SumTable<TrafficColumn> = { name: 'traffic_sum', columns: TRAFFIC_COLUMNS };
export const ACCURACY_SUMS: SumTable<AccuracyColumn> = { name: 'accuracy_sum', columns: ACCURACY_COLUMNS };

/** What is to be added, one entry for each span touched. */
export type Additions<C extends string> = Map<
  string,
  { readonly spanMs: number; readonly startMs: number; readonly sums: Partial<Record<C, number>> }
>;

/** Adds to one span. */
export function addToSpan<C extends string>(
  additions: Additions<C>,
  { spanMs, startMs }: { readonly spanMs: number; readonly startMs: number },
  part: Partial<Record<C, number>>,
  sign = 1,
): void {
  const key = `${spanMs} ${startMs}`;
  const { sums } = additions.get(key) ?? { sums: {} as Partial<Record<C, number>> };
  for (const column in part) sums[column] = (sums[column] ?? 0) + sign * (part[column] ?? 0);
  additions.set(key, { spanMs, startMs, sums });
}

/** Adds to every span that holds the moment. */
export function addAt<C extends string>(
  additions: Additions<C>,
  ms: number,
  part: Partial<Record<C, number>>,
  sign = 1,
): void {
  for (const span of spansAt(ms)) addToSpan(additions, span, part, sign);
}

export function* writeAdditions<C extends string>(
  { schema: at }: Dialect,
  { name, columns }: SumTable<C>,
  additions: Additions<C>,
): Work<void> {
  const set = columns.map((column) => `${column} = ${name}.${column} + excluded.${column}`);
  for (const some of chunks(inOrder(additions.values()), 50)) {
    yield {
      sql: `INSERT INTO ${at}${name} (span_ms, start_ms, ${columns.join(', ')})
            VALUES ${tuples(some.length, columns.length + 2)}
            ON CONFLICT (span_ms, start_ms) DO UPDATE SET ${set.join(', ')}`,
      values: some.flatMap(({ spanMs, startMs, sums }) => [
        spanMs,
        startMs,
        ...columns.map((column) => sums[column] ?? 0),
      ]),
    };
  }
}

/** The sums over these ranges; all zero where nothing happened. */
export function* readSums<C extends string>(
  { schema: at }: Dialect,
  { name, columns }: SumTable<C>,
  ranges: readonly SpanRange[],
): Work<Record<C, bigint>> {
  // As text: neither driver gives whole numbers beyond 2^53 otherwise.
  const sums = columns.map((column) => `CAST(coalesce(sum(${column}), 0) AS text) AS ${column}`);
  const { where, values } = inRanges(ranges);
  const [row] = yield { sql: `SELECT ${sums.join(', ')} FROM ${at}${name} WHERE ${where}`, values };
  const read = columns.map((column) => [column, BigInt(String(row?.[column] ?? 0))]);
  return Object.fromEntries(read) as Record<C, bigint>;
}

/** A condition on `span_ms` and `start_ms`. */
export function inRanges(ranges: readonly SpanRange[]): { where: string; values: readonly number[] } {
  if (ranges.length === 0) return { where: '1 = 0', values: [] };
  const one = (i: number) =>
    `(span_ms = $${3 * i + 1} AND start_ms >= $${3 * i + 2} AND start_ms < $${3 * i + 3})`;
  return {
    where: ranges.map((_, i) => one(i)).join(' OR '),
    values: ranges.flatMap(({ spanMs, fromMs, untilMs }) => [spanMs, fromMs, untilMs]),
  };
}

/** In one order everywhere: two writers never wait for each other in a circle. */
export function inOrder<T extends { readonly spanMs: number; readonly startMs: number }>(
  items: Iterable<T>,
): T[] {
  return [...items].sort((a, b) => a.spanMs - b.spanMs || a.startMs - b.startMs);
}
