import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import {
  findBinary,
  freePort,
  startServer,
  type TestServer,
  temporaryFolder,
  unprivilegedUser,
} from './process.js';

const INSTALL = 'apt-get install postgresql (Debian, Ubuntu) or brew install postgresql (macOS)';
const DEBIAN_FOLDER = '/usr/lib/postgresql';

/** A Postgres server whose user `postgres` and database `postgres` are in `url`, with a password to hide. */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const user = unprivilegedUser();
  const folder = temporaryFolder('postgres', user);
  const data = join(folder, 'data');
  execFileSync('cp', ['-R', emptyCluster(user), data], { cwd: folder, ...user, stdio: 'pipe' });
  const port = await freePort();
  const url = `postgresql://postgres:not-for-messages@127.0.0.1:${port}/postgres`;
  const options = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off', ...settings };
  const args = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return await startServer({
    port,
    url,
    folder,
    command: binary('postgres'),
    args: ['-D', data, '-p', String(port), ...args],
    user,
    answers: () => answers(url),
  });
}

let empty: string | null = null;

/** What initdb makes, for servers to begin with a copy: it takes a second each time. */
function emptyCluster(user: ReturnType<typeof unprivilegedUser>): string {
  if (empty !== null) return empty;
  const folder = temporaryFolder('postgres-empty', user);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  empty = join(folder, 'data');
  const init = ['-D', empty, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(binary('initdb'), init, { cwd: folder, ...user, stdio: 'pipe' });
  return empty;
}

function binary(name: string): string {
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER).sort().reverse() : [];
  // Debian's folders first: a wrapper on PATH may belong to another version.
  const folders = versions.map((version) => join(DEBIAN_FOLDER, version, 'bin'));
  const debian = folders.map((folder) => join(folder, name)).find(existsSync);
  return debian ?? findBinary([name], folders, INSTALL);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } finally {
    await client.end().catch(() => {});
  }
}
