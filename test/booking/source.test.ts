import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { type BookingFileOptions, openBookings } from '../../src/booking/source.js';
import { AtmrError } from '../../src/errors.js';

const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-bookings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = 'id,scheduled_time,distance_meters,pickup_lat,pickup_lon';
const ROW = '7,2026-03-02 08:30,5200,46.2,6.1';
const CSV = `${HEADER}\n${ROW}\n`;
const OBJECT = { id: 7, scheduled_time: '2026-03-02 08:30', distance_meters: 5200 };

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function read(path: string, options: Partial<BookingFileOptions> = {}) {
  const bookings = [];
  const settings = { timeZone: 'Europe/Zurich', onBadRow: 'fail', ...options } as const;
  for await (const booking of openBookings(path, settings)) bookings.push(booking);
  return bookings;
}

async function idsOf(path: string, options: Partial<BookingFileOptions> = {}): Promise<string[]> {
  return (await read(path, options)).map(({ id }) => id);
}

/** The message of the BAD_INPUT that reading must end with. */
async function refusal(path: string, options: Partial<BookingFileOptions> = {}): Promise<string> {
  const thrown: unknown = await read(path, options).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(AtmrError);
  expect(thrown).toHaveProperty('code', 'BAD_INPUT');
  return thrown instanceof Error ? thrown.message : '';
}

function stdin(...pieces: (string | Uint8Array)[]): Readable {
  return Readable.from(pieces.map((piece) => Buffer.from(piece)));
}

describe('formats', () => {
  test.each([
    ['CSV', 'plain.csv', CSV],
    ['CSV without a last line end', 'unended.csv', CSV.trimEnd()],
    ['CSV with CRLF', 'crlf.csv', CSV.replaceAll('\n', '\r\n')],
    ['CSV with CR', 'cr.csv', CSV.replaceAll('\n', '\r')],
    ['CSV with blank lines', 'blank.csv', `\n${HEADER}\n\n  \n${ROW}\n\n`],
    ['CSV with semicolons', 'semicolons.csv', CSV.replaceAll(',', ';')],
    ['CSV with tabs', 'tabs.tsv', CSV.replaceAll(',', '\t')],
    ['CSV with every cell quoted', 'quoted.csv', CSV.replaceAll(/[^,\n]+/g, '"$&"')],
    ['CSV by its content', 'bookings.txt', CSV],
    ['UTF-8 with a byte order mark', 'bom.csv', `\ufeff${CSV}`],
    ['UTF-16LE', 'utf16le.csv', Buffer.from(`\ufeff${CSV}`, 'utf16le')],
    ['UTF-16BE', 'utf16be.csv', Buffer.from(`\ufeff${CSV}`, 'utf16le').swap16()],
    ['a JSON array', 'array.json', JSON.stringify([OBJECT])],
    ['an indented JSON array', 'indented.json', `\n${JSON.stringify([OBJECT], null, 2)}\n`],
    ['a JSON object', 'object.json', JSON.stringify({ made: 'today', bookings: [OBJECT] }, null, 2)],
    ['a JSON object on one line', 'line.json', JSON.stringify({ bookings: [OBJECT] })],
    ['NDJSON', 'lines.ndjson', `${JSON.stringify(OBJECT)}\n\n`],
    ['NDJSON called JSON', 'lines.json', `${JSON.stringify(OBJECT)}\n`],
    ['NDJSON by its content', 'lines', JSON.stringify(OBJECT)],
    ['gzip', 'plain.csv.gz', gzipSync(CSV)],
    ['gzip by its content', 'zipped.ndjson', gzipSync(JSON.stringify(OBJECT))],
  ])('%s', async (_, name, content) => {
    const [booking, ...others] = await read(file(name, content));
    expect(others).toEqual([]);
    expect(booking).toMatchObject({ id: '7', distanceMeters: 5200, scheduled: { hour: 8 } });
  });

  test('standard input, in pieces that cut a line end, a number and a letter in two', async () => {
    const bytes = Buffer.from(CSV.replace('7,', '7é,').replaceAll('\n', '\r\n'));
    const pieces = [...bytes].map((byte) => Uint8Array.of(byte));
    expect(await idsOf('-', { stdin: stdin(...pieces) })).toEqual(['7é']);
  });

  test('standard input that is not there is a fault of the call', async () => {
    await expect(read('-')).rejects.toMatchObject({ code: 'USAGE' });
  });

  test('quoted cells hold delimiters, quotes and line ends, and lines are still counted right', async () => {
    const rows = [
      '"a,b",2026-03-02 08:30,1,,',
      '"c ""d""",2026-03-02 08:30,1,,',
      '"e\r\n\nf",2026-03-02 08:30,1,,',
    ];
    const path = file('quotes.csv', [HEADER, ...rows, '9,2026-03-02 08:30,-1,,'].join('\r\n'));
    const faults: number[] = [];
    const ids = await idsOf(path, { onBadRow: 'skip', onSkipped: ({ line }) => faults.push(line) });
    expect(ids).toEqual(['a,b', 'c "d"', 'e\n\nf']);
    expect(faults).toEqual([7]);
  });

  test('bookings come in the order of the file', async () => {
    const ids = Array.from({ length: 5000 }, (_, i) => String((i * 7919) % 5000));
    const rows = ids.map((id, i) => `${i % 3 === 0 ? `"${id}"` : id},2026-03-02 08:30,1,,`);
    expect(await idsOf(file('order.csv', [HEADER, ...rows].join('\n')))).toEqual(ids);
  });

  test('objects of one file may have different keys', async () => {
    const lines = [{ id: 1, time_of_day: 8 }, OBJECT, { booking_id: 3, month: 2, notes: 'x' }];
    const path = file('mixed.ndjson', lines.map((line) => JSON.stringify(line)).join('\n'));
    const ignored: string[] = [];
    expect(await idsOf(path, { onIgnoredColumns: (names) => ignored.push(...names) })).toEqual([
      '1',
      '7',
      '3',
    ]);
    expect(ignored).toEqual(['notes']);
  });
});

