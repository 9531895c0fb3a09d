import { randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync } from 'node:fs';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { AtmrError, reasonOf } from './errors.js';
import { whenInterrupted } from './interruption.js';
import { t } from './wording/t.js';

/** A file that appears under its name whole, or not at all. Writing throws USAGE naming the path and why. */
export interface WholeFile {
  /** Gathers text; bytes are written at once. */
  write(piece: string | Uint8Array): Promise<void>;
  /** Gives the file its name. */
  finish(): Promise<void>;
  /** Leaves nothing behind; does nothing once finished. */
  abandon(): Promise<void>;
}

/** Where the text goes and what makes it final. */
interface Destination {
  readonly file: FileHandle;
  name(): Promise<void>;
  remove(): Promise<void>;
  failure(cause: unknown): AtmrError;
}

const BUFFERED_CHARACTERS = 1 << 16;

/**
 * Opens a file for writing under a temporary name beside `path`. USAGE, naming the path and `flag`, when
 * the place cannot be written to.
 */
export async function openWholeFile(path: string, flag: string): Promise<WholeFile> {
  const target = await realpath(path).catch(() => path);
  const existing = await stat(target).catch(() => null);
  if (existing?.isDirectory()) throw unwritable(path, flag, t`it is a folder`);
  // A rename would put a file in the place of a device such as /dev/stdout.
  const direct = existing !== null && !existing.isFile();
  const written = direct ? target : `${target}.${randomUUID()}.part`;
  const failure = (cause: unknown): AtmrError => unwritable(path, flag, reasonOf(cause), cause);
  const forget = direct ? () => {} : createdUntilInterrupted(written, failure);
  const file = await open(written, 'w').catch((cause: unknown) => {
    if (!direct) rmSync(written, { force: true });
    forget();
    throw failure(cause);
  });
  if (direct) return buffered({ file, failure, name: async () => {}, remove: async () => {} });
  return buffered({
    file,
    failure,
    name: () => rename(written, target).then(forget),
    remove: () => rm(written, { force: true }).then(forget),
  });
}

/** Makes the file and has it removed on an interruption, in one step: no signal is heard in between. */
function createdUntilInterrupted(path: string, failure: (cause: unknown) => AtmrError): () => void {
  try {
    closeSync(openSync(path, 'wx'));
  } catch (cause) {
    throw failure(cause);
  }
  return whenInterrupted(() => rmSync(path, { force: true }));
}

/** {@link openWholeFile} for what comes in pieces. */
export async function writeWholeFile(
  path: string,
  flag: string,
  pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const file = await openWholeFile(path, flag);
  try {
    for await (const piece of pieces) await file.write(piece);
    await file.finish();
  } finally {
    await file.abandon();
  }
}

function buffered({ file, name, remove, failure }: Destination): WholeFile {
  let buffer = '';
  let settled = false;
  const attempt = (step: () => Promise<void>): Promise<void> =>
    step().catch((cause: unknown) => {
      throw failure(cause);
    });
  const flush = async (): Promise<void> => {
    const text = buffer;
    buffer = '';
    // Unlike `write`, this goes on until all of it is written.
    await file.appendFile(text);
  };
  const write = async (piece: string | Uint8Array): Promise<void> => {
    if (typeof piece !== 'string') {
      await flush();
      return file.appendFile(piece);
    }
    buffer += piece;
    if (buffer.length >= BUFFERED_CHARACTERS) await flush();
  };
  const finish = async (): Promise<void> => {
    await flush();
    await file.sync().catch(() => {}); // a pipe cannot be synced
    await file.close();
    await name();
    settled = true;
  };
  return {
    write: (piece) => attempt(() => write(piece)),
    finish: () => attempt(finish),
    abandon: async () => {
      if (settled) return;
      settled = true;
      await file.close().catch(() => {}); // it may be closed, or on a disk that is full
      await remove();
    },
  };
}

function unwritable(path: string, flag: string, reason: string, cause?: unknown): AtmrError {
  const remedy = t`Give ${flag} a file in a folder that exists and may be written to, with room for it.`;
  return new AtmrError('USAGE', t`${path} cannot be written: ${reason}. ${remedy}`, { cause });
}
