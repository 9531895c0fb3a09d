import { once } from 'node:events';
import type { Cluster, Redis, RedisOptions } from 'ioredis';
import { withDeadline } from '../deadline.js';
import { AtmrError, messageOf } from '../errors.js';
import { t } from '../wording/t.js';
import { parseRedisUrl, type RedisAddress } from './redis-address.js';
import { reconnectDelayMs, TIMEOUTS_MS, WATCH_PING_MS } from './store-timeouts.js';

/** A Redis, however many servers it is made of. */
export interface RedisConnection {
  /** For messages: hosts and ports, never the login. */
  readonly where: string;
  /** Runs a script; its reply as it came. Rejects with UNAVAILABLE when there is none within `limitMs`. */
  run(
    script: string,
    keys: readonly string[],
    args: readonly (string | number)[],
    limitMs: number,
  ): Promise<unknown>;
  /** Runs a command that no script may, such as CONFIG; of a cluster, on any node. Rejects as `run` does. */
  command(name: string, args: readonly string[], limitMs: number): Promise<unknown>;
  /** Calls `onMessage` on each message on `channel` and after each reconnection. Returns how to stop. */
  subscribe(channel: string, onMessage: () => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** How long a broken connection may take to say goodbye before the next one is opened. */
const GOODBYE_MS = 50;

/** Connected as far as we know, or connected and still shaking hands. */
const MAY_BE_DEAD: ReadonlySet<string> = new Set(['ready', 'connect']);

/** The Redis at `url`. Connects when first used and again after a failure; nothing is ever sent twice. */
export function redisAt(url: string): RedisConnection {
  const address = parseRedisUrl(url);
  let opened: Promise<Redis | Cluster> | null = null;
  let refusedDatabase: AtmrError | null = null;
  let readiness: Promise<void> | null = null;
  /** One wait for all who want to send: each has its own time limit, and the driver counts listeners. */
  const ready = (client: Redis | Cluster): Promise<void> => {
    readiness ??= untilReady(client).finally(() => {
      readiness = null;
    });
    return readiness;
  };
  const send = async (work: (client: Redis | Cluster) => Promise<unknown>, limitMs: number) => {
    opened ??= openClient(address, (error) => {
      refusedDatabase ??= NO_SUCH_DATABASE.test(error.message) ? noSuchDatabase(address.where) : null;
    });
    const client = await opened;
    const sent = ready(client).then(() => {
      // The driver goes on in database 0, which is somebody else's.
      if (refusedDatabase !== null) throw refusedDatabase;
      return work(client);
    });
    try {
      return await withDeadline(sent, limitMs, address.where);
    } catch (cause) {
      // A connection that does not answer may be dead without saying so: the next message gets a new one.
      if (cause instanceof AtmrError && MAY_BE_DEAD.has(client.status)) client.disconnect(true);
      throw refusedDatabase ?? redisFailure(cause, address.where);
    }
  };
  return {
    get where() {
      return address.where;
    },
    run: (script, keys, args, limitMs) =>
      send((client) => client.eval(script, keys.length, ...keys, ...args), limitMs),
    command: (name, args, limitMs) => send((client) => client.call(name, ...args), limitMs),
    subscribe: (channel, onMessage) => subscribe(address, channel, onMessage),
    async close() {
      (await opened)?.disconnect();
      opened = null;
      readiness = null;
    },
  };
}

async function subscribe(address: RedisAddress, channel: string, onMessage: () => void) {
  const client = await openClient(address);
  let stopped = false;
  const notify = () => {
    if (!stopped) onMessage();
  };
  client.on('message', notify);
  // A reconnection may have missed messages, so it counts as one.
  client.on('ready', () => void client.subscribe(channel).then(notify, () => {}));
  client.connect().catch(() => {}); // it tries again by itself
  // A connection may die without a word, and its hints with it.
  const ping = setInterval(() => {
    if (client.status !== 'ready') return;
    const { connect } = TIMEOUTS_MS;
    withDeadline(client.ping(), connect, address.where).catch(() => client.disconnect(true));
  }, WATCH_PING_MS);
  return async () => {
    stopped = true;
    clearInterval(ping);
    client.disconnect();
  };
}

/**
 * A connection for a library that brings its own commands and waits for them: it keeps what it is given until Redis is
 * there again. `onError` as below.
 */
export async function openWaitingClient(
  url: string,
  onError: (error: Error) => void,
): Promise<Redis | Cluster> {
  const { Cluster, Redis } = await import('ioredis');
  const client = clientOf(parseRedisUrl(url), { Cluster, Redis }, WAITING);
  client.on('error', onError);
  return client;
}

/** `onError`: what the driver tells of the connection itself; each command rejects with it too. */
async function openClient(
  address: RedisAddress,
  onError: (error: Error) => void = () => {},
): Promise<Redis | Cluster> {
  const { Cluster, Redis } = await import('ioredis');
  const client = clientOf(address, { Cluster, Redis });
  client.on('error', onError);
  return client;
}

function clientOf(
  address: RedisAddress,
  { Cluster: ClusterClient, Redis: RedisClient }: { Cluster: typeof Cluster; Redis: typeof Redis },
  options: typeof OPTIONS | typeof WAITING = OPTIONS,
): Redis | Cluster {
  if (address.kind === 'single') return new RedisClient(address.url, options);
  const login = { username: address.username, password: address.password };
  const nodes = [...address.nodes];
  if (address.kind === 'cluster') {
    return new ClusterClient(nodes, {
      redisOptions: { ...options, ...login },
      lazyConnect: true,
      // Each node is connected when first used; without a queue, commands of that moment would be refused.
      enableOfflineQueue: true,
      clusterRetryStrategy: reconnectDelayMs,
      // 0: a command whose connection broke is not sent again. Whether it was done is for the caller to find out.
      retryDelayOnFailover: 0,
      slotsRefreshTimeout: TIMEOUTS_MS.connect,
    });
  }
  return new RedisClient({
    ...options,
    ...login,
    sentinels: nodes,
    name: address.master,
    sentinelRetryStrategy: reconnectDelayMs,
    sentinelCommandTimeout: TIMEOUTS_MS.connect,
  });
}

const OPTIONS = {
  lazyConnect: true,
  connectTimeout: TIMEOUTS_MS.connect,
  disconnectTimeout: GOODBYE_MS,
  retryStrategy: reconnectDelayMs,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  maxRetriesPerRequest: 0,
  // After a failover the old address may be a replica: connect anew, without sending the command again.
  reconnectOnError: (error: Error) => error.message.includes('READONLY'),
} satisfies RedisOptions;

const WAITING = {
  ...OPTIONS,
  lazyConnect: false,
  enableOfflineQueue: true,
  autoResendUnfulfilledCommands: true,
  maxRetriesPerRequest: null,
} satisfies RedisOptions;

/** Resolves when commands can be sent; rejects with the reason when an attempt to connect failed. */
async function untilReady(client: Redis | Cluster): Promise<void> {
  if (client.status === 'ready') return;
  const ready = once(client, 'ready');
  if (client.status === 'wait' || client.status === 'end') client.connect().catch(() => {}); // `ready` rejects too
  await ready;
}

const NO_SUCH_DATABASE = /DB index is out of range/i;

function noSuchDatabase(where: string): AtmrError {
  return new AtmrError(
    'BAD_CONFIG',
    t`${where} has no database of the number in REDIS_URL. Expected one that its \`databases\` setting allows, such as /0.`,
  );
}

function redisFailure(cause: unknown, where: string): AtmrError {
  if (cause instanceof AtmrError) return cause;
  // The driver's error holds the command and so, for AUTH, the password: only its text goes on.
  const reason = new Error(messageOf(cause));
  return new AtmrError('UNAVAILABLE', t`${where} did not answer: ${reason.message}.`, { cause: reason });
}
