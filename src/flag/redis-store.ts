import * as v from 'valibot';
import { systemClock } from '../clock.js';
import { newAuditEntry } from './audit.js';
import { auditEntrySchema, flagSchema, jsonText, markSchema, readDocument, readReport } from './documents.js';
import { type RedisConnection, redisAt } from './redis-connection.js';
import { COMMIT_LUA, END_LUA, INSTANCES_LUA, MERGE_LUA, READ_LUA, REPORT_LUA } from './redis-scripts.js';
import { activeMarks, type State } from './state.js';
import type {
  AuditEntry,
  CommitCommand,
  CommitResult,
  CopyStore,
  InstanceReport,
  RecordState,
  RecordStore,
} from './store.js';
import { FORGET_INSTANCE_AFTER_MS, LIVE_MS, TIMEOUTS_MS } from './store-timeouts.js';

/** Redis: the record where it is alone, the copy beside Postgres. */
export function redisStore(url: string, key: string): RecordStore & CopyStore {
  const redis = redisAt(url);
  const keys = keysOf(key);
  const state = [keys.flag, keys.off, keys.ended, keys.audit];
  return {
    name: 'redis',
    async read() {
      return readState(await redis.run(READ_LUA, state, [], TIMEOUTS_MS.read), redis.where);
    },
    async merge(known) {
      const reply = await redis.run(MERGE_LUA, state, mergeArguments(keys, known), TIMEOUTS_MS.merge);
      return readState(reply, redis.where);
    },
    async commit(command) {
      const reply = await redis.run(COMMIT_LUA, state, commitArguments(keys, command), TIMEOUTS_MS.commit);
      return readCommitResult(reply, redis.where);
    },
    async end(endings) {
      await redis.run(END_LUA, state, [keys.changed, endingList(endings)], TIMEOUTS_MS.end);
    },
    history: (limit) => readHistory(redis, keys, limit, TIMEOUTS_MS.history),
    async change(changeId) {
      const entries = await readHistory(redis, keys, null, TIMEOUTS_MS.change);
      return entries.find((entry) => entry.changeId === changeId) ?? null;
    },
    report: (report) => reportInstance(redis, keys, report),
    async forget(instance) {
      const script = `redis.call('ZREM', KEYS[1], ARGV[1]); redis.call('HDEL', KEYS[2], ARGV[1]);
                      redis.call('DEL', KEYS[3])`;
      await redis.run(script, instanceKeys(keys, instance), [instance], TIMEOUTS_MS.forget);
    },
    async instances() {
      const reply = await redis.run(INSTANCES_LUA, [keys.seen, keys.reports], [], TIMEOUTS_MS.instances);
      const found = readDocument(v.array(seenSchema), reply, redis.where);
      return found.map(([id, seenAgo, report]) => {
        return { seenAgoMs: Number(seenAgo), report: readReport(id, report) };
      });
    },
    watch: (onChange) => redis.subscribe(keys.changed, onChange),
    health: () => health(redis),
    close: redis.close,
  };
}

type Keys = ReturnType<typeof keysOf>;

/** Public names: programs in other languages read them. The braces keep a flag's keys on one cluster node. */
function keysOf(key: string) {
  const prefix = `atmr-ml:{${key}}`;
  return {
    flag: `${prefix}:flag`,
    off: `${prefix}:off`,
    ended: `${prefix}:ended`,
    audit: `${prefix}:audit`,
    seen: `${prefix}:seen`,
    reports: `${prefix}:reports`,
    instance: `${prefix}:instance:`,
    changed: `${prefix}:changed`,
  };
}

/** Instance, ms since it was seen, report. */
const seenSchema = v.tuple([v.string(), v.string(), v.string()]);
const snapshotSchema = v.tuple([v.string(), v.array(v.string()), v.array(v.string()), v.string()]);

