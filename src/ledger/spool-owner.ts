import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { ifMissing, writtenMs } from '../flag/durable-file.js';

/** Whose spool it is. */
export interface SpoolOwner {
  readonly folder: string;
  /** A start of a process; no two are named alike. */
  readonly instance: string;
  readonly host: string;
  readonly pid: number;
  /** Names the ledger: the rows of another one stay where they are. */
  readonly ledger: string;
  isRunning(pid: number): boolean;
}

/** The files of a process that is gone, oldest first. */
export interface LeftBehind {
  readonly paths: readonly string[];
  readonly lease: string;
}

/** A process of another host whose lease is this old is dead: it would have renewed it each minute. */
const STALE_MS = 600_000;

export function spoolPath(folder: string, instance: string, number: number): string {
  return join(folder, `${instance}-${number}.ndjson`);
}

/** What dead processes left for this ledger. `freshMs` tells what time the file system has. */
export async function leftBehind(
  owner: SpoolOwner,
  freshMs: () => Promise<number>,
): Promise<readonly LeftBehind[]> {
  const left: LeftBehind[] = [];
  for (const [instance, numbers] of await numbersByInstance(owner.folder)) {
    const lease = join(owner.folder, `${instance}.json`);
    if (instance === owner.instance || !(await isLeft(lease, owner, freshMs))) continue;
    const inOrder = numbers.sort((a, b) => a - b);
    left.push({ lease, paths: inOrder.map((number) => spoolPath(owner.folder, instance, number)) });
  }
  return left;
}

async function numbersByInstance(folder: string): Promise<ReadonlyMap<string, number[]>> {
  const names = (await readdir(folder).catch(ifMissing)) ?? [];
  const found = new Map<string, number[]>();
  for (const name of names.sort()) {
    const [, instance, number] = /^(.+)-(\d+)\.ndjson$/.exec(name) ?? [];
    if (instance === undefined) continue;
    found.set(instance, [...(found.get(instance) ?? []), Number(number)]);
  }
  return found;
}

const leaseSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ host: v.string(), pid: v.number(), ledger: v.string() }),
);

/** Without a lease that can be read, nobody is there to claim the files. */
async function isLeft(lease: string, owner: SpoolOwner, freshMs: () => Promise<number>): Promise<boolean> {
  const read = v.safeParse(leaseSchema, await readFile(lease, 'utf8').catch(ifMissing));
  if (!read.success) return true;
  const { host, pid, ledger } = read.output;
  if (ledger !== owner.ledger) return false;
  // In a container, every start may have the same number.
  if (host === owner.host) return pid === owner.pid || !owner.isRunning(pid);
  // Another container's process may be alive behind a number that means nothing here.
  const renewedMs = await writtenMs(lease);
  return renewedMs !== null && (await freshMs()) - renewedMs > STALE_MS;
}
