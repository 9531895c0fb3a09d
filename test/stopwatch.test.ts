import { expect, it } from 'vitest';
import { timingsText } from '../src/render/timings.js';
import { startStopwatch } from '../src/stopwatch.js';

it('gives each part what passed in it and in no part within', async () => {
  let nowMs = 0;
  const stopwatch = startStopwatch({ nowMs: () => nowMs, monotonicMs: () => nowMs });
  async function* items() {
    for (const item of [1, 2]) {
      nowMs += 100;
      yield item;
    }
  }
  await stopwatch.time('scoring', async () => {
    for await (const _ of stopwatch.passing('reading', items())) nowMs += 400;
  });
  nowMs += 5000;
  await stopwatch.time('report', () => {
    nowMs += 1000;
  });
  expect([...stopwatch.partsMs()]).toEqual([
    ['scoring', 800],
    ['reading', 200],
    ['report', 1000],
  ]);
  expect(timingsText(stopwatch.partsMs())).toBe(
    'took 2.00 s: scoring 0.80 s (40 %), reading 0.20 s (10 %), report 1.00 s (50 %)',
  );
});
