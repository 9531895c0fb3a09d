import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ifMissing, replaceFile, syncFolder, writtenMs } from '../flag/durable-file.js';
import { makeFolder, PRIVATE } from '../make-folder.js';
import type { PredictionRow } from './ledger.js';
import { parseSpool, spoolText } from './spool-lines.js';
import { leftBehind, type SpoolOwner, spoolPath } from './spool-owner.js';

/** Rows on this disk that wait for the ledger. One writer at a time. */
export interface Spool {
  /** When it resolves, a power cut does not lose the rows. */
  append(rows: readonly PredictionRow[]): Promise<void>;
  /** The oldest file's rows; `null` when nothing waits. Rows appended later go into another file. */
  oldest(): Promise<SpoolFile | null>;
  /** The ledger has the file's rows. */
  remove(file: SpoolFile): Promise<void>;
  /** Takes over what dead processes left, and tells the rows of each file: they wait like all others. */
  adopt(onRows: (rows: readonly PredictionRow[]) => void): Promise<void>;
  /** Says that this process is alive, to those that cannot see it. */
  beat(): Promise<void>;
  rows(): number;
  corrupt(): number;
  close(): Promise<void>;
}

export interface SpoolFile {
  readonly path: string;
  readonly rows: readonly PredictionRow[];
}

/** A file of this many bytes is followed by another: each is read as a whole. */
const FULL_BYTES = 4_000_000;
interface Waiting {
  readonly path: string;
  rows: number;
  bytes: number;
}

/** The spool in a folder that is made when first needed. Rejections are those of the file system. */
export function openSpool(owner: SpoolOwner): Spool {
  const { folder, instance, host, pid, ledger } = owner;
  const lease = join(folder, `${instance}.json`);
  const sealed: Waiting[] = [];
  let current: (Waiting & { readonly handle: FileHandle }) | null = null;
  let number = 0;
  let corrupt = 0;
  let hasLease = false;

  /** Others leave our files alone from now on. */
  async function renewLease(): Promise<void> {
    makeFolder(folder, PRIVATE);
    await replaceFile(lease, JSON.stringify({ host, pid, ledger }));
    hasLease = true;
  }

  async function begin() {
    if (!hasLease) await renewLease();
    const path = spoolPath(folder, instance, ++number);
    const handle = await open(path, 'ax', 0o600);
    await syncFolder(folder);
    return { path, handle, rows: 0, bytes: 0 };
  }

  async function seal(): Promise<void> {
    if (current === null) return;
    const { handle, ...file } = current;
    current = null;
    sealed.push(file);
    await handle.close();
  }

  /** Of two that want a file, one finds it gone. */
  async function take(path: string): Promise<readonly PredictionRow[]> {
    const own = spoolPath(folder, instance, ++number);
    if ((await rename(path, own).catch(ifMissing)) === null) return [];
    const { rows, skipped } = parseSpool(await readFile(own, 'utf8'));
    corrupt += skipped;
    sealed.push({ path: own, rows: rows.length, bytes: 0 });
    return rows;
  }

  return {
    async append(rows) {
      if (current !== null && current.bytes >= FULL_BYTES) await seal();
      current ??= await begin();
      const text = spoolText(rows);
      try {
        await current.handle.appendFile(text);
        await current.handle.sync();
      } catch (thrown) {
        // It may end in half a line: nothing is written behind that.
        await seal().catch(() => {});
        throw thrown;
      }
      current.rows += rows.length;
      current.bytes += Buffer.byteLength(text);
    },
    async oldest() {
      if (sealed.length === 0) await seal();
      const [file] = sealed;
      if (file === undefined) return null;
      const text = await readFile(file.path, 'utf8').catch(ifMissing);
      return { path: file.path, rows: parseSpool(text ?? '').rows };
    },
    async remove({ path }) {
      await rm(path, { force: true });
      const at = sealed.findIndex((file) => file.path === path);
      if (at >= 0) sealed.splice(at, 1);
    },
    async adopt(onRows) {
      const freshMs = async () => {
        await renewLease();
        return (await writtenMs(lease)) ?? 0;
      };
      for (const left of await leftBehind(owner, freshMs)) {
        if (!hasLease) await renewLease();
        for (const path of left.paths) onRows(await take(path));
        await rm(left.lease, { force: true });
      }
    },
    async beat() {
      if (hasLease) await renewLease();
    },
    rows: () => [...sealed, current].reduce((sum, file) => sum + (file?.rows ?? 0), 0),
    corrupt: () => corrupt,
    async close() {
      await seal();
      if (hasLease && sealed.length === 0) await rm(lease, { force: true });
    },
  };
}
