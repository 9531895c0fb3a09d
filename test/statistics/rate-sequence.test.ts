import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededUniforms } from '../../src/statistics/random.js';
import {
  logEvidenceAbove,
  logEvidenceAgainst,
  logEvidenceBelow,
  rateSequence,
} from '../../src/statistics/rate-sequence.js';
import { expectNear, readVectors } from './vectors.js';

const rates = readVectors<
  {
    successes: number;
    n: number;
    p0: number;
    a: number;
    b: number;
    expected: { log_e_two_sided: number; log_e_one_sided_greater: number };
  },
  {
    confidence_sequence: {
      successes: number;
      n: number;
      alpha: number;
      a: number;
      b: number;
      expected: number[];
    }[];
  }
>('bernoulli_evalue');

describe('evidence on a rate', () => {
  it.each(rates.cases)(
    '$successes of $n against $p0, Beta($a, $b)',
    ({ successes, n, p0, a, b, expected }) => {
      const tally = { successes, trials: n };
      expectNear(logEvidenceAgainst(p0, tally, { a, b }), expected.log_e_two_sided, rates.tolerance);
      expectNear(logEvidenceAbove(p0, tally, { a, b }), expected.log_e_one_sided_greater, rates.tolerance);
    },
  );

  it.each(rates.confidence_sequence.filter((one) => one.alpha === 0.05))(
    'the rates not refuted after $successes of $n, Beta($a, $b)',
    ({ successes, n, a, b, expected }) => {
      const estimate = rateSequence({ successes, trials: n }, { a, b });
      if (estimate.kind === 'insufficient') throw new Error(estimate.reason);
      expectNear([estimate.interval.lower, estimate.interval.upper], expected, rates.tolerance);
    },
  );

  it('that a rate is below is evidence that the opposite rate is above', () => {
    const below = logEvidenceBelow(0.3, { successes: 5, trials: 60 }, { a: 2, b: 6 });
    expectNear(below, logEvidenceAbove(0.7, { successes: 55, trials: 60 }, { a: 6, b: 2 }), 1e-12);
    expect(below).toBeGreaterThan(0);
  });

  it('alarms falsely in at most 5 % of runs, looking after each of 3000 trials', () => {
    const uniform = seededUniforms(4);
    let alarms = 0;
    for (let run = 0; run < 200; run++) {
      let [successes, alarmed] = [0, false];
      for (let trials = 1; trials <= 3000 && !alarmed; trials++) {
        if (uniform() < 0.2) successes++;
        alarmed = logEvidenceAbove(0.2, { successes, trials }) >= Math.log(20);
      }
      if (alarmed) alarms++;
    }
    expect(alarms / 200).toBeLessThanOrEqual(0.08);
  });

  it('gives bounds that are the threshold of what is proven, and stays defined for very many trials', () => {
    const trials = fc.integer({ min: 1, max: 300_000 });
    fc.assert(
      fc.property(trials, fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const tally = { successes: Math.round(share * n), trials: n };
        const estimate = rateSequence(tally);
        if (estimate.kind === 'insufficient') throw new Error(estimate.reason);
        const { lower, upper } = estimate.bounds;
        expect(0 <= lower && lower <= estimate.value && estimate.value <= upper && upper <= 1).toBe(true);
        if (lower > 0) expect(logEvidenceAbove(lower, tally)).toBeCloseTo(Math.log(20), 4);
        if (upper < 1) expect(logEvidenceBelow(upper, tally)).toBeCloseTo(Math.log(20), 4);
      }),
    );
  });
});
