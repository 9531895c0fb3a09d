/** The columns of a row: numbers and truth values as such, anything else as Postgres writes it; `null` is NULL. */
export type Cells = readonly (string | number | boolean | null)[];

/** How a column comes: as its own bytes, or as the text that Postgres makes of it. */
export type CellFormat = keyof typeof READERS;

/** By the OID of a type; the bytes of any other would have to be understood here, so it is cast to text. */
const FORMATS: ReadonlyMap<number, CellFormat> = new Map([
  [16, 'bool'],
  [20, 'int8'],
  [21, 'int2'],
  [23, 'int4'],
  [25, 'text'],
  [701, 'float8'],
  [1043, 'text'],
]);

const READERS = {
  bool: (bytes: Buffer, at: number) => bytes[at] !== 0,
  int2: (bytes: Buffer, at: number) => bytes.readInt16BE(at),
  int4: (bytes: Buffer, at: number) => bytes.readInt32BE(at),
  int8: readInt8,
  float8: (bytes: Buffer, at: number) => bytes.readDoubleBE(at),
  text: readText,
  /** No text, but cast to it. */
  cast: readText,
} satisfies Record<string, (bytes: Buffer, at: number, length: number) => string | number | boolean>;

export function cellFormat(typeOid: number): CellFormat {
  return FORMATS.get(typeOid) ?? 'cast';
}

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** The signature, flags and the length of an extension that nobody has defined. */
const HEADER_BYTES = SIGNATURE.length + 8;
const END = -1;

/**
 * A function that takes the bytes of `COPY … TO STDOUT (FORMAT binary)` as they come and gives the rows that are
 * whole. Throws for bytes that are no such thing.
 * Source: https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format".
 */
export function binaryRowReader(formats: readonly CellFormat[]): (piece: Buffer) => Cells[] {
  const readers = formats.map((format) => READERS[format]);
  let rest: Buffer = Buffer.alloc(0);
  let begun = false;
  let ended = false;
  return (piece) => {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let at = 0;
    if (!begun) {
      if (bytes.length < HEADER_BYTES) {
        rest = bytes;
        return [];
      }
      if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new Error('no binary COPY');
      begun = true;
      at = HEADER_BYTES;
    }
    const rows: Cells[] = [];
    while (!ended) {
      const end = rowEnd(bytes, at, readers.length);
      if (end === null) break;
      ended = end === END;
      if (ended) break;
      rows.push(readRow(bytes, at + 2, readers));
      at = end;
    }
    rest = bytes.subarray(at);
    return rows;
  };
}

/** Where the row at `at` ends; `null` while it is not whole, {@link END} after the last. */
function rowEnd(bytes: Buffer, at: number, columns: number): number | null {
  if (at + 2 > bytes.length) return null;
  const count = bytes.readInt16BE(at);
  if (count === END) return END;
  if (count !== columns) throw new Error(`a row of ${count} columns where ${columns} were asked for`);
  let end = at + 2;
  for (let column = 0; column < columns; column += 1) {
    if (end + 4 > bytes.length) return null;
    end += 4 + Math.max(0, bytes.readInt32BE(end));
  }
  return end > bytes.length ? null : end;
}

function readRow(bytes: Buffer, start: number, readers: readonly (typeof READERS)[CellFormat][]): Cells {
  const cells: (string | number | boolean | null)[] = new Array(readers.length);
  let at = start;
  for (let column = 0; column < readers.length; column += 1) {
    const length = bytes.readInt32BE(at);
    at += 4;
    cells[column] = length < 0 ? null : readers[column]!(bytes, at, length);
    at += Math.max(0, length);
  }
  return cells;
}

function readText(bytes: Buffer, at: number, length: number): string {
  return bytes.toString('utf8', at, at + length);
}

/** As text beyond what a double holds exactly: an id keeps all its digits. */
function readInt8(bytes: Buffer, at: number): number | string {
  const number = bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
  return Number.isSafeInteger(number) ? number : String(bytes.readBigInt64BE(at));
}
