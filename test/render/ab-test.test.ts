import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { DEFAULT_HEURISTIC } from '../../src/model/heuristic.js';
import { abTestText } from '../../src/render/ab-test.js';
import { terminalStyle } from '../../src/render/style.js';
import { assess } from '../../src/replay/assess.js';
import { replay } from '../../src/replay/replay.js';
import { ALL, manifest, modelOf, rides, stream } from '../replay/rides.js';

async function textOf(
  count: number,
  changes: { readonly fromMs?: number; readonly columns?: number } = {},
): Promise<string> {
  const arms = { model: modelOf((km) => km + 0.5), heuristic: DEFAULT_HEURISTIC, clock: systemClock };
  const request = { ...ALL, window: { fromMs: changes.fromMs ?? null, untilMs: null } };
  const result = assess(await replay(stream(rides(count)), arms, request), manifest(true), 1);
  const source = { name: 'rides.csv', shipped: false };
  return abTestText({ ...result, source }, await terminalStyle(false, changes.columns), 'Pacific/Auckland');
}

describe('the text of a replay', () => {
  it('says how much of what is known, the local days and the rank test', async () => {
    const text = await textOf(80);
    expect(text).toContain('bookings  rides.csv\noutcomes  known for 100 % of the 80 bookings\n');
    // From 1 March 09:00 UTC, which is still that day in Auckland, to 9 April 14:00, which is the next day there.
    expect(text).toContain('period    2026-03-01 to 2026-04-10');
    expect(text).toMatch(/^Wilcoxon {5}p < 0\.001, rank-biserial −0\.\d\d, shift −0\.\d\d min/m);
    expect(text).toMatch(/^error below 3 min +100\.0 % \[95\.5 %, 100\.0 %\]/m);
  });

  it('is plain lines where the terminal is too narrow for its tables', async () => {
    const text = await textOf(80, { columns: 60 });
    expect(text).toMatch(/^MAE, min\n {2}model {6}\d.*\n {2}heuristic {2}\d/m);
    expect(text).toMatch(
      /^failure_rate\n {2}value {8}0\.0 %\n.*\n {2}target {7}< 20 %\n {2}result {7}pass$/m,
    );
  });

  it('fits a terminal of 80 columns as tables', async () => {
    const text = await textOf(80, { columns: 80 });
    const tooLong = text.split('\n').filter((line) => line.length > 80);
    expect(tooLong).toEqual([]);
    expect(text).toMatch(/^ +model +heuristic\nMAE, min +0\.50 +1\.\d\d \[/m);
    expect(text).toMatch(/^prediction_time_p95 +\d+\.\d\d ms +\[.+\] +< 1000 ms +pass +yes$/m);
    expect(text).toMatch(/^distance\n {2}up to 5 km +50 +[−+]\d/m);
  });

  it('says below the gates how many bookings would decide one', async () => {
    expect(await textOf(40)).toMatch(/^prediction_time_p95 needs some 59 bookings to be decided$/m);
  });

  it('names the chosen time when there is one', async () => {
    const text = await textOf(80, { fromMs: Date.UTC(2026, 3, 1) });
    expect(text).toMatch(/known for 100 % of the \d+ bookings in the chosen time/);
  });

  it('says when no booking was scored', async () => {
    const text = await textOf(0);
    expect(text).toMatch(/^No booking was scored\n/);
    expect(text).not.toContain('period');
    expect(text).toContain(
      'Verdict: NOT ENOUGH DATA. No interval: an interval needs at least 8 bookings, not 0.',
    );
  });
});
