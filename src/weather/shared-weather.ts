import * as v from 'valibot';
import type { Clock } from '../clock.js';
import { AtmrError } from '../errors.js';
import type { RedisConnection } from '../flag/redis-connection.js';
import { t } from '../wording/t.js';
import type { TimedWeather } from './conditions.js';
import { CALLS_PER_DAY, CALLS_PER_MINUTE, type Permit, type Usage, waitMs, windowsAt } from './quota.js';

/** What all processes at one Redis know together. Each method answers `null` when Redis does not. */
export interface SharedWeather {
  /** What was kept under `key` and how old it is; `'nothing'` when nothing was. */
  read(key: string): Promise<Aged | 'nothing' | null>;
  keep(key: string, conditions: readonly TimedWeather[]): Promise<void>;
  permit(): Promise<Permit | null>;
  usage(): Promise<Usage | null>;
  /** Nobody calls for this long: the service demanded it. */
  pause(forMs: number): Promise<void>;
}

export interface Aged {
  readonly conditions: readonly TimedWeather[];
  readonly ageMs: number;
}

/** How old weather may be when there is nothing newer. */
export const KEEP_MS = 3600_000;
/** Redis is near: what takes longer is asked of the service instead. */
const LIMIT_MS = 1000;
/** After a failure Redis is left alone for so long, lest every question wait for it. */
const LEFT_ALONE_MS = 30_000;
/** A count outlives its minute or day, for machines whose clocks lag behind. */
const COUNT_FOR_MS = { minute: 2 * 60_000, day: 25 * 3600_000 } as const;

/** Weather and calls in the Redis at `redis`, under `atmr-ml:weather:*`. `onNotice` hears once when it is away. */
export function sharedWeather(
  redis: RedisConnection,
  clock: Clock,
  onNotice: (text: string) => void,
): SharedWeather {
  let awayUntilMs = Number.NEGATIVE_INFINITY;
  let told = false;
  const run: Run = async (script, keys, args) => {
    if (clock.monotonicMs() < awayUntilMs) return null;
    try {
      const reply = await redis.run(script, keys, args, LIMIT_MS);
      told = false;
      return { reply };
    } catch (failure) {
      if (!(failure instanceof AtmrError)) throw failure;
      awayUntilMs = clock.monotonicMs() + LEFT_ALONE_MS;
      if (!told) onNotice(t`${failure.message} Weather and quota are kept in this process meanwhile.`);
      told = true;
      return null;
    }
  };
  return operations(run, clock);
}

/** `null` when Redis is away. */
type Run = (
  script: string,
  keys: readonly string[],
  args: readonly (string | number)[],
) => Promise<{ readonly reply: unknown } | null>;

function operations(run: Run, clock: Clock): SharedWeather {
  return {
    async read(key) {
      const answer = await run(READ_LUA, [reportKey(key)], []);
      return answer && readKept(answer.reply);
    },
    async keep(key, conditions) {
      await run(KEEP_LUA, [reportKey(key)], [JSON.stringify(conditions), KEEP_MS]);
    },
    async permit() {
      const nowMs = clock.nowMs();
      const args = [CALLS_PER_MINUTE, CALLS_PER_DAY, COUNT_FOR_MS.minute, COUNT_FOR_MS.day];
      const answer = await run(PERMIT_LUA, quotaKeys(nowMs), args);
      return answer && readPermit(answer.reply, nowMs);
    },
    async usage() {
      const answer = await run(USAGE_LUA, quotaKeys(clock.nowMs()), []);
      const counts = answer && v.safeParse(v.tuple([v.number(), v.number()]), answer.reply);
      return counts?.success ? { minute: counts.output[0], day: counts.output[1] } : null;
    },
    async pause(forMs) {
      const script = "return redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])";
      await run(script, quotaKeys(clock.nowMs()).slice(2), [Math.ceil(forMs)]);
    },
  };
}

/** Others may write to this Redis too: what does not fit counts as nothing. */
const keptSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.pipe(
    v.array(
      v.object({
        atMs: v.number(),
        weather: v.object({
          temperatureC: v.number(),
          rainMm: v.number(),
          snowMm: v.number(),
          windKmh: v.number(),
          visibilityMeters: v.nullable(v.number()),
          cloudsPercent: v.number(),
        }),
      }),
    ),
    v.minLength(1),
  ),
);
const replySchema = v.tuple([keptSchema, v.pipe(v.number(), v.minValue(0))]);

/** The age comes from the time left, by the clock of Redis: those of two machines need not agree. */
function readKept(reply: unknown): Aged | 'nothing' {
  const kept = v.safeParse(replySchema, reply);
  if (!kept.success) return 'nothing';
  const [conditions, leftMs] = kept.output;
  return { conditions, ageMs: Math.max(0, KEEP_MS - leftMs) };
}

function readPermit(reply: unknown, nowMs: number): Permit | null {
  const counts = v.safeParse(v.tuple([v.number(), v.number(), v.number(), v.number()]), reply);
  if (!counts.success) return null;
  const [granted, minute, day, pausedMs] = counts.output;
  const usage = { minute, day };
  if (granted === 1) return { granted: true, usage };
  return { granted: false, usage, againInMs: Math.max(pausedMs, waitMs(usage, nowMs)) };
}

function reportKey(key: string): string {
  return `atmr-ml:weather:${key}`;
}

/** The braces keep them on one cluster node, so that one script may touch all three. */
function quotaKeys(nowMs: number): string[] {
  const { minute, day } = windowsAt(nowMs);
  const prefix = 'atmr-ml:weather:{calls}';
  return [`${prefix}:minute:${minute}`, `${prefix}:day:${day}`, `${prefix}:pause`];
}

const READ_LUA = "return { redis.call('GET', KEYS[1]) or '', redis.call('PTTL', KEYS[1]) }";
const KEEP_LUA = "return redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])";

/** KEYS minute, day → calls in each. */
const USAGE_LUA = `
return { tonumber(redis.call('GET', KEYS[1]) or '0'), tonumber(redis.call('GET', KEYS[2]) or '0') }
`;

/** KEYS minute, day, pause. ARGV calls a minute and a day, how long to keep each count in ms → 1 or 0, calls in each, paused for ms. */
const PERMIT_LUA = `
local minute = tonumber(redis.call('GET', KEYS[1]) or '0')
local day = tonumber(redis.call('GET', KEYS[2]) or '0')
local paused = math.max(0, redis.call('PTTL', KEYS[3]))
if paused > 0 or minute >= tonumber(ARGV[1]) or day >= tonumber(ARGV[2]) then return { 0, minute, day, paused } end
redis.call('INCR', KEYS[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('INCR', KEYS[2])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return { 1, minute + 1, day + 1, 0 }
`;