function readState(reply: unknown, where: string): RecordState {
  const [flag, marks, ended, newest] = readDocument(snapshotSchema, reply, where);
  return {
    flag: flag === '' ? null : readDocument(v.pipe(jsonText, flagSchema), flag, where),
    marks: Object.fromEntries(
      pairs(marks).map(([id, mark]) => [id, readDocument(v.pipe(jsonText, markSchema), mark, where)]),
    ),
    ended: Object.fromEntries(pairs(ended).map(([id, revision]) => [id, Number(revision)])),
    head:
      newest === ''
        ? null
        : readDocument(v.pipe(jsonText, v.object({ hash: v.string() })), newest, where).hash,
  };
}

function mergeArguments(keys: Keys, known: State): (string | number)[] {
  const { flag } = known;
  const marks = activeMarks(known).flatMap((mark) => [mark.id, JSON.stringify(mark)]);
  return [
    keys.changed,
    flag?.revision ?? 0,
    flag === null ? '' : JSON.stringify(flag),
    JSON.stringify(flag?.clears ?? []),
    JSON.stringify(marks),
    endingList(known.ended),
  ];
}

/** As text: a script would turn a number into a floating one. */
function endingList(endings: Readonly<Record<string, number>>): string {
  return JSON.stringify(Object.entries(endings).flatMap(([id, revision]) => [id, String(revision)]));
}

function commitArguments(keys: Keys, command: CommitCommand): (string | number)[] {
  const { changeId, expected, previousHash, mark } = command;
  const entry = newAuditEntry(command);
  return [
    keys.changed,
    changeId,
    expected,
    previousHash ?? '',
    entry.revision,
    JSON.stringify(command.named),
    JSON.stringify(entry.after).slice(0, -1),
    JSON.stringify(entry),
    mark?.id ?? '',
    mark === null ? '' : JSON.stringify(mark),
  ];
}

function readCommitResult(reply: unknown, where: string): CommitResult {
  const [kind, first = '', second = ''] = readDocument(v.array(v.string()), reply, where);
  if (kind === 'committed') return { kind, revision: Number(first) };
  const rows = [second, first].filter((row) => row !== '');
  return { kind: 'conflict', winner: entriesOf(rows, where).at(-1) ?? null };
}

/** Newest first; all of it with `limit` null. */
async function readHistory(redis: RedisConnection, keys: Keys, limit: number | null, limitMs: number) {
  // One row more than asked for: it holds what was before the oldest one.
  const from = limit === null ? 0 : -(limit + 1);
  const script = "return redis.call('LRANGE', KEYS[1], ARGV[1], -1)";
  const reply = await redis.run(script, [keys.audit], [from], limitMs);
  const entries = entriesOf(readDocument(v.array(v.string()), reply, redis.where), redis.where).toReversed();
  return entries.slice(0, limit ?? entries.length);
}

const rowSchema = v.pipe(jsonText, v.omit(auditEntrySchema, ['before']));

/** Rows as the list keeps them, oldest first. `before` is not kept: it is the `after` of the row before. */
function entriesOf(rows: readonly string[], where: string): AuditEntry[] {
  const read = rows.map((row) => readDocument(rowSchema, row, where));
  return read.map((row, i) => ({ ...row, before: read[i - 1]?.after ?? null }));
}

async function reportInstance(redis: RedisConnection, keys: Keys, report: InstanceReport): Promise<void> {
  const args = [report.instance, JSON.stringify(report), LIVE_MS, FORGET_INSTANCE_AFTER_MS];
  await redis.run(REPORT_LUA, instanceKeys(keys, report.instance), args, TIMEOUTS_MS.report);
}

function instanceKeys(keys: Keys, instance: string): string[] {
  return [keys.seen, keys.reports, keys.instance + instance];
}

async function health(redis: RedisConnection) {
  const startMs = systemClock.monotonicMs();
  const script = "return redis.call('INFO', 'server')";
  const reply = await redis.run(script, [], [], TIMEOUTS_MS.health);
  const version = /redis_version:(\S+)/.exec(String(reply))?.[1] ?? 'unknown';
  return { version, latencyMs: systemClock.monotonicMs() - startMs };
}

/** `[a, 1, b, 2]` → `[[a, 1], [b, 2]]`. */
function pairs(flat: readonly string[]): [string, string][] {
  return flat.flatMap((name, i) => (i % 2 === 0 ? [[name, flat[i + 1] ?? ''] as [string, string]] : []));
}