describe('files that hold no bookings', () => {
  test('standard input, and rows that were all skipped, have remedies of their own', async () => {
    await expect(read('-', { stdin: stdin() })).rejects.toThrow(
      'There are no bookings in standard input. Check the command that writes to it.',
    );
    const path = file('bad.csv', `${HEADER}\n,,,,\n`);
    await expect(read(path, { onBadRow: 'skip' })).rejects.toThrow(
      'all 1 rows were skipped. Correct what was reported of the first.',
    );
  });

  test('bookings without a column for the outcome, where it is needed', async () => {
    const without = file('unsettled.csv', 'id,scheduled_time\n1,2026-03-02 08:30\n');
    expect(await idsOf(without)).toEqual(['1']);
    await expect(read(without, { needsOutcome: true })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('unsettled.csv has no column actual_delay_minutes'),
    });
    const empty = file('later.csv', 'id,scheduled_time,actual_delay_minutes\n1,2026-03-02 08:30,\n');
    expect(await idsOf(empty, { needsOutcome: true })).toEqual(['1']);
    const some = [
      { id: 1, scheduled_time: '2026-03-02 08:30' },
      { ...OBJECT, actual_delay_minutes: 4 },
    ];
    expect(await idsOf(file('some.json', JSON.stringify(some)), { needsOutcome: true })).toEqual(['1', '7']);
  });

  test.each([
    ['empty', 'empty.csv', '', 'There are no bookings in '],
    ['empty JSON', 'empty.json', '', 'There are no bookings in '],
    ['only blank', 'spaces.csv', ' \n\n', 'There are no bookings in '],
    ['header only', 'header.csv', `${HEADER}\n`, 'There are no bookings in '],
    ['an empty array', 'none.json', '[]', 'There are no bookings in '],
    [
      'an object without bookings',
      'other.json',
      '{\n"rides": []}',
      'has no "bookings" array, or it is empty',
    ],
    [
      'wrong columns',
      'wrong.csv',
      'name,age\nx,1\n',
      'has no column id (or booking_id) and no column scheduled_time',
    ],
    ['columns named twice', 'twice.csv', `${HEADER},id\n`, 'has the column id twice. Keep one'],
    ['a number', 'number.json', '42', 'There are no bookings in '],
    [
      'cut short JSON',
      'short.json',
      `[${JSON.stringify(OBJECT)},`,
      'ends in the middle of its JSON, after booking 1',
    ],
    [
      'more after the end',
      'more.json',
      `[${JSON.stringify(OBJECT)}] x`,
      'is not JSON after booking 1. Check',
    ],
    ['damaged JSON', 'damaged.json', '[{id: 7}]', 'is not JSON from its beginning. Check'],
    ['binary', 'binary.csv', Uint8Array.of(0x50, 0x4c, 3, 4, 0, 0, 7), 'is not text'],
    ['a workbook', 'b.xlsx', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 7), 'is a spreadsheet or a zip archive'],
    ['Latin-1', 'latin1.csv', Buffer.from(`${CSV}é,`, 'latin1'), 'is not text'],
    ['UTF-8 that ends within a letter', 'cut.csv', Buffer.from(`${CSV}é`).subarray(0, -1), 'is not text'],
    ['half a UTF-16 unit', 'half.csv', Buffer.from(`\ufeff${CSV}`, 'utf16le').subarray(0, -1), 'is not text'],
    ['truncated gzip', 'short.csv.gz', gzipSync(CSV).subarray(0, -12), 'gzip data are cut short'],
    ['damaged gzip', 'bad.csv.gz', gzipSync(CSV).fill(0xff, 12, 30), 'gzip data are damaged'],
    [
      'a quote that stays open',
      'open.csv',
      `${CSV}"8,2026-03-02 08:30,1,,\n9,`,
      'line 3: a quote opens here and is never',
    ],
  ])('%s', async (_, name, content, message) => {
    expect(await refusal(file(name, content))).toContain(message);
  });

  test('a file that is not there, and a folder', async () => {
    expect(await refusal(join(folder, 'missing.csv'))).toContain(
      'missing.csv: there is no such file. Check the path.',
    );
    expect(await refusal(folder)).toContain('it is a folder. Name a file in it.');
  });

  test.each([
    ['EACCES', 'it may not be read. Check its permissions.'],
    ['EIO', 'i/o error.'],
  ])('a source that fails with %s', async (code, message) => {
    const failing = new Readable({
      read() {
        this.destroy(Object.assign(new Error('i/o error'), { code }));
      },
    });
    expect(await refusal('-', { stdin: failing })).toBe(`Cannot read standard input: ${message}`);
  });
});

