import { describe, expect, it } from 'vitest';
import { textbookTests } from '../../src/replay/textbook.js';

describe('what the textbooks say', () => {
  it('is told of errors that differ', () => {
    const model = Float64Array.from([1, 2, 0.5, 3, 1, 2.5, 0, 1.5]);
    const heuristic = Float64Array.from([2, 2.5, 2, 3.5, 0.5, 4, 2, 2]);
    const tests = textbookTests({ model, heuristic });
    // scipy.stats.ttest_rel(model, heuristic)
    expect(tests?.pairedT.t).toBeCloseTo(-3.1304951684997055, 9);
    expect(tests?.pairedT.pValue).toBeCloseTo(0.016598218188623597, 9);
    expect(tests?.pairedT.effectSize).toBeCloseTo(-3.1304951684997055 / Math.sqrt(8), 9);
    expect(tests?.improvementByFieller?.upper).toBeLessThan(0);
  });

  it('is nothing where they differ by the same', () => {
    expect(textbookTests({ model: Float64Array.of(1, 2), heuristic: Float64Array.of(2, 3) })).toBeNull();
  });
});
