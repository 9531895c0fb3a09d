import * as v from 'valibot';
import { bucketOf } from './latency-sketch.js';
import { integer } from './prediction-rows.js';
import type { SpanRange } from './spans.js';
import { chunks, type Dialect, tuples, type Work } from './statement.js';
import { inOrder, inRanges } from './sums.js';

/** Prediction times to be counted: by span, then by bucket of the sketch. */
export type TimeCounts = Map<
  string,
  { readonly spanMs: number; readonly startMs: number; readonly counts: Map<number, number> }
>;

export function countTime(
  times: TimeCounts,
  { spanMs, startMs }: { readonly spanMs: number; readonly startMs: number },
  timeMs: number,
): void {
  const key = `${spanMs} ${startMs}`;
  const { counts } = times.get(key) ?? { counts: new Map<number, number>() };
  const bucket = bucketOf(timeMs);
  counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  times.set(key, { spanMs, startMs, counts });
}

export function* writeTimeCounts({ schema: at }: Dialect, times: TimeCounts): Work<void> {
  const rows = inOrder(times.values()).flatMap(({ spanMs, startMs, counts }) =>
    [...counts].sort(([a], [b]) => a - b).map(([bucket, count]) => [spanMs, startMs, bucket, count]),
  );
  for (const some of chunks(rows)) {
    yield {
      sql: `INSERT INTO ${at}time_count (span_ms, start_ms, bucket, count) VALUES ${tuples(some.length, 4)}
            ON CONFLICT (span_ms, start_ms, bucket) DO UPDATE SET count = time_count.count + excluded.count`,
      values: some.flat(),
    };
  }
}

const schema = v.object({ bucket: integer, count: integer });

export function* readTimeCounts(
  { schema: at }: Dialect,
  ranges: readonly SpanRange[],
): Work<ReadonlyMap<number, number>> {
  const { where, values } = inRanges(ranges);
  const sql = `SELECT bucket, CAST(sum(count) AS bigint) AS count FROM ${at}time_count
               WHERE ${where} GROUP BY bucket`;
  const rows = yield { sql, values };
  return new Map(rows.map((row) => v.parse(schema, row)).map(({ bucket, count }) => [bucket, count]));
}
