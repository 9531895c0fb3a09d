import { describe, expect, test } from 'vitest';
import { conditionsOf, sliceColumns } from '../../src/analysis/conditions.js';
import { errorTree, growTree, leavesOf } from '../../src/analysis/error-tree.js';
import { honestHalves } from '../../src/analysis/halves.js';
import type { ScoredRow } from '../../src/analysis/scored-row.js';
import { candidateSlices, excessOver, testSlices } from '../../src/analysis/slices.js';
import { rides } from './rows.js';

const COLUMNS = sliceColumns(['distance_km', 'is_urgent', 'hour_sin']);

/** Rides of 0 to 9 km, every fourth urgent; far urgent ones, which are of 8 km, come `late`. */
function world(late: number): ScoredRow[] {
  return rides(40, 30, (_, i, luck) => {
    const [km, urgent] = [(i * 7) % 10, i % 4 === 0 ? 1 : 0];
    const isHard = km > 6 && urgent === 1;
    return { features: Float32Array.of(km, urgent, 0), actualMinutes: 5 + luck + (isHard ? late : 0) };
  });
}

function slicesOf(rows: ScoredRow[]) {
  const halves = honestHalves(rows, 1);
  const excess = excessOver(rows);
  return testSlices(halves, candidateSlices(halves, COLUMNS, excess), excess);
}

describe('slices', () => {
  test('name plain inputs only', () => {
    expect(COLUMNS.map(({ name }) => name)).toEqual(['distance_km', 'is_urgent', 'prediction']);
    expect(conditionsOf(world(0), COLUMNS).map(({ text }) => text)).toEqual([
      'distance_km ≤ 1.8',
      'distance_km > 7.2',
      'is_urgent = 0',
      'is_urgent = 1',
    ]);
  });

  test('find the pair that is off', () => {
    const [worst] = slicesOf(world(6)).filter(({ weak }) => weak);
    expect(worst?.text).toMatch(/distance_km > 7.2 and is_urgent = 1|is_urgent = 1/);
    expect(worst!.mae).toBeGreaterThan(1.5 * worst!.expectedMae);
  });

  test('are an empty answer where nothing is off', () => {
    expect(slicesOf(world(0)).filter(({ weak }) => weak)).toEqual([]);
  });

  test('do not blame far rides for being harder, which the model knows', () => {
    const rows = rides(40, 30, (_, i, luck) => {
      const km = (i * 7) % 10;
      return {
        features: Float32Array.of(km, 0, 0),
        actualMinutes: 5 + luck * (1 + km),
        expectedErrorMinutes: 1 + km,
      };
    });
    expect(slicesOf(rows).filter(({ weak }) => weak)).toEqual([]);
  });
});

describe('the halves', () => {
  test('are of whole days, and everybody is in one', () => {
    const rows = rides(11, 5);
    const { found, tested } = honestHalves(rows, 3);
    expect(found.length + tested.length).toBe(rows.length);
    const days = new Set(found.map(({ day }) => day));
    expect(tested.some(({ day }) => days.has(day))).toBe(false);
    expect(days.size).toBe(5);
  });
});

describe('the tree of errors', () => {
  test('splits where the errors change, and has the figures of the other half', () => {
    const rows = world(6);
    const halves = honestHalves(rows, 1);
    const grown = growTree(halves, COLUMNS);
    const tree = errorTree(grown, halves.tested);
    expect(tree.n).toBe(halves.tested.length);
    expect(tree.children.reduce((sum, { n }) => sum + n, 0)).toBe(tree.n);
    const texts = leavesOf(grown).map(({ text }) => text);
    expect(texts.some((text) => /is_urgent > 0/.test(text) && /distance_km > [67]/.test(text))).toBe(true);
  });

  test('does not grow on a handful', () => {
    const halves = honestHalves(rides(10, 6), 1);
    expect(growTree(halves, COLUMNS).children).toEqual([]);
    expect(leavesOf(growTree(halves, COLUMNS))).toEqual([]);
  });
});
