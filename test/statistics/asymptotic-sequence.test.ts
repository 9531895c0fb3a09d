import { describe, expect, it } from 'vitest';
import {
  halfWidth,
  meanSequence,
  NO_VALUES,
  oneSidedWidth,
  withValue,
} from '../../src/statistics/asymptotic-sequence.js';
import { expectNear, readVectors } from './vectors.js';

const asymptotic = readVectors<
  { alpha: number; t_star: number; t: number; expected: { half_two_sided: number; half_one_sided: number } },
  {
    data_case: {
      x: number[];
      t_star: number;
      sequence: {
        t: number;
        mean: number;
        two_sided: number[];
        lower_one_sided: number;
        upper_one_sided: number;
      }[];
    };
  }
>('asymptotic_cs');

describe('the asymptotic confidence sequence', () => {
  it.each(asymptotic.cases)(
    'has its width at $t for $t_star, alpha $alpha',
    ({ t, alpha, t_star, expected }) => {
      expectNear(halfWidth(t, alpha, t_star), expected.half_two_sided, asymptotic.tolerance);
      expectNear(oneSidedWidth(t, alpha, t_star), expected.half_one_sided, asymptotic.tolerance);
    },
  );

  const { x, t_star, sequence } = asymptotic.data_case;
  it.each(sequence)('of a stream at $t', ({ t, mean, two_sided, lower_one_sided, upper_one_sided }) => {
    const moments = x.slice(0, t).reduce(withValue, NO_VALUES);
    const estimate = meanSequence(moments, { startAt: 2, tightestAt: t_star });
    if (estimate.kind === 'insufficient') throw new Error(estimate.reason);
    expectNear(estimate.value, mean, asymptotic.tolerance);
    expectNear([estimate.interval.lower, estimate.interval.upper], two_sided, asymptotic.tolerance);
    const bounds = [lower_one_sided, upper_one_sided];
    expectNear([estimate.bounds.lower, estimate.bounds.upper], bounds, asymptotic.tolerance);
  });

  it('says nothing before its start or of equal values', () => {
    const six = [1, 2, 3, 4, 5, 6].reduce(withValue, NO_VALUES);
    expect(meanSequence(six)).toEqual({ kind: 'insufficient', reason: '6 of at least 7 values' });
    expect(meanSequence(withValue(six, 7)).kind).toBe('estimated');
    expect(meanSequence(new Array(9).fill(2).reduce(withValue, NO_VALUES)).kind).toBe('insufficient');
  });
});