describe('a record without an end', () => {
  const MIB = 1 << 20;
  const endless = (start: string) =>
    Readable.from(
      (function* () {
        yield Buffer.from(start);
        for (let i = 0; i < 160; i += 1) {
          pieces += 1;
          yield Buffer.alloc(MIB / 16, 'x');
        }
      })(),
      { highWaterMark: 1 },
    );
  let pieces = 0;

  test.each([
    ['a line', CSV, 'standard input line 3 is longer than 1 MiB'],
    ['a header', '', 'standard input line 1 is longer than 1 MiB'],
    ['a line of NDJSON', `${JSON.stringify(OBJECT)}\n{"id":"`, 'standard input line 2 is longer than 1 MiB'],
    ['a JSON text', `[${JSON.stringify(OBJECT)},{"id":"`, 'after booking 1, is longer than 1 MiB'],
  ])('%s of 10 MB is refused before it is read to its end', async (_, start, message) => {
    pieces = 0;
    expect(await refusal('-', { stdin: endless(start) })).toContain(message);
    expect(pieces).toBeLessThan(32);
  });

  test('a quoted cell of many lines', async () => {
    const path = file('long-cell.csv', `${CSV}"8${'x\n'.repeat(MIB)}`);
    expect(await refusal(path)).toContain('the row from line 3, is longer than 1 MiB');
  });
});

