import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinary, freePort, startServer, type TestServer, temporaryFolder } from './process.js';

const INSTALL = 'apt-get install redis-server (Debian, Ubuntu) or brew install redis (macOS)';

export interface RedisSettings {
  /** Every write on disk before its reply. */
  readonly durable?: boolean;
  readonly password?: string;
  readonly replicaOf?: TestServer;
  readonly extra?: readonly string[];
}

/** A Redis server; by default its data ends with the process. */
export async function startRedis(settings: RedisSettings = {}): Promise<TestServer> {
  const { password, replicaOf } = settings;
  const persistence = settings.durable ? ['--appendonly', 'yes', '--appendfsync', 'always'] : [];
  const protection = password === undefined ? [] : ['--requirepass', password];
  const replication = replicaOf === undefined ? [] : ['--replicaof', '127.0.0.1', String(replicaOf.port)];
  const args = ['--save', '', ...persistence, ...protection, ...replication, ...(settings.extra ?? [])];
  const port = await freePort();
  const credentials = password === undefined ? '' : `:${password}@`;
  return await start(port, `redis://${credentials}127.0.0.1:${port}`, args);
}

/** A sentinel that watches `master` under the name `main`; `url` is the one to give to atmr-ml. */
export async function startSentinel(master: TestServer): Promise<TestServer> {
  const port = await freePort();
  const folder = temporaryFolder('sentinel');
  const file = join(folder, 'sentinel.conf');
  const lines = [
    `port ${port}`,
    `sentinel monitor main 127.0.0.1 ${master.port} 1`,
    'sentinel down-after-milliseconds main 500',
    'sentinel failover-timeout main 3000',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return await startServer({
    port,
    url: `redis+sentinel://127.0.0.1:${port}/main`,
    folder,
    command: binary('redis-server'),
    args: [file, '--sentinel'],
    user: null,
    answers: () => answers(port),
  });
}

/** Three masters that share the slots; `url` names them all. */
export async function startRedisCluster(): Promise<{ url: string; remove(): Promise<void> }> {
  const settings: RedisSettings = { extra: ['--cluster-enabled', 'yes', '--cluster-node-timeout', '1000'] };
  const nodes = await Promise.all([startRedis(settings), startRedis(settings), startRedis(settings)]);
  const addresses = nodes.map((node) => `127.0.0.1:${node.port}`);
  const create = ['--cluster', 'create', ...addresses, '--cluster-yes'];
  execFileSync(binary('redis-cli'), create, { stdio: 'pipe' });
  // The one that made the cluster knows it first; the others serve no slot until they have heard.
  for (const { port } of nodes) {
    while (!(await ask(port, 'CLUSTER INFO')).includes('cluster_state:ok')) await sleep(20);
  }
  return {
    url: `redis+cluster://${addresses.join(',')}`,
    remove: async () => void (await Promise.all(nodes.map((node) => node.remove()))),
  };
}

async function start(port: number, url: string, args: readonly string[]): Promise<TestServer> {
  const folder = temporaryFolder('redis');
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  const plan = { command: binary('redis-server'), args: [...place, ...args], user: null };
  return await startServer({ port, url, folder, ...plan, answers: () => answers(port) });
}

function binary(name: string): string {
  return findBinary([name], [], INSTALL);
}

/** NOAUTH is an answer too, LOADING is not. */
async function answers(port: number): Promise<boolean> {
  return /^(\+PONG|-NOAUTH)/.test(await ask(port, 'PING'));
}

/** The first part of the reply to a bare command; empty when there is none within a second. */
function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    const finish = (reply: string) => {
      socket.destroy();
      resolve(reply);
    };
    socket.setTimeout(1000, () => finish(''));
    socket.once('error', () => finish(''));
    socket.once('data', (data) => finish(String(data)));
  });
}
