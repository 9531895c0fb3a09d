import * as v from 'valibot';
import { auditEntrySchema, flagSchema, jsonText, readReport } from './documents.js';

/** The rows of the SQL stores as SQLite and Postgres give them, turned into what they mean. */
const text = v.string();
/** SQLite has no boolean. */
const truth = v.pipe(
  v.union([v.boolean(), v.number()]),
  v.transform((value) => Boolean(value)),
);
const timeMs = v.pipe(
  v.number(),
  v.transform((ms) => new Date(ms).toISOString()),
);
/** An array column in Postgres, JSON text in SQLite. */
const ids = v.union([v.array(text), v.pipe(jsonText, v.array(text))]);

export const flagRowSchema = v.pipe(
  v.object({
    key: text,
    enabled: truth,
    percentage: v.number(),
    fallback_on_error: truth,
    salt: text,
    model: v.nullable(jsonText),
    revision: v.number(),
    change_id: text,
    clears: ids,
    updated_at: timeMs,
    updated_by: text,
    reason: text,
    action: text,
    rollout: v.nullable(jsonText),
  }),
  v.transform(({ fallback_on_error, change_id, updated_at, updated_by, rollout, ...same }) => ({
    ...same,
    ...(rollout !== null && { rollout }),
    fallbackOnError: fallback_on_error,
    changeId: change_id,
    updatedAt: updated_at,
    updatedBy: updated_by,
  })),
  flagSchema,
);

export const markRowSchema = v.pipe(
  v.object({
    id: text,
    at: timeMs,
    by: text,
    reason: text,
    host: text,
    ended_revision: v.nullable(v.number()),
  }),
  v.transform(({ ended_revision, ...mark }) => ({ mark, endedRevision: ended_revision })),
);

export const auditRowSchema = v.pipe(
  v.object({
    revision: v.number(),
    change_id: text,
    at: timeMs,
    by: text,
    action: text,
    reason: text,
    named: ids,
    before: v.nullable(jsonText),
    after: jsonText,
    prev_hash: v.nullable(text),
    hash: text,
  }),
  v.transform(({ change_id, prev_hash, ...same }) => ({
    ...same,
    changeId: change_id,
    previousHash: prev_hash,
  })),
  auditEntrySchema,
);

export const instanceRowSchema = v.pipe(
  v.object({ id: text, report: text, seen_ago: v.number() }),
  v.transform(({ id, report, seen_ago }) => ({ report: readReport(id, report), seenAgoMs: seen_ago })),
);

/** One snapshot of a SQL record. */
export const snapshotSchema = v.pipe(
  v.object({ flag: v.nullable(flagRowSchema), marks: v.array(markRowSchema), head: v.nullable(text) }),
  v.transform(({ flag, marks, head }) => ({
    flag,
    head,
    marks: Object.fromEntries(marks.map(({ mark }) => [mark.id, mark])),
    ended: Object.fromEntries(
      marks.flatMap(({ mark, endedRevision }) => (endedRevision === null ? [] : [[mark.id, endedRevision]])),
    ),
  })),
);
