import * as v from 'valibot';
import { AtmrError, messageOf } from '../errors.js';
import { EVENT_KINDS, PHASES, type Rollout, STOP_CODES } from '../rollout/rollout.js';
import { t } from '../wording/t.js';
import type { Flag } from './flag.js';
import type { Mark } from './state.js';
import type { AuditEntry, InstanceReport } from './store.js';

/** The JSON documents that stores keep and other programs may write; each is checked when it is read. */
const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** A JSON text as text, for a column that holds one. */
export const jsonText = v.pipe(text, v.parseJson());

const model = v.nullable(v.object({ name: text, version: text, sha256: text }));

const rolloutSchema = v.object({
  phase: v.picklist(PHASES),
  step: count,
  percentages: v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
  event: v.picklist(EVENT_KINDS),
  startedAt: text,
  stepAt: text,
  baselineAt: text,
  phaseAt: text,
  model: v.nullable(text),
  planId: text,
  stop: v.nullable(v.object({ code: v.picklist(STOP_CODES), text, from: v.picklist(PHASES) })),
  approvals: v.array(text),
}) satisfies v.GenericSchema<unknown, Rollout>;

const auditedFlagEntries = {
  key: text,
  enabled: v.boolean(),
  percentage: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
  fallbackOnError: v.boolean(),
  salt: text,
  model,
  revision: count,
  changeId: text,
  updatedAt: v.pipe(text, v.isoTimestamp()),
  updatedBy: text,
  reason: text,
  action: v.picklist(['init', 'activate', 'percentage', 'disable', 'model', 'rollout']),
  rollout: v.exactOptional(rolloutSchema),
};

export const flagSchema = v.object({
  ...auditedFlagEntries,
  clears: v.array(text),
}) satisfies v.GenericSchema<unknown, Flag>;

export const markSchema = v.object({
  id: text,
  at: text,
  by: text,
  reason: text,
  host: text,
}) satisfies v.GenericSchema<unknown, Mark>;

export const auditEntrySchema = v.object({
  revision: count,
  changeId: text,
  at: text,
  by: text,
  action: auditedFlagEntries.action,
  reason: text,
  named: v.array(text),
  before: v.nullable(v.object(auditedFlagEntries)),
  after: v.object(auditedFlagEntries),
  previousHash: v.nullable(text),
  hash: text,
}) satisfies v.GenericSchema<unknown, AuditEntry>;

const reportSchema = v.object({
  instance: text,
  host: text,
  pid: count,
  url: v.nullable(text),
  revision: count,
  changeId: v.nullable(text),
  model,
  off: v.array(text),
  at: text,
}) satisfies v.GenericSchema<unknown, InstanceReport>;

/**
 * What an instance reported. A report that cannot be read is one that confirms nothing: the instance is named, and
 * keeps nobody from reading the others'.
 */
export function readReport(instance: string, document: unknown): InstanceReport {
  const report = v.safeParse(v.pipe(jsonText, reportSchema), document);
  if (report.success) return report.output;
  return {
    ...{ instance, host: t`a host whose report is unreadable`, pid: 0, url: null, model: null },
    ...{ revision: 0, changeId: null, off: [], at: new Date(0).toISOString() },
  };
}

/**
 * What `store` holds, checked. Something else than `schema` says is as good as no answer: UNAVAILABLE, with
 * the fault named.
 */
export function readDocument<const Schema extends v.GenericSchema>(
  schema: Schema,
  document: unknown,
  store: string,
): v.InferOutput<Schema> {
  try {
    return v.parse(schema, document);
  } catch (cause) {
    const path = v.isValiError(cause) ? (v.getDotPath(cause.issues[0]) ?? t`the document`) : t`the document`;
    const remedy = t`Another program, or a newer atmr-ml, wrote it. Update atmr-ml, or have the other program correct it; \`atmr-ml disable\` reaches the stores that are readable.`;
    throw new AtmrError(
      'UNAVAILABLE',
      t`${store} holds something unreadable at ${path}: ${messageOf(cause)}. ${remedy}`,
      { cause },
    );
  }
}
