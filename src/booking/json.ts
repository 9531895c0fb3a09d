import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import { type LineBatch, MAX_RECORD_CHARACTERS, tooLong } from './lines.js';

/** One element of a JSON document or one line of NDJSON. */
export interface JsonItem {
  /** The 1-based line of NDJSON, or the ordinal in a JSON array. */
  readonly place: number;
  /** `undefined` for a line that is not JSON. */
  readonly value: unknown;
}

/** The values of an NDJSON file, one a line, in batches; blank lines are left out. */
export async function* readNdjson(lines: AsyncIterable<LineBatch>): AsyncGenerator<JsonItem[]> {
  for await (const { first, texts } of lines) {
    yield texts.flatMap((text, i) =>
      text.trim() === '' ? [] : { place: first + i, value: parseOrUndefined(text) },
    );
  }
}

/**
 * The elements of a JSON array, or of the `bookings` array of a JSON object (`path` says which), in batches and
 * without holding the document. Throws BAD_INPUT for text that is not JSON or an element above 1 MiB.
 */
export async function* readJsonArray(
  pieces: AsyncIterable<string>,
  path: '$.*' | '$.bookings.*',
  name: string,
): AsyncGenerator<JsonItem[]> {
  const { JSONParser } = await import('@streamparser/json');
  const parser = new JSONParser({ paths: [path], keepStack: false });
  let items: JsonItem[] = [];
  let place = 0;
  let sinceItem = 0;
  parser.onValue = ({ value }) => {
    place += 1;
    sinceItem = 0;
    items.push({ place, value });
  };
  for await (const piece of pieces) {
    sinceItem += piece.length;
    if (!succeeds(() => parser.write(piece))) throw notJson(name, place);
    if (sinceItem > MAX_RECORD_CHARACTERS + piece.length) throw tooLong(t`${name}, after booking ${place},`);
    yield items;
    items = [];
  }
  if (!succeeds(() => parser.isEnded || parser.end())) throw cutShort(name, place);
}

/** What the parser says about its own states tells nobody where to look; the last whole booking does. */
function succeeds(step: () => unknown): boolean {
  try {
    step();
    return true;
  } catch {
    return false;
  }
}

function notJson(name: string, place: number): AtmrError {
  const where = place === 0 ? t`from its beginning` : t`after booking ${place}`;
  return new AtmrError(
    'BAD_INPUT',
    t`${name} is not JSON ${where}. Check the commas, quotes and brackets there.`,
  );
}

function cutShort(name: string, place: number): AtmrError {
  const fact = t`${name} ends in the middle of its JSON, after booking ${place}`;
  return new AtmrError('BAD_INPUT', t`${fact}. Copy it again, to its end.`);
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
