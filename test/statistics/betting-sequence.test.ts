import { describe, it } from 'vitest';
import { bet, bettingInterval, newWager, plannedStake } from '../../src/statistics/betting-sequence.js';
import { expectNear, readVectors } from './vectors.js';

const betting = readVectors<
  {
    name: string;
    alpha: number;
    x: number[];
    t: number[];
    expected: {
      lambda_first10_alpha_half: number[];
      hedged_lower: number[];
      hedged_upper: number[];
      hedged_capital_max_theta_half: Record<string, number[]>;
    };
  },
  { grid_tolerance: number }
>('betting_cs');

describe.each(betting.cases)('the betting confidence sequence: $name', ({ alpha, x, t, expected }) => {
  const wagers = t.map((count) => {
    const wager = newWager(alpha);
    for (const value of x.slice(0, count)) bet(wager, value);
    return wager;
  });

  it('stakes by the variance so far', () => {
    const wager = newWager(alpha);
    const stakes = x.slice(0, 10).map((value) => {
      const stake = plannedStake(wager, alpha / 2);
      bet(wager, value);
      return stake;
    });
    expectNear(stakes, expected.lambda_first10_alpha_half, betting.tolerance);
  });

  it('has the reference capital', () => {
    for (const [mean, capitals] of Object.entries(expected.hedged_capital_max_theta_half)) {
      const at = Math.round(Number(mean) * 1000);
      const computed = wagers.map(({ above, below }) => Math.exp(Math.max(above[at]!, below[at]!)) / 2);
      expectNear(computed, capitals, betting.tolerance);
    }
  });

  it('keeps the means that are not refuted', () => {
    const ends = wagers.map(bettingInterval);
    const [lower, upper] = [ends.map((end) => end?.lower ?? -1), ends.map((end) => end?.upper ?? -1)];
    expectNear(lower, expected.hedged_lower, betting.grid_tolerance);
    expectNear(upper, expected.hedged_upper, betting.grid_tolerance);
  });
});
