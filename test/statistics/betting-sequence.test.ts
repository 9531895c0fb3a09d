import { describe, expect, it } from 'vitest';
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
  const wagers = () =>
    t.map((count) => {
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
    const played = wagers();
    for (const [mean, capitals] of Object.entries(expected.hedged_capital_max_theta_half)) {
      const at = Math.round(Number(mean) * 1000);
      const computed = played.map(({ above, below }) => Math.exp(Math.max(above[at]!, below[at]!)) / 2);
      expectNear(computed, capitals, betting.tolerance);
    }
  });

  it('keeps the means that are not refuted', () => {
    const ends = wagers().map(bettingInterval);
    const [lower, upper] = [ends.map((end) => end?.lower ?? -1), ends.map((end) => end?.upper ?? -1)];
    expectNear(lower, expected.hedged_lower, betting.grid_tolerance);
    expectNear(upper, expected.hedged_upper, betting.grid_tolerance);
  });
});

describe('a wager by hand', () => {
  it('stakes at most half of what could be lost', () => {
    // ln(1/α) = 1: the first stake is √(2 / (ln 2 · ¼)) = 3.397.
    const wager = newWager(2 / Math.E, Float64Array.of(0.1, 0.5, 0.9));
    bet(wager, 0.75);
    // Above ½ it stakes ½/½ = 1 and wins 0.25; above 0.9 it stakes 0.5/0.9 and loses 0.15; above 0.1, 3.397 and wins 0.65.
    const first = Math.sqrt(8 / Math.LN2);
    const above = [Math.log(1 + first * 0.65), Math.log(1.25), Math.log(1 - (0.5 / 0.9) * 0.15)];
    const below = [Math.log(1 - (0.5 / 0.9) * 0.65), Math.log(0.75), Math.log(1 + first * 0.15)];
    expectNear([...wager.above], above, 1e-12);
    expectNear([...wager.below], below, 1e-12);
  });

  it('begins with nothing known, on a grid of a thousand steps', () => {
    const wager = newWager(0.05);
    expect([wager.means.length, wager.means[0], wager.means[1], wager.means[1000]]).toEqual([
      1001, 0, 0.001, 1,
    ]);
    expect(bettingInterval(wager)).toEqual({ lower: 0, upper: 1 });
  });

  it('keeps the means whose capital is below 2 / α, and a step on each side', () => {
    const wager = newWager(0.1, Float64Array.of(0, 0.25, 0.5, 0.75, 1));
    wager.above.set([9, 9, 2.99, 0, 0]);
    wager.below.set([0, 0, 0, 0, 9]);
    // ln 20 = 2.996: ½ and ¾ are kept.
    expect(bettingInterval(wager)).toEqual({ lower: 0.25, upper: 1 });
    wager.above.set([9, 9, Math.log(1 / 0.05), 0, 0]);
    // Refuted at 2 / α itself: ¾ alone is kept.
    expect(bettingInterval(wager)).toEqual({ lower: 0.5, upper: 1 });
    wager.above.set([0, 0, 9, 9, 9]);
    expect(bettingInterval(wager)).toEqual({ lower: 0, upper: 0.5 });
  });

  it('has no interval where every mean is refuted', () => {
    const wager = newWager(0.1, Float64Array.of(0.4, 0.5, 0.6));
    wager.above.set([3, 9, 0]);
    wager.below.set([0, 0, 9]);
    expect(bettingInterval(wager)).toBeNull();
  });
});
