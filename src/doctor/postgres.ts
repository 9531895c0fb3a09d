import { AtmrError, messageOf } from '../errors.js';
import { POSTGRES_MIGRATIONS } from '../migration/postgres-migrations.js';
import { decimal } from '../render/number.js';
import { t } from '../wording/t.js';
import { type CheckGroup, type Finding, fail, ok, type PlannedCheck, unknown, warn } from './check.js';
import { type HotQuery, hotQueries } from './hot-queries.js';
import type { PostgresSession } from './postgres-session.js';

const LEAST_MAJOR = 13;
/** A round trip this long is felt by every change of the flag. */
const SLOW_MS = 100;
const NEWEST = POSTGRES_MIGRATIONS.length;

/** The record of the flag in Postgres. `session` rejects when it cannot be opened. */
export function postgresChecks(session: () => Promise<PostgresSession>, flagKey: string): CheckGroup {
  const onceOpen = (look: (open: PostgresSession) => Promise<Finding> | Finding) => async () => {
    const open = await session().catch(() => null);
    return open === null ? unknown(t`not looked at: Postgres cannot be used`) : look(open);
  };
  const onceCurrent = (look: (open: PostgresSession) => Promise<Finding>) =>
    onceOpen((open) =>
      open.schemaVersion === NEWEST ? look(open) : unknown(t`not looked at: the schema is not current`),
    );
  const checks: PlannedCheck[] = [
    {
      name: 'postgres',
      expected: t`an answer, from version ${LEAST_MAJOR} on`,
      look: () => answering(session),
    },
    { name: 'postgres schema', expected: t`version ${NEWEST}`, look: onceOpen(schema) },
    { name: 'postgres write', expected: t`the right to write, on the primary`, look: onceCurrent(write) },
    {
      name: 'postgres indexes',
      expected: t`an index for each frequent query`,
      look: onceCurrent((open) => indexes(open, flagKey)),
    },
  ];
  const close = async () => (await session().catch(() => null))?.close();
  return { checks, close };
}

async function answering(session: () => Promise<PostgresSession>): Promise<Finding> {
  let open: PostgresSession;
  try {
    open = await session();
  } catch (thrown) {
    return fail(reasonFor(thrown), remedyFor(thrown));
  }
  const found = t`${open.where}: PostgreSQL ${open.version}, ${decimal(open.latencyMs, 1)} ms`;
  if (Number.parseInt(open.version, 10) < LEAST_MAJOR)
    return fail(found, t`Update to PostgreSQL ${LEAST_MAJOR} or newer.`);
  if (open.latencyMs < SLOW_MS) return ok(found);
  return warn(found, t`Run atmr-ml nearer to the database: every change waits for it.`);
}

/** Who did not answer; of a refusal the driver's own words, which never hold the password, before ours about what to do. */
function reasonFor(thrown: unknown): string {
  if (thrown instanceof AtmrError && thrown.code === 'UNAVAILABLE') return thrown.message.replace(/\.$/, '');
  const { cause } = thrown instanceof Error ? thrown : { cause: null };
  return messageOf(cause ?? thrown);
}

function remedyFor(thrown: unknown): string {
  const refused = thrown instanceof AtmrError && thrown.code === 'BAD_CONFIG';
  return refused
    ? t`Check the user, the password and the database in DATABASE_URL.`
    : t`Start it, or check the host and the port in DATABASE_URL and what lies between.`;
}

function schema({ schemaVersion: version }: PostgresSession): Finding {
  if (version === NEWEST) return ok(t`version ${version}`);
  if (version > NEWEST) return fail(t`version ${version}, newer than this program`, t`Update atmr-ml.`);
  return fail(t`version ${version}, ${NEWEST - version} steps behind`, t`Run \`atmr-ml migrate\`.`);
}

/** By writing what is undone: rights, read-only servers and full disks show in nothing else. */
async function write(session: PostgresSession): Promise<Finding> {
  const sql = `INSERT INTO atmr_ml.instance (key, id, report) VALUES ('doctor', 'doctor', '{}')`;
  try {
    await session.undone(() => session.rows(sql));
    return ok(t`a row was written, and undone`);
  } catch (thrown) {
    const remedy = t`Grant USAGE, SELECT, INSERT, UPDATE and DELETE in the schema atmr_ml, on the primary.`;
    return fail(t`no row can be written: ${messageOf(thrown)}`, remedy);
  }
}

async function indexes(session: PostgresSession, flagKey: string): Promise<Finding> {
  const queries = hotQueries(flagKey);
  const { missing, unused } = await session.undone(async () => {
    // A small table is read whole, and sorted, whatever indexes it has.
    await session.rows('SET LOCAL enable_seqscan = off');
    await session.rows('SET LOCAL enable_sort = off');
    const valid = await validIndexes(session);
    const planned = new Map<string, string>();
    for (const { index, statement } of queries) {
      const plan = await session.rows(`EXPLAIN (FORMAT JSON) ${statement.sql}`, statement.values);
      planned.set(index, JSON.stringify(plan));
    }
    const isUsed = ({ index }: HotQuery) => planned.get(index)?.includes(`"Index Name":"${index}"`);
    const missing = queries.filter(({ index }) => !valid.has(index));
    return { missing, unused: queries.filter((query) => valid.has(query.index) && !isUsed(query)) };
  });
  if (missing.length > 0) {
    const remedy = t`Make them again: their statements are in \`atmr-ml migrate --dry-run\` against an empty database.`;
    return fail(
      t`no valid index ${missing.map(({ index, name }) => t`${index} for ${name}`).join(', ')}`,
      remedy,
    );
  }
  if (unused.length === 0) return ok(t`${queries.length} frequent queries use theirs`);
  return warn(
    t`not used for ${unused.map(({ name }) => name).join(', ')}`,
    t`Run \`ANALYZE\` in the database.`,
  );
}

/** A build that was broken off leaves an index that is none. */
async function validIndexes(session: PostgresSession): Promise<ReadonlySet<string>> {
  const rows = await session.rows(`
    SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indisvalid AND c.relnamespace = 'atmr_ml'::regnamespace`);
  return new Set(rows.map(({ name }) => String(name)));
}
