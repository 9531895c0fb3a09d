import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';
import { layOutForest } from '../../src/model/lay-out-forest.js';
import { forestPredictor } from '../../src/model/predict-forest.js';
import { binTable } from '../../src/training/binning.js';
import { boostedColumns } from '../../src/training/boosted-columns.js';
import { boost } from '../../src/training/booster.js';
import { DEFAULT_BOOSTING } from '../../src/training/boosting-defaults.js';
import { scoreSummary } from '../../src/training/score-summary.js';
import { rowsBetween } from '../../src/training/split.js';

const WIDTH = 5;
const ROWS = 3000;
const LEARNED = 2000;
/** With five features each tree may see all of them. */
const settings = { ...DEFAULT_BOOSTING, featureShare: 1, rounds: 400, seed: 1 };

/** A smooth signal (Friedman's first benchmark, 1991); every tenth value of the first feature is missing, which adds 4. */
function friedman() {
  const random = xoroshiro128plus(42);
  const table = Float32Array.from({ length: ROWS * WIDTH }, () => uniformFloat64(random));
  const target = new Float64Array(ROWS);
  for (let row = 0; row < ROWS; row += 1) {
    const [a, b, c, d, e] = table.subarray(row * WIDTH, (row + 1) * WIDTH) as unknown as number[];
    target[row] = 10 * Math.sin(Math.PI * a! * b!) + 20 * (c! - 0.5) ** 2 + 10 * d! + 5 * e!;
    if (row % 10 !== 0) continue;
    table[row * WIDTH] = Number.NaN;
    target[row]! += 4;
  }
  return { table, target };
}

const { table, target } = friedman();
const binned = binTable(table, WIDTH, rowsBetween(0, LEARNED), 128);
const boosted = await boost(binned, target, rowsBetween(0, LEARNED), null, settings);

describe('boosting', () => {
  test('learns a smooth signal, and what a missing value means', () => {
    const minutes = predict(boosted);
    const known = [...minutes.keys()].filter((row) => row >= LEARNED && row % 10 !== 0);
    const at = (values: Float64Array) => Float64Array.from(known, (row) => values[row]!);
    expect(scoreSummary(at(minutes), at(target))?.r2).toBeGreaterThan(0.95);
    const missing = [...minutes.keys()].filter((row) => row >= LEARNED && row % 10 === 0);
    const meanError = missing.reduce((sum, row) => sum + minutes[row]! - target[row]!, 0) / missing.length;
    expect(Math.abs(meanError)).toBeLessThan(1);
  });

  test('gives the same forest for the same seed, another for another', async () => {
    const again = (seed: number) =>
      boost(binned, target, rowsBetween(0, LEARNED), null, { ...settings, rounds: 20, seed });
    expect(await again(1)).toEqual(await again(1));
    expect(await again(2)).not.toEqual(await again(1));
  });

  test('keeps the rounds at which the watched rows were predicted best', async () => {
    const watched = await boost(binned, target, rowsBetween(0, 200), rowsBetween(LEARNED, ROWS), settings);
    const rows = predict(watched).subarray(LEARNED);
    expect(scoreSummary(rows, target.subarray(LEARNED))?.mae).toBeCloseTo(watched.watchedMae!, 6);
  });

  test('counts what deeper trees leave of an odd number of rows as the finished model does', async () => {
    const deep = { ...settings, rounds: 30, maxDepth: 6, maxLeaves: 20 };
    const watched = await boost(binned, target, rowsBetween(0, 999), rowsBetween(LEARNED, ROWS - 1), deep);
    const rows = predict(watched).subarray(LEARNED, ROWS - 1);
    expect(scoreSummary(rows, target.subarray(LEARNED, ROWS - 1))?.mae).toBeCloseTo(watched.watchedMae!, 6);
  });

  test('is not led astray by a few absurd outcomes', async () => {
    const absurd = target.map((value, row) => (row % 100 === 7 ? value + 170 : value));
    const minutes = predict(await boost(binned, absurd, rowsBetween(0, LEARNED), null, settings));
    expect(scoreSummary(minutes.subarray(LEARNED), target.subarray(LEARNED))?.mae).toBeLessThan(1.5);
  });

  test('lets the program hear Ctrl-C between rounds', async () => {
    let heard = false;
    setImmediate(() => {
      heard = true;
    });
    await boost(binned, target, rowsBetween(0, 40), null, { ...settings, rounds: 2 });
    expect(heard).toBe(true);
  });

  test('respects the smallest leaf', async () => {
    const few = await boost(binned, target, rowsBetween(0, 40), null, {
      ...settings,
      rowShare: 1,
      minLeafRows: 21,
    });
    expect(few.trees.every((tree) => tree.feature[0] === -1)).toBe(true);
  });
});

function predict(forest: Parameters<typeof boostedColumns>[0]): Float64Array {
  const minutes = new Float64Array(ROWS);
  forestPredictor(layOutForest(boostedColumns(forest, binned), 'test'))(table, ROWS, minutes);
  return minutes;
}
