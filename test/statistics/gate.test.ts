import { describe, expect, it } from 'vitest';
import { type Estimated, insufficient } from '../../src/statistics/estimate.js';
import { decideGate, decideGates } from '../../src/statistics/gate.js';

function estimated(lower: number, value: number, upper: number): Estimated {
  const bounds = { lower, upper };
  return {
    kind: 'estimated',
    value,
    bounds,
    interval: { lower: lower - 1, upper: upper + 1 },
    method: 'bca',
  };
}

describe('a gate', () => {
  const BELOW = { direction: 'below', value: 2.5 } as const;
  const ABOVE = { direction: 'above', value: 0.68 } as const;

  it.each([
    [BELOW, 1.9, 2.1, 2.4, 'pass', true],
    [BELOW, 1.9, 2.1, 2.5, 'insufficient', true],
    [BELOW, 2.4, 2.6, 2.9, 'insufficient', false],
    [BELOW, 2.5, 2.6, 2.9, 'fail', false],
    [ABOVE, 0.69, 0.7, 0.8, 'pass', true],
    [ABOVE, 0.68, 0.7, 0.8, 'insufficient', true],
    [ABOVE, 0.5, 0.6, 0.7, 'insufficient', false],
    [ABOVE, 0.5, 0.6, 0.68, 'fail', false],
  ] as const)('%j on %d ≤ %d ≤ %d: %s', (target, lower, value, upper, result, pointMeetsTarget) => {
    expect(decideGate('g', estimated(lower, value, upper), target)).toEqual({
      name: 'g',
      value,
      lower,
      upper,
      target,
      result,
      pointMeetsTarget,
    });
  });

  it('without an estimate has no numbers and does not pass', () => {
    expect(decideGate('g', insufficient('nothing settled'), BELOW)).toEqual({
      name: 'g',
      value: null,
      lower: null,
      upper: null,
      target: BELOW,
      result: 'insufficient',
      pointMeetsTarget: null,
    });
  });

  it('fails with any other, and passes only with all others', () => {
    const pass = decideGate('p', estimated(1, 1, 1), BELOW);
    const fail = decideGate('f', estimated(9, 9, 9), BELOW);
    const open = decideGate('o', insufficient('nothing'), BELOW);
    expect(decideGates([pass, pass])).toBe('pass');
    expect(decideGates([pass, open])).toBe('insufficient');
    expect(decideGates([pass, open, fail])).toBe('fail');
    expect(decideGates([])).toBe('insufficient');
  });
});
