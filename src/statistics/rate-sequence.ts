import { t } from '../wording/t.js';
import { type Estimated, INTERVAL_ALPHA, insufficient } from './estimate.js';
import { incompleteBeta, logBeta } from './special-functions.js';

/** Successes among trials so far; what is tested may be looked at after every trial. */
export interface Tally {
  readonly successes: number;
  readonly trials: number;
}

/** Beta prior that weighs the alternatives; with (2, 6) it expects a rate near 0.25. */
export interface BetaPrior {
  readonly a: number;
  readonly b: number;
}

const FAILURE_PRIOR: BetaPrior = { a: 2, b: 6 };

/** Halvings of [0, 1]: all the digits that a double has. */
const HALVINGS = 52;

/**
 * ln of the evidence that the rate is above `rate`: likelihood under the prior cut off below `rate`, over
 * that at `rate`. A breach is proven at level α at the first moment it reaches ln(1/α), however often one
 * looks.
 * Source: Robbins, Annals of Mathematical Statistics 41 (1970), beta-binomial mixture.
 */
export function logEvidenceAbove(rate: number, tally: Tally, prior: BetaPrior = FAILURE_PRIOR): number {
  const [a, b] = [prior.a + tally.successes, prior.b + tally.trials - tally.successes];
  // 1 − I_p(a, b) is I_{1−p}(b, a): the subtraction cancels near n = 1000 and would then alarm on noise.
  const above = incompleteBeta(1 - rate, b, a) / incompleteBeta(1 - rate, prior.b, prior.a);
  return logEvidenceAgainst(rate, tally, prior) + Math.log(above);
}

/** ln of the evidence that the rate is below `rate`. */
export function logEvidenceBelow(rate: number, tally: Tally, prior: BetaPrior = FAILURE_PRIOR): number {
  const failures = { successes: tally.trials - tally.successes, trials: tally.trials };
  return logEvidenceAbove(1 - rate, failures, { a: prior.b, b: prior.a });
}

/** ln of the evidence that the rate is other than `rate`. */
export function logEvidenceAgainst(rate: number, { successes, trials }: Tally, prior: BetaPrior): number {
  const failures = trials - successes;
  const mixture = logBeta(prior.a + successes, prior.b + failures) - logBeta(prior.a, prior.b);
  return mixture - times(successes, Math.log(rate)) - times(failures, Math.log1p(-rate));
}

/**
 * The rate with a confidence sequence: the rates not yet refuted. It may be read after every trial; all
 * readings together hold with probability 95 %.
 */
export function rateSequence(tally: Tally, prior: BetaPrior = FAILURE_PRIOR): Estimated {
  if (tally.trials < 1) return insufficient(t`there are no trials`);
  const value = tally.successes / tally.trials;
  const needed = Math.log(1 / INTERVAL_ALPHA);
  const twoSided = (rate: number) => logEvidenceAgainst(rate, tally, prior) >= needed;
  return {
    kind: 'estimated',
    value,
    interval: { lower: edge(value, 0, twoSided), upper: edge(value, 1, twoSided) },
    bounds: {
      lower: edge(value, 0, (rate) => logEvidenceAbove(rate, tally, prior) >= needed),
      upper: edge(value, 1, (rate) => logEvidenceBelow(rate, tally, prior) >= needed),
    },
    method: 'confidence-sequence',
  };
}

/**
 * Where refutation begins on the way from the observed rate to the end of the range; that end if it never
 * does.
 */
function edge(observed: number, end: number, refuted: (rate: number) => boolean): number {
  let [kept, lost] = [observed, end];
  // At 0 and 1 the likelihood is zero unless every trial agrees, so an end that is observed is never refuted.
  if (observed === end) return end;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (kept + lost) / 2;
    if (refuted(middle)) lost = middle;
    else kept = middle;
  }
  return lost;
}

/** 0 · ln 0 is 0. */
function times(count: number, log: number): number {
  return count === 0 ? 0 : count * log;
}
