import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import { type LineBatch, MAX_RECORD_CHARACTERS, tooLong } from './lines.js';

/** One row of a CSV file: its cells as text, or `null` when its quotes are broken. */
export interface CsvRow {
  /** The 1-based line on which the row starts. */
  readonly line: number;
  readonly cells: readonly string[] | null;
}

/** The text of one row, which spans lines when a quoted cell does. */
interface RowText {
  readonly line: number;
  readonly text: string;
}

type ParseCsv = typeof import('csv-parse/sync').parse;

const SPACE = 32;
const DELIMITERS = [',', ';', '\t'];

/**
 * The rows of a CSV file, its header included, in batches; blank lines are left out. The delimiter is the first
 * of comma, semicolon and tab that the header has. Throws BAD_INPUT for a quote that is never closed.
 */
export async function* readCsvRows(lines: AsyncIterable<LineBatch>, name: string): AsyncGenerator<CsvRow[]> {
  const { parse } = await import('csv-parse/sync');
  const assembler = assembleRows(name);
  let delimiter: string | undefined;
  for await (const { first, texts } of lines) {
    if (delimiter !== undefined && !assembler.isOpen() && !texts.some(hasQuote)) {
      yield splitLines(first, texts, delimiter);
      continue;
    }
    const rows = texts.flatMap((text, i) => assembler.add(first + i, text) ?? []);
    if (rows.length === 0) continue;
    delimiter ??= DELIMITERS.find((mark) => rows[0]!.text.includes(mark)) ?? ',';
    yield splitRows(rows, delimiter, parse);
  }
  assembler.end();
}

/** Puts lines together to rows: the line ends inside a quoted cell end no row. */
function assembleRows(name: string) {
  let open: { line: number; texts: string[]; length: number } | null = null;
  return {
    isOpen: () => open !== null,
    /** The row that this line completes, if any. */
    add(line: number, text: string): RowText | null {
      const turns = hasOddQuotes(text);
      if (open === null && !turns) return isBlank(text) ? null : { line, text };
      open ??= { line, texts: [], length: 0 };
      open.texts.push(text);
      open.length += text.length + 1;
      if (open.length > MAX_RECORD_CHARACTERS) throw tooLong(t`${name}, the row from line ${open.line},`);
      if (!turns || open.texts.length === 1) return null;
      const row = { line: open.line, text: open.texts.join('\n') };
      open = null;
      return row;
    },
    end(): void {
      if (open !== null) throw neverClosed(name, open.line);
    },
  };
}

/** Without a quote a row is its text cut at the delimiters, six times faster than any parser. */
function splitLines(first: number, texts: readonly string[], delimiter: string): CsvRow[] {
  const rows: CsvRow[] = [];
  for (let i = 0; i < texts.length; i += 1) {
    const text = texts[i]!;
    if (!isBlank(text)) rows.push({ line: first + i, cells: text.split(delimiter) });
  }
  return rows;
}

/** Rows without a quote are cut at the delimiters; the rest is parsed. */
function splitRows(rows: readonly RowText[], delimiter: string, parse: ParseCsv): CsvRow[] {
  const split: CsvRow[] = [];
  let quoted: RowText[] = [];
  for (const row of rows) {
    if (hasQuote(row.text)) {
      quoted.push(row);
      continue;
    }
    if (quoted.length > 0) split.push(...parseQuoted(quoted, delimiter, parse));
    quoted = [];
    split.push({ line: row.line, cells: row.text.split(delimiter) });
  }
  if (quoted.length > 0) split.push(...parseQuoted(quoted, delimiter, parse));
  return split;
}

/**
 * Rows with quotes go through csv-parse, many at once because each call costs as much as ten rows. If any is
 * broken, they go one by one, so that the broken one alone is lost.
 */
function parseQuoted(rows: readonly RowText[], delimiter: string, parse: ParseCsv): CsvRow[] {
  const parsed = tryParse(rows.map(({ text }) => text).join('\n'), delimiter, parse);
  if (parsed?.length === rows.length) return rows.map(({ line }, i) => ({ line, cells: parsed[i]! }));
  return rows.map(({ line, text }) => {
    const alone = tryParse(text, delimiter, parse);
    return { line, cells: alone?.length === 1 ? alone[0]! : null };
  });
}

function tryParse(text: string, delimiter: string, parse: ParseCsv): string[][] | null {
  try {
    return parse(text, { delimiter, relax_column_count: true });
  } catch {
    return null;
  }
}

function hasQuote(text: string): boolean {
  return text.includes('"');
}

function isBlank(text: string): boolean {
  return text === '' || (text.charCodeAt(0) <= SPACE && text.trim() === '');
}

function hasOddQuotes(text: string): boolean {
  let odd = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

function neverClosed(name: string, line: number): AtmrError {
  return new AtmrError(
    'BAD_INPUT',
    t`${name} line ${line}: a quote opens here and is never closed. Close it.`,
  );
}
