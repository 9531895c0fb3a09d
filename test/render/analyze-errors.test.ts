import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/analysis/analyse.js';
import { detailsOf, type ErrorAnalysis, worstBooking } from '../../src/analysis/document.js';
import { analyzeErrorsText } from '../../src/render/analyze-errors.js';
import { balance, bar } from '../../src/render/bars.js';
import { errorReportHtml, errorReportMarkdown } from '../../src/render/error-report.js';
import { terminalStyle } from '../../src/render/style.js';
import { rides } from '../analysis/rows.js';
import { manifest } from '../replay/rides.js';

const NOTHING: ErrorAnalysis = {
  verdict: 'not_enough_data',
  n: 40,
  analysed: 0,
  needed: 60,
  seed: 1,
  simulated: false,
  source: { name: 'rides.csv', shipped: false },
  model: { name: 'delay', version: '1', simulated: true },
  period: null,
  baseline: null,
  excluded: { seen_in_training: 12, other_model: 1 },
  causes: [],
  untested: [],
  details: null,
};

const FOUND: ErrorAnalysis = {
  ...NOTHING,
  verdict: 'findings',
  n: 400,
  analysed: 400,
  needed: null,
  untested: ['severe weather: too few in it; bookings: 3, days: 1'],
  causes: [
    {
      name: 'model-outdated',
      sentence: 'Rides no longer go as the model learned: the heuristic is nearer since 2026-08-31 <b>.',
      minutes: 1.25,
      evidence: [
        { label: '|model error| − |heuristic error|', value: 2.04, unit: 'min' },
        { label: 'chance without a difference', value: 0.0004, unit: 'p' },
      ],
      nextCommand: 'atmr-ml ab-test --source rides.csv --from 2026-08-31',
    },
  ],
};

const text = async (analysis: ErrorAnalysis, unicode = true) =>
  analyzeErrorsText(analysis, await terminalStyle(false), { timeZone: 'Europe/Zurich', unicode });

describe('on a terminal', () => {
  test('says what is missing', async () => {
    const shown = await text(NOTHING);
    expect(shown).toContain(
      'NOT ENOUGH DATA.\n40 settled bookings that the model had not seen; 60 more are needed.',
    );
    expect(shown).toContain('Left out: 12 bookings seen in training; 1 booking answered by another version');
  });

  test('gives evidence and the next command, in 80 columns', async () => {
    const shown = await text(FOUND);
    expect(shown).toContain(
      '   - |model error| − |heuristic error|: 2.04 min\n   - chance without a difference: p ≤ 0.001',
    );
    expect(shown).toContain(
      '   - goes with 1.25 min of the mean error\n   Next: atmr-ml ab-test --source rides.csv',
    );
    expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('keeps to ASCII where the terminal does', async () => {
    const shown = await text(FOUND, false);
    expect(shown).toMatch(/^\p{ASCII}*$/u);
    expect(shown).toContain('|model error| - |heuristic error|: 2.04 min');
    expect(shown).toContain('p <= 0.001');
  });

  test('draws bars', () => {
    expect(bar(5, 10, 8, true)).toBe('████');
    expect(bar(5.2, 10, 8, true)).toBe('████▏');
    expect(bar(5, 10, 8, false)).toBe('####');
    expect(bar(0, 10, 8, true)).toBe('');
    // What is there shows, however small it is.
    expect(bar(0.001, 10, 8, false)).toBe('#');
    expect(balance(-1, 2, 8, false)).toBe('  ##|');
    expect(balance(2, 2, 8, false)).toBe('    |####');
  });
});

describe('with all its tables', () => {
  const rows = rides(40, 20, (day, i, luck) => ({
    actualMinutes: 5 + luck + (i % 3 === 0 && day > 20 ? 6 : 0),
  }));
  const asked = {
    bookings: 800,
    attempts: 800,
    failures: { failed: 0, late: 3, not_finite: 0 },
    ineligible: 0,
    missingDistance: 0,
    weatherDefault: 40,
    weatherReasons: { timeout: 40 },
    perDay: new Map([[20_000, 800]]),
  };
  const findings = analyse({ rows, asked, manifest: manifest(true), baseline: rows, seed: 1 });
  const worst = rows.slice(0, 3).map((one) => worstBooking(one, null));
  const details = detailsOf(findings, asked, worst, { mean: 5, trainingMean: null });
  const whole = { ...FOUND, details };

  test('stays within 80 columns, in ASCII too', async () => {
    for (const unicode of [true, false]) {
      const shown = await text(whole, unicode);
      expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
      for (const heading of ['Errors', 'Drift', 'Tree of errors', 'Worst bookings'])
        expect(shown).toContain(`\n${heading}\n`);
      expect(shown).not.toMatch(/NaN|undefined|null/);
    }
  });

  test('is the same in a report', () => {
    for (const page of [
      errorReportHtml(whole, 'Europe/Zurich'),
      errorReportMarkdown(whole, 'Europe/Zurich'),
    ]) {
      expect(page).toContain(details.mae.value!.toFixed(2));
      expect(page).toContain('Reasons: late 3, timeout 40.');
      expect(page).not.toMatch(/NaN|undefined|null/);
    }
  });
});

describe('a report', () => {
  test('escapes what it is given', () => {
    const page = errorReportHtml(FOUND, 'Europe/Zurich');
    expect(page).toContain('since 2026-08-31 &lt;b&gt;.');
    expect(page).toContain('<code>atmr-ml ab-test --source rides.csv --from 2026-08-31</code>');
    expect(page).toContain('The model was trained on simulated bookings');
  });

  test('is Markdown too', () => {
    const page = errorReportMarkdown(FOUND, 'Europe/Zurich');
    expect(page).toContain('# Analysis of errors: Likely cause: model-outdated');
    expect(page).toContain('Next: `atmr-ml ab-test --source rides.csv --from 2026-08-31`');
  });
});
