import { describe, expect, it } from 'vitest';
import { contingencyTest } from '../../src/statistics/contingency.js';
import { expectNear, readVectors } from './vectors.js';

const contingency = readVectors<{ table: number[][]; expected: { chi2: number; p: number; dof: number } }>(
  'chi2_contingency',
);

describe('the test of a contingency table', () => {
  it.each(contingency.cases)('$table', ({ table, expected }) => {
    const test = contingencyTest(table);
    if (test.kind === 'insufficient') throw new Error(test.reason);
    const reference = [expected.chi2, expected.p, expected.dof];
    expectNear([test.chiSquare, test.p, test.degrees], reference, contingency.tolerance);
  });

  it('ignores a category that never occurred, and needs two that did', () => {
    expect(
      contingencyTest([
        [10, 0, 20, 30],
        [15, 0, 25, 20],
      ]),
    ).toEqual(
      contingencyTest([
        [10, 20, 30],
        [15, 25, 20],
      ]),
    );
    expect(
      contingencyTest([
        [10, 0],
        [15, 0],
      ]).kind,
    ).toBe('insufficient');
    expect(contingencyTest([]).kind).toBe('insufficient');
  });
});
