import * as v from 'valibot';
import { systemClock } from '../clock.js';
import { readDocument } from '../flag/documents.js';
import { type RedisConnection, redisAt } from '../flag/redis-connection.js';

/** A Redis that answered, and what it says of itself. */
export interface RedisSession {
  readonly connection: RedisConnection;
  readonly latencyMs: number;
  /** What the server's clock is ahead of this machine's, give or take half the round trip; negative behind. */
  readonly aheadMs: number;
  /** One value of INFO, such as `redis_version`; empty where there is none. */
  info(name: string): string;
  /** One value of CONFIG; `null` where the server keeps its configuration to itself. */
  setting(name: string): Promise<string | null>;
}

export const REDIS_LIMIT_MS = 3000;
const LOOK_LUA = `
  return {redis.call('TIME'), redis.call('INFO', 'server') .. redis.call('INFO', 'memory') ..
    redis.call('INFO', 'persistence') .. redis.call('INFO', 'replication')}`;
const lookSchema = v.tuple([v.tuple([v.string(), v.string()]), v.string()]);

/** Connects and looks. UNAVAILABLE when it does not answer or refuses the login. */
export async function openRedisSession(url: string, nowMs: () => number): Promise<RedisSession> {
  const connection = redisAt(url);
  try {
    await connection.run("return 'connected'", [], [], REDIS_LIMIT_MS);
    const sentMs = systemClock.monotonicMs();
    const beforeMs = nowMs();
    const reply = await connection.run(LOOK_LUA, [], [], REDIS_LIMIT_MS);
    const latencyMs = systemClock.monotonicMs() - sentMs;
    const [[seconds, microseconds], info] = readDocument(lookSchema, reply, connection.where);
    const serverMs = Number(seconds) * 1000 + Number(microseconds) / 1000;
    return {
      connection,
      latencyMs,
      aheadMs: serverMs - (beforeMs + latencyMs / 2),
      info: (name) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '',
      setting: (name) => setting(connection, name),
    };
  } catch (thrown) {
    await connection.close();
    throw thrown;
  }
}

/** Hosted servers forbid CONFIG. */
async function setting(connection: RedisConnection, name: string): Promise<string | null> {
  const reply = await connection.command('CONFIG', ['GET', name], REDIS_LIMIT_MS).catch(() => null);
  const pair = v.safeParse(v.tuple([v.string(), v.string()]), reply);
  return pair.success ? pair.output[1] : null;
}
