import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
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
