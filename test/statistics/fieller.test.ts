import { describe, expect, it } from 'vitest';
import { fiellerInterval } from '../../src/statistics/fieller.js';
import { expectNear, readVectors } from './vectors.js';

const improvement = readVectors<{
  name: string;
  em: number[];
  eh: number[];
  expected: { fieller_ci95_t: number[] };
}>('relative_improvement');

describe("Fieller's interval", () => {
  it.each(improvement.cases)('$name', ({ em, eh, expected }) => {
    const units = { numerator: Float64Array.from(em), denominator: Float64Array.from(eh) };
    const interval = fiellerInterval(units, 0.05);
    expectNear(
      [(interval?.lower ?? 0) - 1, (interval?.upper ?? 0) - 1],
      expected.fieller_ci95_t,
      improvement.tolerance,
    );
  });

  it('does not exist where the denominator may be zero', () => {
    const units = { numerator: Float64Array.from([1, 2, 3]), denominator: Float64Array.from([-1, 2, 0.1]) };
    expect(fiellerInterval(units, 0.05)).toBeNull();
  });
});
