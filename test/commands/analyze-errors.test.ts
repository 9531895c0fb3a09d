import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { replayedRows } from '../../src/error-analysis/replayed-rows.js';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { DEFAULT_HEURISTIC } from '../../src/model/heuristic.js';
import { loadModel } from '../../src/model/load.js';
import { simulateBookings } from '../../src/simulator/simulate.js';
import { collected } from '../error-analysis/collected.js';
import { recordScored } from '../error-analysis/recorded.js';
import { runBinary } from '../run-binary.js';

const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-analyze-'));
afterAll(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const ENV = { ATMR_ML_HOME: at('home'), DATABASE_URL: '' };
const analyze = (...args: string[]) => runBinary(['analyze-errors', ...args], { env: ENV });
const WORLD = ['--from', '2026-08-01', '--days', '40', '--bookings', '800', '--seed', '7'];

beforeAll(async () => {
  await runBinary(['simulate', ...WORLD, '--scenario', 'sensor-fault', '--out', at('fault.csv')]);
});

describe('analyze-errors', () => {
  test('names the cause, exits 3, and writes every kind of report with the same figures', async () => {
    const files = ['--csv', at('scored.csv'), '--report', at('errors.html'), '--report', at('errors.md')];
    const { exitCode, stdout, stderr } = await analyze('--source', at('fault.csv'), '--worst', '3', ...files);
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' });
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      verdict: 'findings',
      n: 800,
      analysed: 800,
      seed: 1,
      simulated: true,
      needed: null,
    });
    expect(result.causes[0]).toMatchObject({
      name: 'input-fault',
      nextCommand: expect.stringContaining(at('fault.csv')),
    });
    expect(result.details.worst).toHaveLength(3);
    const [worst] = result.details.worst;
    expect(worst.outOfRange).toContain('distance_km');
    expect(worst.factors.length).toBe(5);
    expect(worst.error).toBeCloseTo(worst.predicted - worst.actual, 9);

    const rows = readFileSync(at('scored.csv'), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
    expect(rows).toHaveLength(800);
    const mae = rows.reduce((sum, cells) => sum + Number(cells[6]), 0) / rows.length;
    expect(mae).toBeCloseTo(result.details.mae.value, 3);
    const page = readFileSync(at('errors.html'), 'utf8');
    expect(page).toContain('Likely cause: input-fault');
    expect(page).not.toMatch(/<script|https?:\/\//);
    const text = readFileSync(at('errors.md'), 'utf8');
    expect(text).toContain('## 1. input-fault');
    for (const report of [page, text]) expect(report).toContain(result.details.mae.value.toFixed(2));
  });

  test('finds nothing in the shipped bookings, exits 0, and makes no ledger on the way', async () => {
    const { exitCode, stdout } = await analyze();
    expect(exitCode).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      verdict: 'nothing_found',
      causes: [],
      source: { shipped: true },
      excluded: { seen_in_training: 4250 },
    });
    expect(result.details.tree.children).toHaveLength(2);
    const { drift } = result.details;
    expect(drift.map(({ name }: { name: string }) => name)).toContain('prediction');
    expect(drift.filter(({ drifted }: { drifted: boolean }) => drifted)).toEqual([]);
    expect(() => readFileSync(at('home/atmr-ml.db'))).toThrow();
  });

  test('says how many bookings are missing, and exits 7', async () => {
    const { exitCode, stdout } = await analyze('--source', at('fault.csv'), '--since', '2026-09-08');
    expect(exitCode).toBe(7);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ verdict: 'not_enough_data', causes: [], details: null });
    expect(result.n + result.needed).toBe(100);
  });

  test('holds bookings against a baseline, predictions included', async () => {
    const { stdout } = await analyze('--source', at('fault.csv'), '--baseline', '2026-08-01..2026-08-20');
    const result = JSON.parse(stdout);
    expect(result.n + result.baseline.n).toBe(800);
    const drifted = result.details.drift.filter(({ drifted: is }: { drifted: boolean }) => is);
    const names = drifted.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['distance_km', 'prediction']));
  });

  test('takes the ledger once something settled there, and names the same cause', async () => {
    const home = at('served');
    mkdirSync(home);
    const ledger = await openLedger({ databaseUrl: null, home });
    const model = await loadModel('models/delay_predictor.onnx');
    const scenario = { name: 'new-drivers', day: 20 } as const;
    const world = { from: '2026-08-01', days: 40, bookings: 1100, seed: 7, scenario, unsettledPercent: 0 };
    const bookings = [...simulateBookings(world)].map(({ booking }) => booking);
    const arms = { model, heuristic: DEFAULT_HEURISTIC, clock: systemClock };
    const { rows, sinks } = collected();
    await replayedRows([bookings], arms, { window: { fromMs: null, untilMs: null }, baseline: null }, sinks);
    await recordScored(ledger, rows, model.manifest, Date.UTC(2026, 8, 20));
    await ledger.close();
    const { exitCode, stdout } = await runBinary(['analyze-errors'], { env: { ...ENV, ATMR_ML_HOME: home } });
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      n: 1100,
      source: { name: 'the ledger of predictions' },
      causes: [{ name: 'new-drivers', nextCommand: 'atmr-ml train' }],
    });
  });

  test.each([
    [['--source', 'ledger'], /There is no ledger in .*home/],
    [['--report', 'errors.pdf'], /--report is "errors\.pdf"/],
    [['--source', at('fault.csv'), '--csv', at('fault.csv')], /--csv would overwrite/],
  ])('%o is refused with exit 2', async (args, message) => {
    const { exitCode, stdout, stderr } = await analyze(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