describe('bad rows', () => {
  const rows = [
    HEADER,
    '1,2026-03-02 08:30,5,91,6',
    '2,2026-03-02 08:30,5',
    '3,2026-03-02 08:30,"5"x,,',
    ROW,
  ];
  const path = () => file('bad.csv', rows.join('\n'));

  test('stop the reading, naming file, line, column, value and remedy', async () => {
    expect(await refusal(path())).toBe(
      `${path()} line 2, pickup_lat: 91 is not a latitude (expected −90 to 90). ` +
        'Correct it, or skip such rows with --on-bad-row skip.',
    );
  });

  test('are left out and told when they are to be skipped', async () => {
    const told: unknown[] = [];
    const ids = await idsOf(path(), { onBadRow: 'skip', onSkipped: (fault) => told.push(fault) });
    expect(ids).toEqual(['7']);
    expect(told).toEqual([
      {
        unit: 'line',
        line: 2,
        field: 'pickup_lat',
        value: '91',
        reason: 'is not a latitude (expected −90 to 90)',
      },
      { unit: 'line', line: 3, field: '', value: '', reason: 'has 3 cells (expected 5, as the header has)' },
      { unit: 'line', line: 4, field: '', value: '', reason: 'has a quote in the wrong place' },
    ]);
  });

  test('are counted when nothing else is left', async () => {
    const bad = file('all-bad.csv', rows.slice(0, 3).join('\n'));
    expect(await refusal(bad, { onBadRow: 'skip' })).toContain('all 2 rows were skipped');
  });

  test.each([
    ['n.ndjson', `${JSON.stringify(OBJECT)}\nnonsense`, 'line 2 is not a JSON object'],
    ['n2.ndjson', '{"id": 1}', 'line 1 has no column scheduled_time'],
    ['a.json', `[${JSON.stringify(OBJECT)}, 5]`, 'booking 2 is not a JSON object'],
    [
      'dst.csv',
      `${HEADER}\n1,2026-03-29 02:30,,,`,
      'line 2, scheduled_time: 2026-03-29 02:30 does not exist',
    ],
  ])('%s', async (name, content, message) => {
    expect(await refusal(file(name, content))).toContain(message);
  });

  test('columns that are not used are told once', async () => {
    const told: unknown[] = [];
    const content =
      'id,scheduled_time,customer_name,company_id\n1,2026-03-02 08:30,x,4\n2,2026-03-02 08:30,y,4\n';
    await read(file('extra.csv', content), { onIgnoredColumns: (names) => told.push(names) });
    expect(told).toEqual([['customer_name']]);
  });
});

describe('an id that comes twice', () => {
  const row = (id: number | string) => `${id},2026-03-02 08:30,1,,`;
  const many = Array.from({ length: 70_000 }, (_, i) => row(i));

  test('is told at once while the file is short, and not skipped', async () => {
    const path = file('repeated.csv', [HEADER, row('a'), row(''), row('b'), row('a'), '?'].join('\n'));
    expect(await refusal(path, { onBadRow: 'skip' })).toBe(
      `${path}: lines 2 and 5 both have the id a. An id names one booking: remove one of them.`,
    );
  });

  test('is told at the end of a long file', async () => {
    const path = file('long.csv', [HEADER, ...many, row(3)].join('\n'));
    expect(await refusal(path)).toContain('lines 5 and 70002 both have the id 3.');
  });

  test('is told without the id where the input cannot be read again', async () => {
    const input = stdin([HEADER, ...many, row(69_999)].join('\n'));
    expect(await refusal('-', { stdin: input })).toContain('lines 70001 and 70002 have the same id.');
  });

  test('is not seen where there is none', async () => {
    expect(await idsOf('-', { stdin: stdin([HEADER, ...many].join('\n')) })).toHaveLength(70_000);
  });
});
