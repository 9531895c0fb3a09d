import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PredictionRow } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { program } from './program.js';
import { onTerminal } from './terminal.js';

const { folder, home, run } = program();

function inputsFile(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The shipped model has seen none of these: they are later than its training. */
const FRESH = ['--from', '2026-09-01', '--days', '120'];

async function measuredOn(bookings: string, seed: string) {
  const file = join(folder, `${bookings}.csv`);
  await run('simulate', '--bookings', bookings, '--seed', seed, ...FRESH, '--out', file);
  const { stdout } = await run('roi', '--source', file);
  return JSON.parse(stdout);
}

/** A late ride that the model foresaw within 0 to 3 minutes, and the heuristic within 3 to 6. */
function predictionRow(i: number): PredictionRow {
  const scheduledMs = Date.UTC(2026, 8, 1 + (i % 20), 8);
  return {
    ...{ requestId: `r${i}`, bookingId: `b${i}`, createdMs: scheduledMs - 3_600_000, scheduledMs },
    ...{ variant: 'control', source: 'heuristic', reason: 'SPLIT', revision: 1, percentage: 10 },
    ...{ predictedMinutes: 3, modelMinutes: 6 - 0.5 * (i % 2), heuristicMinutes: 3 - (i % 2) },
    ...{ lowerMinutes: null, upperMinutes: null, confidence: null, attempt: 'answered', predictionTimeMs: 3 },
    ...{ weatherFactor: 0.5, weatherReason: null, outOfRange: 0, features: {}, driverId: `d${i % 12}` },
    ...{ modelName: 'delay_predictor', modelVersion: '1', simulated: false, instance: 'test', answer: null },
  };
}

describe('roi', () => {
  it('reproduces the guide', async () => {
    const { exitCode, stdout } = await run('roi', '--guide');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      costsChf: 12_260,
      publishedChf: 418_125,
      recomputedChf: 485_625,
    });
  });

  it('measures the minutes that many more bookings show, within its interval', async () => {
    const [few, many] = [await measuredOn('1500', '3'), await measuredOn('12000', '4')];
    expect(few).toMatchObject({ simulated: { bookings: true, model: true }, measured: { n: 1500 } });
    const { lower, upper } = few.measured.minutesSaved;
    const truth = many.measured.minutesSaved.value;
    expect(truth).toBeGreaterThan(lower);
    expect(truth).toBeLessThan(upper);
    const share = many.measured.anticipatedShare.value;
    expect(share).toBeGreaterThan(few.measured.anticipatedShare.lower);
    expect(share).toBeLessThan(few.measured.anticipatedShare.upper);
  });

  it('has no figure without bookings enough', async () => {
    const { exitCode, stdout } = await run('roi', '--limit', '5');
    expect(exitCode).toBe(7);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({
      roi: { base: null },
      gains: [{ annualChf: { base: null } }, {}, {}, {}],
    });
    expect(document.insufficient).toContain('at least 8 bookings');
  });

  it('measures on what was served', async () => {
    const ledger = await openLedger({ databaseUrl: null, home });
    const rows = Array.from({ length: 60 }, (_, i) => predictionRow(i));
    await ledger.record(rows);
    const outcomes = rows.map(({ bookingId, scheduledMs }, i) => {
      const actualPickupMs = (scheduledMs ?? 0) + 6 * 60_000;
      return { bookingId, actualDelayMinutes: 6 + (i % 3), actualPickupMs, origin: 'file' };
    });
    await ledger.settle(outcomes, Date.UTC(2026, 8, 30));
    await ledger.close();
    const { exitCode, stdout } = await run('roi', '--source', 'ledger', '--to', '2026-10-01');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      source: { name: 'the ledger' },
      measured: { n: 60, minutesSaved: { value: 3.25 }, anticipatedShare: { value: 1 }, lostShare: 0 },
    });
    expect((await run('roi', '--source', 'ledger', '--limit', '5')).exitCode).toBe(2);
  });

  it('leaves out what no pickup can be, and says why nothing was compared', async () => {
    const other = program();
    const ledger = await openLedger({ databaseUrl: null, home: other.home });
    const ineligible = { modelMinutes: null, attempt: 'ineligible' } as const;
    const rows = Array.from({ length: 23 }, (_, i) => ({ ...predictionRow(i), ...(i >= 21 && ineligible) }));
    await ledger.record(rows);
    const outcomes = rows.map(({ bookingId }, i) => {
      return { bookingId, actualDelayMinutes: i === 20 ? 1440 : 6, actualPickupMs: null, origin: 'api' };
    });
    await ledger.settle(outcomes, Date.UTC(2026, 8, 30));
    await ledger.close();
    const { stdout } = await other.run('roi', '--source', 'ledger', '--to', '2026-10-01');
    expect(JSON.parse(stdout)).toMatchObject({
      measured: { n: 20 },
      excluded: { delay_over_180_min: 1, ineligible: 2 },
    });
  });

  it.each([
    [['--guide', '--percentage', '25'], '--guide and --percentage exclude each other'],
    [['--guide', '--source', 'bookings.csv'], '--guide and --source exclude each other'],
    [['--source', 'ledger', '--runtime', 'builtin'], '--source ledger and --runtime exclude each other'],
  ])('refuses %j', async (args, fault) => {
    const { exitCode, stderr } = await run('roi', ...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(fault);
  });

  describe('with inputs', () => {
    it('measures nothing that is assumed', async () => {
      const text = 'assumptions: {minutesSaved: 2.75, anticipatedShare: {low: 0.1, base: 0.3, high: 0.4}}';
      const args = ['roi', '--inputs', inputsFile('assumed.yaml', text), '--percentage', '25'];
      const { exitCode, stdout } = await run(...args);
      const document = JSON.parse(stdout);
      expect(exitCode).toBe(0);
      expect(document).toMatchObject({
        measured: null,
        simulated: null,
        percentage: 25,
        percentageFrom: 'option',
      });
      expect(document.annualGainsChf.base).toBeCloseTo(485_625, 6);
      expect(document.gains.map(({ basis }: { basis: string }) => basis)).not.toContain('measured');
      const named = await run(...args, '--source', 'bookings.csv');
      expect(named.exitCode).toBe(2);
      expect(named.stderr).toContain('assumes minutesSaved and anticipatedShare');
    });

    it.each([
      ['prices: {drivrChfPerHour: 3}', 'there is no input prices.drivrChfPerHour; known in prices are'],
      ['prizes: {}', 'there is no input prizes; known are volume, prices, costs, assumptions'],
      ['prices: {customerShare: 12}', 'prices.customerShare is 12; expected a share from 0 to 1'],
      ['assumptions: {churnPoints: {low: 3, base: 2, high: 1}}', 'expected low ≤ base ≤ high'],
      ['costs: [1', 'is not YAML'],
    ])('refuses %s', async (text, fault) => {
      const { exitCode, stderr } = await run('roi', '--inputs', inputsFile('bad.yaml', text));
      expect(exitCode).toBe(2);
      expect(stderr).toContain(fault);
    });
  });

  describe('on a terminal, with the flag at 25 %', () => {
    beforeAll(async () => {
      await run('activate', '--percentage', '25', '--yes');
    });

    it('marks each line, and says that all of it is simulated', async () => {
      const { exitCode, screen } = await onTerminal({ ATMR_ML_HOME: home, COLUMNS: '120' }, [
        'roi',
        '--no-color',
      ]);
      expect(exitCode).toBe(0);
      expect(screen).toContain("Return on investment at 25 % of the traffic (the flag's)");
      expect(screen).toContain('simulated bookings: this is no return of yours');
      expect(screen).toMatch(/measured[\s\S]*assumed/);
    });
  });
});
