import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';

/** Consecutive lines of a file, without their ends; `first` is the 1-based number of the first. */
export interface LineBatch {
  readonly first: number;
  readonly texts: readonly string[];
}

/** The longest line, or booking, that is taken: a file without line ends must not fill the memory. */
export const MAX_RECORD_CHARACTERS = 1 << 20;

/**
 * Splits text into lines, in batches as they arrive. A line ends with LF, CRLF or CR. Throws BAD_INPUT for a
 * line above {@link MAX_RECORD_CHARACTERS}, at once and not at its end.
 */
export async function* readLines(pieces: AsyncIterable<string>, name: string): AsyncGenerator<LineBatch> {
  let first = 1;
  let rest = '';
  let afterReturn = false;
  for await (const piece of pieces) {
    const text = rest + (afterReturn && piece.startsWith('\n') ? piece.slice(1) : piece);
    afterReturn = piece.endsWith('\r');
    const texts = text.split(text.includes('\r') ? /\r\n|\r|\n/ : '\n');
    if (text.length > MAX_RECORD_CHARACTERS) refuseLongLines(texts, first, name);
    rest = texts.pop() ?? '';
    if (texts.length > 0) yield { first, texts };
    first += texts.length;
  }
  if (rest !== '') yield { first, texts: [rest] };
}

function refuseLongLines(texts: readonly string[], first: number, name: string): void {
  const long = texts.findIndex((text) => text.length > MAX_RECORD_CHARACTERS);
  if (long >= 0) throw tooLong(t`${name} line ${first + long}`);
}

/** The error for a record that never seems to end; `where` names the file and the place in it. */
export function tooLong(where: string): AtmrError {
  const fact = t`${where} is longer than 1 MiB, which no booking is`;
  return new AtmrError(
    'BAD_INPUT',
    t`${fact}. Check that it is CSV, JSON or NDJSON and its quotes are closed.`,
  );
}
