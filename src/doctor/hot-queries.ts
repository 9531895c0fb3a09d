import { POSTGRES_DIALECT } from '../ledger/postgres-database.js';
import { readDay } from '../ledger/read-days.js';
import { readAnswer, readPage, readScored } from '../ledger/read-predictions.js';
import type { Statement, Work } from '../ledger/statement.js';
import { t } from '../wording/t.js';

/** What is asked often, as it is asked, and the index that finds its rows however long the history. */
export interface HotQuery {
  readonly name: string;
  readonly index: string;
  readonly statement: Statement;
}

const FROM_THE_FIRST = { ms: 0, id: '' };
const MANY = 200;

export function hotQueries(flagKey: string): readonly HotQuery[] {
  const ofFlag = (sql: string) => ({ sql: `SELECT * FROM atmr_ml.${sql}`, values: [flagKey] });
  return [
    { name: t`the flag`, index: 'flag_pkey', statement: ofFlag('flag WHERE key = $1') },
    {
      name: t`its history`,
      index: 'flag_audit_pkey',
      statement: ofFlag('flag_audit WHERE key = $1 ORDER BY revision DESC LIMIT 20'),
    },
    { name: t`forced offs`, index: 'flag_mark_pkey', statement: ofFlag('flag_mark WHERE key = $1') },
    { name: 'instances', index: 'instance_pkey', statement: ofFlag('instance WHERE key = $1') },
    {
      name: t`a repeated request`,
      index: 'prediction_pkey',
      statement: first(readAnswer(POSTGRES_DIALECT, 'doctor')),
    },
    {
      name: t`recent predictions`,
      index: 'prediction_created',
      statement: first(readPage(POSTGRES_DIALECT, MANY, null)),
    },
    {
      name: t`the bookings of a day`,
      index: 'prediction_scheduled',
      statement: first(readDay(POSTGRES_DIALECT, { dayNumber: 0, fromMs: 0, untilMs: 1 }, null)),
    },
    {
      name: t`settled bookings`,
      index: 'outcome_settled',
      statement: first(readScored(POSTGRES_DIALECT, FROM_THE_FIRST, Number.MAX_SAFE_INTEGER, MANY)),
    },
    {
      name: t`the predictions of a booking`,
      index: 'prediction_booking',
      statement: {
        sql: 'SELECT * FROM atmr_ml.prediction WHERE booking_id = $1 ORDER BY created_ms DESC, request_id DESC LIMIT 1',
        values: ['doctor'],
      },
    },
  ];
}

/** The statement that a piece of work begins with. */
function first(work: Work<unknown>): Statement {
  const step = work.next([]);
  return step.done ? { sql: 'SELECT 1', values: [] } : step.value;
}
