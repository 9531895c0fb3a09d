import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import { type ColumnPlan, planColumns } from './columns.js';
import { sqlLiteral } from './inlined.js';
import { inHash } from './part.js';
import type { WhichBookings } from './production-sql.js';

/** A query of the user's that gives bookings, checked. */
export interface OwnQuery {
  /** Gives the columns of `plan` and no other: what the query finds beside them never leaves the database. */
  readonly sql: string;
  readonly plan: ColumnPlan;
  /** Columns of the query that are not read, for a notice. */
  readonly ignored: readonly string[];
}

/** The query without what would keep it from standing in parentheses. */
export function asSubquery(query: string): string {
  return query.replace(/[\s;]+$/, '');
}

/**
 * The query for those of its columns that are fields of a booking, or for the booking of one id alone.
 * BAD_CONFIG naming what is missing; an outcome only when it is needed.
 */
export function planOwnQuery(
  query: string,
  names: readonly string[],
  wants: WhichBookings & { readonly outcome: boolean },
): OwnQuery {
  const all = planColumns(names);
  const missing = wants.outcome && all.at.actual_delay_minutes < 0;
  if (all.problem !== null) throw unfit(all.problem());
  if (missing) throw unfit(t`has no column actual_delay_minutes, so nobody knows how late its bookings were`);
  const used = new Set([...Object.values(all.at), ...all.given.map(({ at }) => at)]);
  const read = names.filter((_, i) => used.has(i));
  const columns = read.map((name) => `own.${quoted(name)}`).join(', ');
  const id = quoted(names[all.at.id]!);
  const condition = conditionOn(`own.${id}`, wants);
  const sql = `SELECT ${columns} FROM (${asSubquery(query)}\n) AS own${condition}`;
  return { sql, plan: planColumns(read), ignored: all.ignored };
}

function conditionOn(id: string, wants: WhichBookings): string {
  if (wants.id !== undefined) return ` WHERE ${id}::text = ${sqlLiteral(wants.id)}`;
  return wants.part?.kind === 'hash' ? ` WHERE ${inHash(id, wants.part)}` : '';
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function unfit(problem: string): AtmrError {
  const remedy = t`Give its columns the names of the booking fields, as docs/bookings.md lists them`;
  return new AtmrError('BAD_CONFIG', t`bookings.query of atmr-ml.config.yaml ${problem}. ${remedy}.`);
}
