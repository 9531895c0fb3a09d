import { chiSquareTail, logGamma } from './special-functions.js';

/** Units seen in each arm and the shares they were assigned with, which sum to 1. */
export interface Assignment {
  readonly observed: readonly number[];
  readonly shares: readonly number[];
}

/** Below this many expected in an arm chi-square misleads and two arms are tested exactly. */
const LEAST_EXPECTED = 5;
/** scipy's allowance for outcomes whose probability equals the observed one up to rounding. */
const EQUALLY_LIKELY = 1 + 1e-7;

/**
 * p-value of assigned counts under their shares, for a report that is read once: chi-square, or for two arms
 * with fewer than 5 expected the exact binomial. Suspicious below 0.001.
 */
export function sampleRatioP(assignment: Assignment): number {
  const total = totalOf(assignment);
  const expected = assignment.shares.map((share) => share * total);
  if (assignment.shares.length === 2 && expected.some((count) => count < LEAST_EXPECTED)) {
    return exactP(assignment.observed[0] ?? 0, total, assignment.shares[0] ?? 0);
  }
  const terms = assignment.observed.map((count, i) => (count - expected[i]!) ** 2 / expected[i]!);
  return chiSquareTail(
    terms.reduce((a, b) => a + b, 0),
    terms.length - 1,
  );
}

/**
 * ln of the evidence for a mismatch, to be read as often as one likes: alarm at ln(1/α). `concentration` is
 * the weight of the Dirichlet prior around the shares; larger finds smaller mismatches later.
 * Source: Lindon & Malek, Anytime-Valid Inference for Multinomial Count Data (2022).
 */
export function logSampleRatioEvidence(assignment: Assignment, concentration: number): number {
  const terms = assignment.observed.map((count, i) => {
    const share = assignment.shares[i]!;
    const prior = concentration * share;
    return logGamma(prior + count) - logGamma(prior) - count * Math.log(share);
  });
  const total = totalOf(assignment);
  return terms.reduce((a, b) => a + b, logGamma(concentration) - logGamma(concentration + total));
}

/** Sum of the probabilities of all outcomes at most as likely as the observed one. */
function exactP(successes: number, trials: number, rate: number): number {
  const log = (k: number): number =>
    logGamma(trials + 1) -
    logGamma(k + 1) -
    logGamma(trials - k + 1) +
    k * Math.log(rate) +
    (trials - k) * Math.log1p(-rate);
  const limit = Math.exp(log(successes)) * EQUALLY_LIKELY;
  const chances = Array.from({ length: trials + 1 }, (_, k) => Math.exp(log(k)));
  return Math.min(
    1,
    chances.filter((chance) => chance <= limit).reduce((a, b) => a + b, 0),
  );
}

function totalOf({ observed }: Assignment): number {
  return observed.reduce((a, b) => a + b, 0);
}
