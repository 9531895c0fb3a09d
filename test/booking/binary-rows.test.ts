import fc from 'fast-check';
import { expect, it } from 'vitest';
import { binaryRowReader, type CellFormat, type Cells, cellFormat } from '../../src/booking/binary-rows.js';

const FORMATS = ['bool', 'int2', 'int4', 'int8', 'float8', 'text'] as const satisfies readonly CellFormat[];

const cells = {
  bool: fc.boolean(),
  int2: fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 }),
  int4: fc.integer(),
  int8: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  float8: fc.double(),
  text: fc.string({ unit: 'grapheme' }),
};

/** As Postgres writes them. */
const encoders: Record<CellFormat, (value: never) => Buffer> = {
  bool: (value: boolean) => Buffer.of(value ? 1 : 0),
  int2: (value: number) => sized(2, (bytes) => bytes.writeInt16BE(value)),
  int4: (value: number) => sized(4, (bytes) => bytes.writeInt32BE(value)),
  int8: (value: bigint) => sized(8, (bytes) => bytes.writeBigInt64BE(value)),
  float8: (value: number) => sized(8, (bytes) => bytes.writeDoubleBE(value)),
  text: (value: string) => Buffer.from(value),
  cast: (value: string) => Buffer.from(value),
};

const tables = fc.array(fc.constantFrom(...FORMATS), { minLength: 1, maxLength: 6 }).chain((formats) =>
  fc.record({
    formats: fc.constant(formats),
    rows: fc.array(fc.tuple(...formats.map((format) => fc.option(cells[format] as fc.Arbitrary<unknown>)))),
  }),
);

it('gives the rows as they were written, wherever the bytes are cut', () => {
  fc.assert(
    fc.property(tables, fc.integer({ min: 1, max: 40 }), ({ formats, rows }, size) => {
      const bytes = Buffer.concat([
        Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'),
        Buffer.alloc(8),
        ...rows.map((row) => encodedRow(formats, row)),
        Buffer.of(0xff, 0xff),
      ]);
      const read = binaryRowReader(formats);
      const found: Cells[] = [];
      for (let at = 0; at < bytes.length; at += size) found.push(...read(bytes.subarray(at, at + size)));
      expect(found).toEqual(rows.map((row) => row.map(plain)));
    }),
  );
});

it('throws for what is no binary COPY, or has other columns', () => {
  expect(() => binaryRowReader(['bool'])(Buffer.alloc(40))).toThrow('no binary COPY');
  const bytes = Buffer.concat([
    Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'),
    Buffer.alloc(8),
    Buffer.of(0, 2),
  ]);
  expect(() => binaryRowReader(['bool'])(bytes)).toThrow('a row of 2 columns where 1 were asked for');
});

it('casts to text what it does not know by its bytes: numeric, float4, timestamps', () => {
  expect([1700, 700, 1184, 1114, 3802].map(cellFormat)).toEqual(['cast', 'cast', 'cast', 'cast', 'cast']);
  expect([16, 20, 21, 23, 25, 701].map(cellFormat)).toEqual([
    'bool',
    'int8',
    'int2',
    'int4',
    'text',
    'float8',
  ]);
});

function encodedRow(formats: readonly CellFormat[], row: readonly unknown[]): Buffer {
  const values = row.map((value, column) => {
    if (value === null) return sized(4, (bytes) => bytes.writeInt32BE(-1));
    const encoded = encoders[formats[column]!](value as never);
    return Buffer.concat([sized(4, (bytes) => bytes.writeInt32BE(encoded.length)), encoded]);
  });
  return Buffer.concat([sized(2, (bytes) => bytes.writeInt16BE(row.length)), ...values]);
}

/** A whole number that a double does not hold keeps its digits as text. */
function plain(value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

function sized(length: number, write: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(length);
  write(bytes);
  return bytes;
}
