import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addToDistributions,
  calibrationGroups,
  emptyBins,
  emptyCalibrationBins,
  emptyDistributions,
  histogramOf,
} from '../../src/replay/distributions.js';

const minutes = fc.double({ min: -60, max: 60, noNaN: true });
const answers = fc.array(fc.record({ model: minutes, heuristic: minutes, actual: minutes }), {
  minLength: 1,
  maxLength: 300,
});

function distributionsOf(all: readonly { model: number; heuristic: number; actual: number }[]) {
  const into = emptyDistributions();
  for (const one of all) addToDistributions(into, one);
  return into;
}

describe('distributions', () => {
  it('lose no booking, whatever the answers', () => {
    fc.assert(
      fc.property(answers, (all) => {
        const { modelError, heuristicError, modelCalibration } = distributionsOf(all);
        const { edges, series, outside } = histogramOf([modelError, heuristicError]);
        for (const [i, shares] of series.entries()) {
          expect(shares).toHaveLength(edges.length - 1);
          const total = shares.reduce((a, b) => a + b, 0) + outside[i]!.below + outside[i]!.above;
          expect(total).toBeCloseTo(1, 9);
        }
        const groups = calibrationGroups(modelCalibration);
        expect(groups.length).toBeLessThanOrEqual(10);
        expect(groups.reduce((n, group) => n + group.n, 0)).toBe(all.length);
      }),
      { seed: 5 },
    );
  });

  it('group predictions by tenths, with the mean of what happened', () => {
    const all = Array.from({ length: 1000 }, (_, i) => ({
      model: i / 100,
      heuristic: 5,
      actual: i / 100 + (i % 2 === 0 ? 1 : -1),
    }));
    const { modelCalibration, heuristicCalibration } = distributionsOf(all);
    const groups = calibrationGroups(modelCalibration);
    expect(groups.map(({ n }) => n)).toEqual(new Array(10).fill(100));
    for (const { predicted, actual, lower, upper } of groups) {
      expect(actual).toBeCloseTo(predicted, 6);
      expect(upper! - lower!).toBeCloseTo(2 * 1.96 * Math.sqrt((1 + 0.0833) / 99), 1);
    }
    // One prediction for all is one group.
    expect(calibrationGroups(heuristicCalibration)).toMatchObject([{ n: 1000, predicted: 5 }]);
  });

  it('have no bars without bookings', () => {
    expect(histogramOf([emptyBins()])).toEqual({ edges: [], series: [[]], outside: [] });
    expect(calibrationGroups(emptyCalibrationBins())).toEqual([]);
  });
});
