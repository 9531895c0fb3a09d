import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, chownSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server of our own, on a free port, with its data in a temporary folder. */
export interface TestServer {
  readonly port: number;
  readonly url: string;
  readonly folder: string;
  /** Starts it again, on the same port and data. */
  start(): Promise<void>;
  /** kill −9. */
  kill(): Promise<void>;
  /** SIGSTOP: connections stay, nothing answers. */
  pause(): void;
  resume(): void;
  /** Ends it and removes its data. Happens by itself when the process ends. */
  remove(): Promise<void>;
}

export interface ServerPlan {
  readonly port: number;
  readonly url: string;
  readonly folder: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly user: { readonly uid: number; readonly gid: number } | null;
  /** Resolves when the server answers. */
  answers(): Promise<boolean>;
}

const START_LIMIT_MS = 60_000;
/** Ends the servers that nobody removed. */
const leftAtExit = new Set<() => void>();
process.once('exit', () => {
  for (const end of leftAtExit) end();
});

/** Starts what `plan` says and waits until it answers. */
export async function startServer(plan: ServerPlan): Promise<TestServer> {
  let child: ChildProcess | null = null;
  const kill = async () => {
    if (child === null || child.pid === undefined || child.exitCode !== null || child.signalCode !== null)
      return;
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    signalTree(child.pid, 'SIGKILL');
    await ended;
  };
  const atExit = () => {
    if (child?.pid !== undefined && child.exitCode === null) signalTree(child.pid, 'SIGKILL');
    rmSync(plan.folder, { recursive: true, force: true });
  };
  leftAtExit.add(atExit);
  const server: TestServer = {
    port: plan.port,
    url: plan.url,
    folder: plan.folder,
    async start() {
      child = spawn(plan.command, plan.args, {
        cwd: plan.folder,
        ...plan.user,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      await untilAnswering(child, plan);
    },
    kill,
    pause: () => child?.pid !== undefined && signalTree(child.pid, 'SIGSTOP'),
    resume: () => child?.pid !== undefined && signalTree(child.pid, 'SIGCONT'),
    async remove() {
      await kill();
      leftAtExit.delete(atExit);
      rmSync(plan.folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

async function untilAnswering(child: ChildProcess, plan: ServerPlan): Promise<void> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data));
  const limitMs = performance.now() + START_LIMIT_MS;
  while (!(await plan.answers().catch(() => false))) {
    if (child.exitCode !== null || performance.now() > limitMs) {
      throw new Error(`${plan.command} did not start on port ${plan.port}:\n${output}`);
    }
    await sleep(20);
  }
}

/** A signal to a process and its children: Postgres gives each of its own a session. */
function signalTree(pid: number, signal: NodeJS.Signals): void {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const children = pairs.filter(([, parent]) => parent === pid).map(([child]) => child);
  for (const one of [pid, ...children]) {
    try {
      if (one !== undefined) process.kill(one, signal);
    } catch {} // it ended on its own meanwhile
  }
}

/** A temporary folder that `user` may write. */
export function temporaryFolder(name: string, user: ServerPlan['user'] = null): string {
  const folder = mkdtempSync(join(tmpdir(), `atmr-ml-${name}-`));
  if (user !== null) chownSync(folder, user.uid, user.gid);
  return folder;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('expected a TCP address');
  return address.port;
}

/** Where the first of `names` is, on PATH or in `folders`; otherwise an error that says what to install. */
export function findBinary(names: readonly string[], folders: readonly string[], install: string): string {
  const places = [...(process.env.PATH ?? '').split(delimiter), ...folders];
  for (const path of names.flatMap((name) => places.map((place) => join(place, name)))) {
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {} // not here
  }
  throw new Error(`These tests need ${names.join(' or ')}. Install it: ${install}`);
}

/** Some servers refuse to run as root: the account to use instead, `null` when we are not root. */
export function unprivilegedUser(): ServerPlan['user'] {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const account =
    accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  if (account === undefined) throw new Error('expected an account postgres or nobody in /etc/passwd');
  return { uid: Number(account[2]), gid: Number(account[3]) };
}
