import { messageOf } from '../errors.js';
import { decimal } from '../render/number.js';
import { t } from '../wording/t.js';
import { type CheckGroup, type Finding, fail, ok, type PlannedCheck, unknown, warn } from './check.js';
import { REDIS_LIMIT_MS, type RedisSession } from './redis-session.js';

/** A round trip this long is felt by every change of the flag. */
const SLOW_MS = 100;

export interface RedisRole {
  readonly key: string;
  /** Nothing else keeps the flag: then Redis must lose nothing. */
  readonly isRecord: boolean;
}

/** The copy of the flag in Redis, or its record where Redis is alone. `session` rejects when there is none. */
export function redisChecks(session: () => Promise<RedisSession>, role: RedisRole): CheckGroup {
  const onceOpen = (look: (open: RedisSession) => Promise<Finding> | Finding) => async () => {
    const open = await session().catch(() => null);
    return open === null ? unknown(t`not looked at: Redis cannot be used`) : look(open);
  };
  const kept = role.isRecord ? 'appendonly yes, appendfsync always' : 'appendonly yes';
  const checks: PlannedCheck[] = [
    { name: 'redis', expected: t`an answer`, look: () => answering(session) },
    { name: 'redis persistence', expected: kept, look: onceOpen((open) => persistence(open, role)) },
    { name: 'redis eviction', expected: 'maxmemory-policy noeviction', look: onceOpen(eviction) },
    {
      name: 'redis write',
      expected: t`the right to write, on the primary`,
      look: onceOpen((open) => write(open, role)),
    },
  ];
  const close = async () => (await session().catch(() => null))?.connection.close();
  return { checks, close };
}

async function answering(session: () => Promise<RedisSession>): Promise<Finding> {
  let open: RedisSession;
  try {
    open = await session();
  } catch (thrown) {
    const text = messageOf(thrown);
    const refused = /WRONGPASS|NOAUTH|NOPERM|invalid password/i.test(text);
    const remedy = refused
      ? t`Check the user and the password in REDIS_URL.`
      : t`Start it, or check the host and the port in REDIS_URL and what lies between.`;
    return fail(text.replace(/\.$/, ''), remedy);
  }
  const found = t`${open.connection.where}: Redis ${open.info('redis_version')}, ${decimal(open.latencyMs, 1)} ms`;
  if (open.latencyMs < SLOW_MS) return ok(found);
  return warn(found, t`Run atmr-ml nearer to Redis: every change waits for it.`);
}

async function persistence(open: RedisSession, { isRecord }: RedisRole): Promise<Finding> {
  const appends = open.info('aof_enabled') === '1';
  const sync = appends ? await open.setting('appendfsync') : null;
  const found = appends ? `appendonly yes, appendfsync ${sync ?? t`unknown`}` : 'appendonly no';
  if (!appends) {
    const lost = t`${found}: a restart loses what was written since the last snapshot`;
    if (!isRecord)
      return warn(lost, t`Set \`appendonly yes\` in redis.conf; until then Postgres brings it back.`);
    const remedy = t`Set \`appendonly yes\` and \`appendfsync always\` in redis.conf, or add DATABASE_URL as the record.`;
    return fail(lost, remedy);
  }
  if (!isRecord || sync === 'always') return ok(found);
  if (sync === null) return unknown(found, t`Ask who runs it for \`appendfsync always\`.`);
  return warn(t`${found}: a power cut loses the last second`, t`Set \`appendfsync always\` in redis.conf.`);
}

async function eviction(open: RedisSession): Promise<Finding> {
  const policy = open.info('maxmemory_policy');
  if (policy === '') return unknown(t`it does not say`);
  if (policy === 'noeviction') return ok(policy);
  // Only heartbeats expire, and they come again every second.
  const remedy = t`Set \`maxmemory-policy noeviction\` in redis.conf, or use a Redis of its own.`;
  const kind = policy.startsWith('volatile-') ? warn : fail;
  return kind(t`${policy}: when memory runs out it drops keys, and the flag may be one of them`, remedy);
}

async function write({ connection }: RedisSession, { key }: RedisRole): Promise<Finding> {
  const script = "return redis.call('SET', KEYS[1], 'atmr-ml doctor', 'PX', 1000)";
  try {
    await connection.run(script, [`atmr-ml:{${key}}:doctor`], [], REDIS_LIMIT_MS);
    return ok(t`a key was written; it expires in a second`);
  } catch (thrown) {
    const remedy = t`Let this user write \`atmr-ml:*\`, on the primary, and leave it memory.`;
    return fail(t`no key can be written: ${messageOf(thrown).replace(/\.$/, '')}`, remedy);
  }
}
