import { watch } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { AtmrError, messageOf } from '../errors.js';
import { makeFolder, PRIVATE } from '../make-folder.js';
import { t } from '../wording/t.js';
import { flagSchema, markSchema } from './documents.js';
import { createFile, readDocuments, removeFiles, replaceFile, writtenMs } from './durable-file.js';
import { type Peers, peersOn } from './peers.js';
import { EMPTY_STATE, join as joinStates, type Mark, type State } from './state.js';

/** This machine's own memory of one flag: it answers when no store does. */
export interface Disk {
  /** Everything this machine's processes knew of this record, and the journal. Read once, at start. */
  load(): Promise<State>;
  /** Makes `state` part of what this instance will know after a crash; nothing that was saved is lost by it. */
  save(state: State): Promise<void>;
  /** The forced offs made on this machine that the record is not known to have. */
  journal(): Promise<readonly Mark[]>;
  /** Those made for another record: they hold nothing off here and are sent nowhere from here. */
  foreignJournal(): Promise<readonly Mark[]>;
  /** Writes a mark to the journal; when it returns, this machine's readers are off. */
  addMark(mark: Mark): Promise<void>;
  dropMarks(ids: readonly string[]): Promise<void>;
  /** Calls `onChange` when the journal may have changed. Returns how to stop. */
  watchJournal(onChange: () => void): () => void;
  /** The instances that can be asked themselves. */
  readonly peers: Peers;
}

/** Whose memory it is. `fingerprint` tells records apart: a changed URL is not a regression. */
export interface DiskOwner {
  readonly home: string;
  readonly key: string;
  readonly instance: string;
  readonly host: string;
  readonly pid: number;
  readonly fingerprint: string;
  isRunning(pid: number): boolean;
}

/** How long the memory of a process that seems dead is kept, by the file system's clock. */
const KEEP_MEMORY_MS = 24 * 3600 * 1000;

const journaledSchema = v.object({ ...markSchema.entries, fingerprint: v.string() });

const memorySchema = v.object({
  fingerprint: v.string(),
  host: v.string(),
  pid: v.number(),
  state: v.object({
    flag: v.nullable(flagSchema),
    marks: v.record(v.string(), markSchema),
    ended: v.record(v.string(), v.number()),
  }),
});

/** Opens the journal and the last-known-good files of one flag, making their folders. BAD_CONFIG when it cannot. */
export async function openDisk(owner: DiskOwner): Promise<Disk> {
  const journalFolder = join(owner.home, 'off', encodeURIComponent(owner.key));
  const memoryFolder = join(owner.home, 'lkg', encodeURIComponent(owner.key));
  await makeFolders(owner.home, [journalFolder, memoryFolder]);
  const ownFile = join(memoryFolder, `${encodeURIComponent(owner.instance)}.json`);
  let leftBehind: readonly LeftBehind[] = [];
  let saved = EMPTY_STATE;
  let earlier: Promise<unknown> = Promise.resolve();

  return {
    async load() {
      const memory = await readMemory(memoryFolder, owner);
      leftBehind = memory.leftBehind.filter(({ path }) => path !== ownFile);
      return joinStates(memory.state, marksOnly((await readJournal(journalFolder, owner)).own));
    },
    save(state) {
      // One at a time, and never less than before: two savers of one process must not undo each other.
      const done = earlier.then(async () => {
        const { fingerprint, host, pid } = owner;
        const joined = joinStates(saved, state);
        await replaceFile(ownFile, JSON.stringify({ fingerprint, host, pid, state: joined }));
        saved = joined;
        // Only now is what the dead processes knew in a file of the living.
        await removeOld(leftBehind, ownFile);
        leftBehind = [];
      });
      earlier = done.catch(() => {});
      return done;
    },
    peers: peersOn(owner.home, owner.key, owner.fingerprint),
    journal: async () => (await readJournal(journalFolder, owner)).own,
    foreignJournal: async () => (await readJournal(journalFolder, owner)).foreign,
    addMark(mark) {
      const { fingerprint } = owner;
      return createFile(join(journalFolder, `${mark.id}.json`), JSON.stringify({ ...mark, fingerprint }));
    },
    dropMarks: (ids) => removeFiles(ids.map((id) => join(journalFolder, `${id}.json`))),
    watchJournal(onChange) {
      try {
        const watcher = watch(journalFolder, onChange);
        watcher.on('error', () => {});
        return () => watcher.close();
      } catch {
        // This system watches no more files; the reader looks every second as well.
        return () => {};
      }
    },
  };
}

