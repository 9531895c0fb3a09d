import { describe, expect, it } from 'vitest';
import { addToCluster, emptyClusters, intraclassCorrelation } from '../../src/simulator/clusters.js';
import { randomStream } from '../../src/simulator/random.js';

function correlationOf(groups: readonly (readonly number[])[]): number {
  const clusters = emptyClusters();
  groups.forEach((values, key) => {
    for (const value of values) addToCluster(clusters, key, value);
  });
  return intraclassCorrelation(clusters);
}

describe('intraclassCorrelation', () => {
  it('is the one-way analysis-of-variance estimator', () => {
    // Six targets by four judges of Shrout and Fleiss (1979), table 2: ICC(1,1) = 0.17.
    const ratings = [
      [9, 2, 5, 8],
      [6, 1, 3, 2],
      [8, 4, 6, 8],
      [7, 1, 2, 6],
      [10, 5, 6, 9],
      [6, 2, 4, 7],
    ];
    expect(correlationOf(ratings)).toBeCloseTo(0.1657, 4);
  });

  it('is 1 when groups differ and their members do not', () => {
    expect(
      correlationOf([
        [1, 1],
        [2, 2, 2],
        [5, 5],
      ]),
    ).toBeCloseTo(1, 12);
  });

  it('finds the correlation that was put in, in groups of unequal size', () => {
    const random = randomStream(3, 'outcomes');
    const groups = Array.from({ length: 4000 }, (_, i) => {
      const shared = Math.sqrt(0.1) * random.normal();
      return Array.from({ length: 2 + (i % 20) }, () => shared + Math.sqrt(0.9) * random.normal());
    });
    // 4 standard errors.
    expect(Math.abs(correlationOf(groups) - 0.1)).toBeLessThan(0.015);
  });

  it('is unknown for one group, and for groups of one', () => {
    expect(correlationOf([[1, 2, 3]])).toBeNaN();
    expect(correlationOf([[1], [2], [3]])).toBeNaN();
    expect(correlationOf([])).toBeNaN();
  });
});
