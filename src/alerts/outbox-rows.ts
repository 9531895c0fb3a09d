import * as v from 'valibot';
import { readDocument } from '../flag/documents.js';
import { integer, nullableInteger } from '../ledger/prediction-rows.js';
import type { Row } from '../ledger/statement.js';
import { storable } from '../ledger/storable.js';
import { t } from '../wording/t.js';
import type { Alert } from './alert.js';
import { CHANNEL_NAMES, type NewEntry, type OutboxEntry } from './outbox.js';

/** The columns that a new row of `alert_outbox` has values for, after its key, in the order of {@link newEntryValues}. */
export const NEW_COLUMNS = [
  'id',
  'channel',
  'recipient',
  'alert',
  'alert_id',
  'created_ms',
  'not_before_ms',
  'next_ms',
  'attempts',
] as const;

/** A new entry's values as both databases take them. The JSON text has its odd characters escaped. */
export function newEntryValues(entry: NewEntry): unknown[] {
  const notBeforeMs = Math.round(entry.notBeforeMs);
  return [
    storable(entry.id),
    entry.channel,
    storable(entry.to),
    JSON.stringify(entry.alert),
    storable(entry.alert.id),
    Math.round(entry.createdMs),
    notBeforeMs,
    notBeforeMs,
    0,
  ];
}

/** The columns that an entry is read from. */
export const ENTRY_COLUMNS = [
  'id',
  'channel',
  'recipient',
  'alert',
  'created_ms',
  'not_before_ms',
  'attempts',
  'sent_ms',
  'gave_up_ms',
  'last_error',
].join(', ');

const text = v.string();
const nullableNumber = v.nullable(v.number());

const alertSchema: v.GenericSchema<unknown, Alert> = v.object({
  id: text,
  flag: text,
  subject: text,
  kind: v.picklist(['begun', 'acted', 'recovered', 'reminder', 'moved', 'digest', 'test']),
  severity: v.picklist(['critical', 'warning', 'notice']),
  beganMs: v.number(),
  atMs: v.number(),
  value: nullableNumber,
  threshold: nullableNumber,
  evidence: text,
  done: v.nullable(
    v.object({
      action: v.picklist([
        'hold',
        'halve',
        'roll_back',
        'disable',
        'ready',
        'not_ready',
        'advance',
        'confirmed',
        'complete',
      ]),
      percentage: nullableNumber,
      dryRun: v.boolean(),
    }),
  ),
  simulated: v.boolean(),
  items: v.exactOptional(v.array(v.lazy(() => alertSchema))),
});

const entrySchema = v.pipe(
  v.object({
    id: text,
    channel: v.picklist(CHANNEL_NAMES),
    recipient: v.nullable(text),
    alert: v.pipe(text, v.parseJson(), alertSchema),
    created_ms: integer,
    not_before_ms: integer,
    attempts: integer,
    sent_ms: nullableInteger,
    gave_up_ms: nullableInteger,
    last_error: v.nullable(text),
  }),
  v.transform(
    (row): OutboxEntry => ({
      id: row.id,
      channel: row.channel,
      to: row.recipient,
      alert: row.alert,
      createdMs: row.created_ms,
      notBeforeMs: row.not_before_ms,
      attempts: row.attempts,
      sentMs: row.sent_ms,
      gaveUpMs: row.gave_up_ms,
      lastError: row.last_error,
    }),
  ),
);

/** The entries in rows; UNAVAILABLE for what is none. */
export function entriesOf(rows: readonly Row[]): readonly OutboxEntry[] {
  return readDocument(v.array(entrySchema), [...rows], t`The outbox of alerts`);
}

/**
 * The entries in rows, but for those that another program wrote otherwise: one of these keeps no other alert from arriving.
 * UNAVAILABLE where there are only such.
 */
export function readableEntriesOf(rows: readonly Row[]): readonly OutboxEntry[] {
  const read = rows.map((row) => v.safeParse(entrySchema, row));
  const readable = read.flatMap((result) => (result.success ? [result.output] : []));
  return readable.length > 0 ? readable : entriesOf(rows);
}
