import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idHash } from '../../src/booking/id-hash.js';
import { type RunResult, runBinary } from '../run-binary.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmr-ml-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const FIXTURE = readFileSync('fixtures/bookings.csv', 'utf8');
const [HEADER = '', ...ROWS] = FIXTURE.trimEnd().split('\n');
const COLUMNS = HEADER.split(',');

/** A file with the latest rows of the fixture, the last one changed. */
function fileWith(name: string, changes: Record<string, string>): string {
  const rows = ROWS.slice(-60);
  const cells = rows.pop()!.split(',');
  for (const [column, value] of Object.entries(changes)) cells[COLUMNS.indexOf(column)] = value;
  return file(name, [HEADER, ...rows, cells.join(','), ''].join('\n'));
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const abTest = (...args: string[]) => runBinary(['ab-test', ...args]);

describe('ab-test', () => {
  it('replays the 50 latest bookings of the shipped fixture and gives its verdict', async () => {
    const { exitCode, stdout, stderr } = await abTest('--limit', '50');
    expect(stderr).toBe('');
    const result = JSON.parse(stdout);
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({
      verdict: 'better',
      n: 50,
      seed: 1,
      simulated: true,
      coverage: 1,
      source: { shipped: true },
      model: { name: 'delay_predictor', simulated: true },
      excluded: { seen_in_training: 4250 },
    });
    expect(result.improvement.upper).toBeLessThan(0);
    expect(result.gates).toMatchObject([
      { name: 'failure_rate', result: 'pass' },
      { name: 'mae', result: 'pass' },
      { name: 'prediction_time_p95', result: 'insufficient' },
      { name: 'improvement', result: 'pass' },
      { name: 'improvement_target', result: 'insufficient' },
    ]);
    expect(result.predictionTimeMs).toMatchObject({
      n: 50,
      p50: expect.any(Number),
      p99: expect.any(Number),
    });
  });

  it('agrees with its own rows', async () => {
    const csv = join(folder, 'scored.csv');
    const { stdout } = await abTest('--csv', csv);
    const result = JSON.parse(stdout);
    const rows = readFileSync(csv, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((row) => row.split(','));
    expect(rows).toHaveLength(result.n);
    const mean = (column: number) => rows.reduce((sum, row) => sum + Number(row[column]), 0) / rows.length;
    expect(mean(5)).toBeCloseTo(result.arms.model.mae, 3);
    expect(mean(6)).toBeCloseTo(result.arms.heuristic.mae, 3);
    expect(mean(5) / mean(6) - 1).toBeCloseTo(result.improvement.value, 3);
    expect(mean(7)).toBeCloseTo(result.difference.value, 3);
  });

  it('gives the same answer for the same seed, whatever the format', async () => {
    const wanted = ['--sample', '120', '--seed', '9'];
    const drop = ({ stdout }: { stdout: string }) => ({
      ...JSON.parse(stdout),
      predictionTimeMs: 0,
      gates: 0,
      source: 0,
    });
    const first = drop(await abTest(...wanted));
    expect(drop(await abTest(...wanted))).toEqual(first);
    const zipped = file('fixture.csv.gz', gzipSync(FIXTURE));
    expect(drop(await abTest('--source', zipped, ...wanted))).toEqual(first);
  });

  it('reads standard input', async () => {
    const { stdout, exitCode } = await runBinary(['ab-test', '--source', '-', '--limit', '20'], {
      stdin: FIXTURE,
    });
    expect(JSON.parse(stdout)).toMatchObject({ n: 20, source: { name: 'stdin', shipped: false } });
    expect([0, 3, 7]).toContain(exitCode);
  });

  it('exits 3 on a model that is worse', async () => {
    const world = [
      '--scenario',
      'model-worse',
      '--scenario-day',
      '1',
      '--from',
      '2026-08-01',
      '--days',
      '60',
    ];
    const simulated = await runBinary(['simulate', ...world, '--bookings', '1500']);
    const { exitCode, stdout } = await runBinary(['ab-test', '--source', '-'], { stdin: simulated.stdout });
    const { verdict, improvement } = JSON.parse(stdout);
    expect({ exitCode, verdict }).toEqual({ exitCode: 3, verdict: 'worse' });
    expect(improvement.lower).toBeGreaterThan(0);
  });

  it('exits 7 where every booking was learned from', async () => {
    const path = file('old.csv', [HEADER, ...ROWS.slice(0, 100), ''].join('\n'));
    const { exitCode, stdout } = await abTest('--source', path);
    expect(exitCode).toBe(7);
    expect(JSON.parse(stdout)).toMatchObject({
      n: 0,
      verdict: 'undecided',
      arms: { model: null, heuristic: null },
      excluded: { seen_in_training: 100 },
    });
  });

  it('skips and counts bad rows when asked to', async () => {
    const path = fileWith('skipped.csv', { pickup_lat: '91' });
    const { exitCode, stdout, stderr } = await abTest('--source', path, '--on-bad-row', 'skip');
    expect([0, 3, 7]).toContain(exitCode);
    expect(JSON.parse(stdout)).toMatchObject({ n: 59, excluded: { bad_row: 1 } });
    expect(stderr).toMatch(/line 61, pickup_lat: 91 is not a latitude/);
  });
});

describe('hostile input is refused with exit 2, one message and nothing on stdout', () => {
  const model = (name: string) => join(folder, `${name}.onnx`);
  const brokenModel =
    (name: string, break_: (onnx: Buffer, manifest: Record<string, never>) => void) => () => {
      const onnx = readFileSync('models/delay_predictor.onnx');
      const manifest = JSON.parse(readFileSync('models/delay_predictor.json', 'utf8'));
      break_(onnx, manifest);
      writeFileSync(model(name), onnx);
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(manifest));
      return ['--model', model(name)];
    };

  it.each<[string, () => string[], RegExp]>([
    ['empty file', () => ['--source', file('empty.csv', '')], /There are no bookings in .*empty\.csv/],
    [
      'header only',
      () => ['--source', file('header.csv', `${HEADER}\n`)],
      /There are no bookings in .*header\.csv/,
    ],
    ['wrong columns', () => ['--source', file('columns.csv', 'a,b\n1,2\n')], /columns\.csv has no column id/],
    ['NaN', () => ['--source', fileWith('nan.csv', { distance_meters: 'NaN' })], /distance_meters: NaN/],
    [
      'infinity',
      () => ['--source', fileWith('inf.csv', { duration_seconds: 'Infinity' })],
      /duration_seconds: Infinity/,
    ],
    [
      'no outcomes',
      () => ['--source', file('no-outcomes.csv', 'id,scheduled_time\n1,2026-09-02 08:30\n')],
      /no-outcomes\.csv has no column actual_delay_minutes/,
    ],
    [
      'a window over bookings without times',
      () => [
        ...['--source', file('ready.csv', 'id,time_of_day,actual_delay_minutes\n1,8,3\n')],
        ...['--from', '2026-09-01'],
      ],
      /ready\.csv has a scheduled_time, and --from and --to choose by it/,
    ],
    [
      'a window turned round',
      () => ['--from', '2026-09-02', '--to', '2026-09-01'],
      /is not before the end of --to/,
    ],
    [
      '10 MB line',
      () => ['--source', file('long.csv', `${HEADER}\n${'9'.repeat(10_000_000)}\n`)],
      /long\.csv line 2 is longer than 1 MiB/,
    ],
    [
      'binary',
      () => [
        '--source',
        file(
          'binary.csv',
          Uint8Array.from({ length: 4096 }, (_, i) => i % 256),
        ),
      ],
      /binary\.csv is not text: it is binary/,
    ],
    [
      'truncated gzip',
      () => ['--source', file('cut.csv.gz', gzipSync(FIXTURE).subarray(0, 9000))],
      /cut\.csv\.gz: its gzip data are cut short/,
    ],
    [
      'skipped hour',
      () => ['--source', fileWith('march.csv', { scheduled_time: '2026-03-29 02:30' })],
      /clocks skip/,
    ],
    [
      'latitude 91',
      () => ['--source', fileWith('lat.csv', { pickup_lat: '91' })],
      /line 61, pickup_lat: 91 .*--on-bad-row skip/,
    ],
    [
      'duplicate ids',
      () => ['--source', fileWith('twice.csv', { id: ROWS.at(-2)!.split(',')[0]! })],
      /twice\.csv: lines 60 and 61 both have the id \d+/,
    ],
    [
      'negative distance',
      () => ['--source', fileWith('neg.csv', { distance_meters: '-5' })],
      /distance_meters: -5/,
    ],
    [
      'text for a number',
      () => ['--source', fileWith('text.csv', { driver_total_bookings: 'many' })],
      /driver_total_bookings: many/,
    ],
    ['missing file', () => ['--source', join(folder, 'nowhere.csv')], /nowhere\.csv: there is no such file/],
    ['missing model', () => ['--model', model('nowhere')], /nowhere\.onnx cannot be read/],
    [
      'corrupt model',
      brokenModel('corrupt', (onnx, manifest) => {
        onnx.fill(0xff, 100, 3000);
        Object.assign(manifest, { sha256: createHash('sha256').update(onnx).digest('hex') });
      }),
      /corrupt\.onnx is not a complete ONNX file/,
    ],
    [
      'hash mismatch',
      brokenModel('hash', (_, manifest) => Object.assign(manifest, { sha256: 'a'.repeat(64) })),
      /hash\.onnx has the SHA-256 [0-9a-f]{64}, but its manifest describes a{64}/,
    ],
    [
      'wrong width',
      brokenModel('width', (_, manifest: { features?: unknown[] }) => manifest.features?.pop()),
      /width\.onnx takes 22 features, but its manifest names 21/,
    ],
    ['unreadable --csv', () => ['--csv', join(folder, 'no', 'where.csv')], /where\.csv cannot be written/],
    ['limit 0', () => ['--limit', '0'], /--limit is "0"/],
    ['limit and sample', () => ['--limit', '5', '--sample', '5'], /exclude each other/],
    ['bad day', () => ['--from', '2026-02-30'], /--from is "2026-02-30"/],
    ['unknown option', () => ['--limits', '50'], /unknown option/],
  ])('%s', async (_, args, message) => {
    const { exitCode, stdout, stderr } = await abTest(...args());
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
    expect(stderr).not.toMatch(/\bat .*\.js:/);
  });

  it('gives the error as JSON when asked to', async () => {
    const { exitCode, stderr } = await abTest('--json', '--source', join(folder, 'nowhere.csv'));
    expect(exitCode).toBe(2);
    expect(JSON.parse(stderr)).toEqual({ error: expect.stringMatching(/nowhere/), code: 'BAD_INPUT' });
  });

  it.each([
    ['an unknown option', ['ab-test', '--json', '--limits', '50'], /^unknown option '--limits'/],
    ['an unknown command', ['ab-tests', '--json'], /^unknown command 'ab-tests'/],
    ['a missing command', ['--json'], /^unknown option '--json'/],
  ])('gives %s as JSON too', async (_, args, message) => {
    const { exitCode, stdout, stderr } = await runBinary(args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(JSON.parse(stderr)).toEqual({ error: expect.stringMatching(message), code: 'USAGE' });
  });
});

describe('a table of ready features', () => {
  const table = () => join(folder, 'ready.csv');
  const model = () => join(folder, 'ready.onnx');
  let trained: RunResult;
  beforeAll(async () => {
    await runBinary(['simulate', '--table', 'ready', '--seed', '5', '--out', table()]);
    trained = await runBinary(['train', '--source', table(), '--out', model()]);
  });

  it('trains and replays, and no training row appears in a score', async () => {
    expect(trained.exitCode).toBe(0);
    const { split } = JSON.parse(trained.stdout);
    expect(split).toEqual({ by: 'shuffle', train: 3500, validation: 750, test: 750 });
    const { exitCode, stdout } = await abTest('--source', table(), '--model', model());
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ n: 750, excluded: { seen_in_training: 4250 } });
  });

  it('says when nothing is left that was not learned from', async () => {
    const manifest = JSON.parse(readFileSync(join(folder, 'ready.json'), 'utf8'));
    const bytes = Buffer.from(manifest.data.trainingIds, 'base64');
    const seen = new Set<bigint>();
    for (let i = 0; i < bytes.length; i += 8) seen.add(bytes.readBigUInt64BE(i));
    const [header = '', ...rows] = readFileSync(table(), 'utf8').trimEnd().split('\n');
    const at = header.split(',').indexOf('booking_id');
    const kept = rows.filter((row) => seen.has(idHash(row.split(',')[at]!)));
    expect(kept.length).toBe(seen.size);
    const path = file('learned.csv', [header, ...kept, ''].join('\n'));
    const { exitCode, stdout } = await abTest('--source', path, '--model', model());
    expect(exitCode).toBe(7);
    expect(JSON.parse(stdout)).toMatchObject({ n: 0, excluded: { seen_in_training: 4250 } });
  });
});

describe('the shipped model', () => {
  it('is what training on the fixture gives', async () => {
    const out = join(folder, 'again.onnx');
    const trained = await runBinary(['train', '--source', 'fixtures/bookings.csv', '--out', out]);
    expect(trained.exitCode).toBe(0);
    expect(readFileSync(out).equals(readFileSync('models/delay_predictor.onnx'))).toBe(true);
  });

  it('refuses a --csv that is its source or its model, and a --model that is none', async () => {
    const source = fileWith('own.csv', {});
    const before = readFileSync(source, 'utf8');
    const overSource = await abTest('--source', source, '--csv', source);
    expect(overSource.exitCode).toBe(2);
    expect(overSource.stderr).toContain(`--csv would overwrite ${source}, which is --source.`);
    expect(readFileSync(source, 'utf8')).toBe(before);
    const overModel = await abTest('--csv', 'models/delay_predictor.onnx');
    expect(overModel.exitCode).toBe(2);
    expect(overModel.stderr).toContain('which is the model.');
    const noModel = await abTest('--model', source);
    expect(noModel.stderr).toBe(`error: --model is "${source}"; expected a file that ends in .onnx.\n`);
  });
});
