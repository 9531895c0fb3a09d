import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AtmrError, messageOf } from '../errors.js';
import { t } from '../wording/t.js';

/** A file to read, and how messages name it. */
export interface TextFile {
  readonly name: string;
  /** Opened lazily, so that a file that is not there is an error of the reading. */
  open(): Readable;
}

export const standardInputName = (): string => t`standard input`;

/** The file at `path`; `-` is the given standard input. */
export function textFile(path: string, stdin: Readable | undefined): TextFile {
  if (path !== '-') return { name: path, open: () => createReadStream(path) };
  if (stdin === undefined) throw new AtmrError('USAGE', t`Standard input cannot be read here. Name a file.`);
  return { name: standardInputName(), open: () => stdin };
}

/**
 * The text of a file in pieces: gunzipped when it is gzip, decoded from UTF-8 or, by its byte order mark, from
 * UTF-16. Throws BAD_INPUT when it cannot be opened, is cut short, or is not text.
 */
export async function* readText(file: TextFile): AsyncGenerator<string> {
  const source = file.open();
  try {
    yield* decode(await unzip(source), file.name);
  } catch (thrown) {
    throw thrown instanceof AtmrError ? thrown : unreadable(file.name, thrown);
  } finally {
    source.destroy();
  }
}

/** Gzip is known by its first two bytes, whatever the file is called. */
async function unzip(source: Readable): Promise<AsyncIterable<Uint8Array>> {
  const bytes = await peek(source, 2);
  if (bytes.head[0] !== 0x1f || bytes.head[1] !== 0x8b) return bytes.all;
  const gunzip = createGunzip();
  // The reader of `gunzip` meets every error of the pipeline; there is nothing left to tell here.
  pipeline(bytes.all, gunzip, () => {});
  return gunzip;
}

async function* decode(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<string> {
  const bytes = await peek(source, 2);
  if (bytes.head[0] === 0x50 && bytes.head[1] === 0x4b) throw archived(name);
  const decoder = new TextDecoder(encodingOf(bytes.head), { fatal: true });
  try {
    for await (const piece of bytes.all) {
      const text = decoder.decode(piece, { stream: true });
      if (text.includes('\0')) throw notText(name);
      if (text !== '') yield text;
    }
    decoder.decode();
  } catch (thrown) {
    throw codeOf(thrown) === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? notText(name, thrown) : thrown;
  }
}

function encodingOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** At least the first `size` bytes, unless there are fewer, and all bytes including those. */
async function peek(source: AsyncIterable<Uint8Array>, size: number) {
  const rest = source[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < size) {
    const next = await rest.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield head;
    yield* { [Symbol.asyncIterator]: () => rest };
  }
  return { head, all: all() };
}

/** The files of spreadsheet programs are zip archives: both begin with "PK", which no table does. */
function archived(name: string): AtmrError {
  const fact = t`${name} is a spreadsheet or a zip archive; expected text`;
  return new AtmrError('BAD_INPUT', t`${fact}. Export it as CSV, or take it out of the archive.`);
}

function notText(name: string, cause?: unknown): AtmrError {
  const fact = t`${name} is not text: it is binary, or in another encoding than UTF-8 or marked UTF-16.`;
  return new AtmrError('BAD_INPUT', t`${fact} Save it as UTF-8.`, { cause });
}

const REASONS: Readonly<Record<string, () => string>> = {
  ENOENT: () => t`there is no such file. Check the path.`,
  EISDIR: () => t`it is a folder. Name a file in it.`,
  EACCES: () => t`it may not be read. Check its permissions.`,
  EPERM: () => t`it may not be read. Check its permissions.`,
  Z_BUF_ERROR: () => t`its gzip data are cut short. Copy or compress it again.`,
  Z_DATA_ERROR: () => t`its gzip data are damaged. Copy or compress it again.`,
};

function unreadable(name: string, cause: unknown): AtmrError {
  const reason = REASONS[codeOf(cause)]?.() ?? `${messageOf(cause)}.`;
  return new AtmrError('BAD_INPUT', t`Cannot read ${name}: ${reason}`, { cause });
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}
