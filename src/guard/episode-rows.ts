import * as v from 'valibot';
import { readDocument } from '../flag/documents.js';
import { integer, nullableInteger } from '../ledger/prediction-rows.js';
import type { Row } from '../ledger/statement.js';
import { finite, storable } from '../ledger/storable.js';
import type { Episode } from './guard-store.js';

/** The columns of the table `guard_episode` after its key, in the order of {@link episodeValues}. */
export const EPISODE_COLUMNS = [
  'id',
  'rule',
  'level',
  'began_ms',
  'ended_ms',
  'looks',
  'text',
  'value',
  'threshold',
  'action',
  'dry_run',
  'acted_ms',
  'acknowledged_ms',
  'acknowledged_by',
] as const;

/** An episode's values as both databases take them. */
export function episodeValues(episode: Episode): unknown[] {
  return [
    storable(episode.id),
    storable(episode.rule),
    episode.level,
    Math.round(episode.beganMs),
    wholeMs(episode.endedMs),
    Math.round(episode.looks),
    storable(episode.text),
    finite(episode.value),
    finite(episode.threshold),
    episode.action,
    Number(episode.dryRun),
    wholeMs(episode.actedMs),
    wholeMs(episode.acknowledgedMs),
    storable(episode.acknowledgedBy),
  ];
}

const schema = v.pipe(
  v.object({
    id: v.string(),
    rule: v.string(),
    level: v.picklist(['notice', 'warn', 'act']),
    began_ms: integer,
    ended_ms: nullableInteger,
    looks: integer,
    text: v.string(),
    value: v.nullable(v.number()),
    threshold: v.nullable(v.number()),
    action: v.nullable(v.picklist(['notify', 'hold', 'halve', 'roll_back', 'disable'])),
    dry_run: integer,
    acted_ms: nullableInteger,
    acknowledged_ms: nullableInteger,
    acknowledged_by: v.nullable(v.string()),
  }),
  v.transform(
    (row): Episode => ({
      id: row.id,
      rule: row.rule,
      level: row.level,
      beganMs: row.began_ms,
      endedMs: row.ended_ms,
      looks: row.looks,
      text: row.text,
      value: row.value,
      threshold: row.threshold,
      action: row.action,
      dryRun: row.dry_run === 1,
      actedMs: row.acted_ms,
      acknowledgedMs: row.acknowledged_ms,
      acknowledgedBy: row.acknowledged_by,
    }),
  ),
);

/** The episodes in rows of `where`; UNAVAILABLE for what is none. */
export function episodesOf(rows: readonly Row[], where: string): readonly Episode[] {
  return readDocument(v.array(schema), [...rows], where);
}

function wholeMs(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms);
}
