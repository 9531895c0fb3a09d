import { AtmrError, messageOf } from '../errors.js';
import { POSTGRES_MIGRATIONS } from '../migration/postgres-migrations.js';
import { type CheckGroup, type Finding, fail, ok, type PlannedCheck, unknown, warn } from './check.js';
import { HOT_QUERIES } from './hot-queries.js';
import type { PostgresSession } from './postgres-session.js';

const LEAST_MAJOR = 13;
/** A round trip this long is felt by every change of the flag. */
const SLOW_MS = 100;
const NEWEST = POSTGRES_MIGRATIONS.length;

/** The record of the flag in Postgres. `session` rejects when it cannot be opened. */
export function postgresChecks(session: () => Promise<PostgresSession>): CheckGroup {
  const onceOpen = (look: (open: PostgresSession) => Promise<Finding> | Finding) => async () => {
    const open = await session().catch(() => null);
    return open === null ? unknown('not looked at: Postgres cannot be used') : look(open);
  };
  const onceCurrent = (look: (open: PostgresSession) => Promise<Finding>) =>
    onceOpen((open) =>
      open.schemaVersion === NEWEST ? look(open) : unknown('not looked at: the schema is not current'),
    );
  const checks: PlannedCheck[] = [
    {
      name: 'postgres',
      expected: `an answer, from version ${LEAST_MAJOR} on`,
      look: () => answering(session),
    },
    { name: 'postgres schema', expected: `version ${NEWEST}`, look: onceOpen(schema) },
    { name: 'postgres write', expected: 'the right to write, on the primary', look: onceCurrent(write) },
    { name: 'postgres indexes', expected: 'an index for each frequent query', look: onceCurrent(indexes) },
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
  const found = `${open.where}: PostgreSQL ${open.version}, ${open.latencyMs.toFixed(1)} ms`;
  if (Number.parseInt(open.version, 10) < LEAST_MAJOR)
    return fail(found, `Update to PostgreSQL ${LEAST_MAJOR} or newer.`);
  if (open.latencyMs < SLOW_MS) return ok(found);
  return warn(found, 'Run atmr-ml nearer to the database: every change waits for it.');
}

/** The driver's own words, which never hold the password, before ours about what to do. */
function reasonFor(thrown: unknown): string {
  const { cause } = thrown instanceof Error ? thrown : { cause: null };
  return messageOf(cause ?? thrown);
}

function remedyFor(thrown: unknown): string {
  const refused = thrown instanceof AtmrError && thrown.code === 'BAD_CONFIG';
  return refused
    ? 'Check the user, the password and the database in DATABASE_URL.'
    : 'Start it, or check the host and the port in DATABASE_URL and what lies between.';
}

function schema({ schemaVersion: version }: PostgresSession): Finding {
  if (version === NEWEST) return ok(`version ${version}`);
  if (version > NEWEST) return fail(`version ${version}, newer than this program`, 'Update atmr-ml.');
  return fail(`version ${version}, ${NEWEST - version} steps behind`, 'Run `atmr-ml migrate`.');
}

/** By writing what is undone: rights, read-only servers and full disks show in nothing else. */
async function write(session: PostgresSession): Promise<Finding> {
  const sql = `INSERT INTO atmr_ml.instance (key, id, report) VALUES ('doctor', 'doctor', '{}')`;
  try {
    await session.undone(() => session.rows(sql));
    return ok('a row was written, and undone');
  } catch (thrown) {
    const remedy = 'Grant USAGE, SELECT, INSERT, UPDATE and DELETE in the schema atmr_ml, on the primary.';
    return fail(`no row can be written: ${messageOf(thrown)}`, remedy);
  }
}

async function indexes(session: PostgresSession): Promise<Finding> {
  const without = await session.undone(async () => {
    // A small table is read whole whatever indexes it has.
    await session.rows('SET LOCAL enable_seqscan = off');
    const missing: string[] = [];
    for (const { name, sql } of HOT_QUERIES) {
      const plan = await session.rows(`EXPLAIN (FORMAT JSON) ${sql}`);
      if (JSON.stringify(plan).includes('"Seq Scan"')) missing.push(name);
    }
    return missing;
  });
  if (without.length === 0) return ok(`${HOT_QUERIES.length} frequent queries use an index`);
  return fail(
    `read whole: ${without.join(', ')}`,
    'Restore the indexes: `REINDEX SCHEMA atmr_ml`, or migrate into a new database.',
  );
}
