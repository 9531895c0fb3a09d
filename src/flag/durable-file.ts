import { randomUUID } from 'node:crypto';
import { link, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Replaces a file so that a crash leaves the old content or the new, never a part: temp, fsync, rename, fsync. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeSynced(temporary, text);
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw thrown;
  }
  await syncFolder(dirname(path));
}

/**
 * Creates a file that must not exist yet; when this returns, a power cut does not lose it. Its name appears only
 * with its whole content: nobody reads half of it.
 */
export async function createFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeSynced(temporary, text);
    // Unlike a rename, a link refuses a name that is taken.
    await link(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(path));
}

/** Every `.json` document in a folder, by path. A file that vanishes meanwhile is no file. */
export async function readDocuments(folder: string): Promise<Map<string, unknown>> {
  const documents = new Map<string, unknown>();
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.json')) continue;
    const path = join(folder, name);
    const text = await readFile(path, 'utf8').catch(ifMissing);
    if (text !== null) documents.set(path, parseOrNull(text));
  }
  return documents;
}

/** Removes files; those already gone are no error. */
export async function removeFiles(paths: readonly string[]): Promise<void> {
  for (const path of paths) await rm(path, { force: true });
}

/** When a file was last written, by its file system's clock; `null` when it is gone. */
export async function writtenMs(path: string): Promise<number | null> {
  return (await stat(path).catch(ifMissing))?.mtimeMs ?? null;
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The name in its folder is durable only once the folder is. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Turns the absence of a file into `null`. */
export function ifMissing(thrown: NodeJS.ErrnoException): null {
  if (thrown.code === 'ENOENT') return null;
  throw thrown;
}

/** A journal file that a crash cut short is still a forced off: its name says which. */
function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