/**
 * Stands in for a disk that could not be opened: whatever needs it rejects with `failure`, and what does not need
 * it, such as a forced off in the stores, works.
 */
export function missingDisk(failure: unknown): Disk {
  const refuse = () => Promise.reject(failure);
  return {
    ...{ load: refuse, save: refuse, journal: refuse, foreignJournal: refuse },
    ...{ addMark: refuse, dropMarks: refuse },
    watchJournal: () => () => {},
    peers: { read: async () => [], remember: refuse },
  };
}

/**
 * Saves what a writer learned, if that is possible: what it wrote is in the stores already, and a full disk must
 * not make a failure of it.
 */
export async function rememberLearned(disk: Disk, state: State): Promise<void> {
  await disk.save(state).catch(() => {});
}

/** A state that knows nothing but these marks. */
export function marksOnly(marks: readonly Mark[]): State {
  return { ...EMPTY_STATE, marks: Object.fromEntries(marks.map((mark) => [mark.id, mark])) };
}

async function makeFolders(home: string, folders: readonly string[]): Promise<void> {
  try {
    for (const folder of folders) makeFolder(folder, PRIVATE);
  } catch (cause) {
    throw new AtmrError(
      'BAD_CONFIG',
      t`${home} cannot be written: ${messageOf(cause)}. Set ATMR_ML_HOME to a folder this user may write.`,
      { cause },
    );
  }
}

async function readMemory(folder: string, owner: DiskOwner) {
  let state = EMPTY_STATE;
  const leftBehind: LeftBehind[] = [];
  for (const [path, document] of await readDocuments(folder)) {
    const readMs = await writtenMs(path);
    const memory = v.safeParse(memorySchema, document);
    if (!memory.success || memory.output.fingerprint !== owner.fingerprint) continue;
    state = joinStates(state, memory.output.state);
    const { host, pid } = memory.output;
    if (host === owner.host && !owner.isRunning(pid)) leftBehind.push({ path, readMs });
  }
  return { state, leftBehind };
}

/** A file of a process that is not there any more, or not to be seen from here. */
interface LeftBehind {
  readonly path: string;
  /** When it had been written when it was read. */
  readonly readMs: number | null;
}

/** Another container's process may be alive behind a number that means nothing here: what is fresh stays. */
async function removeOld(files: readonly LeftBehind[], ownFile: string): Promise<void> {
  const nowMs = (await writtenMs(ownFile)) ?? 0;
  for (const { path, readMs } of files) {
    if (readMs === null || nowMs - readMs < KEEP_MEMORY_MS) continue;
    if ((await writtenMs(path)) === readMs) await removeFiles([path]);
  }
}

/** A mark counts for the record it was made for: staging's fire must not put production off. */
async function readJournal(folder: string, { fingerprint }: DiskOwner) {
  const own: Mark[] = [];
  const foreign: Mark[] = [];
  for (const [path, document] of await readDocuments(folder)) {
    const journaled = v.safeParse(journaledSchema, document);
    if (!journaled.success) {
      own.push(unreadableMark(basename(path, '.json')));
      continue;
    }
    const { fingerprint: madeFor, ...mark } = journaled.output;
    (madeFor === fingerprint ? own : foreign).push(mark);
  }
  return { own, foreign };
}

/** The power went while the file was written: who and why are lost, that it is off is not. */
function unreadableMark(id: string): Mark {
  return { id, at: new Date(0).toISOString(), by: 'unknown', reason: 'unreadable journal file', host: '' };
}
