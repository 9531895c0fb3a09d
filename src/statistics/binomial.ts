import { t } from '../wording/t.js';
import { BOUNDS_ALPHA, type Estimated, INTERVAL_ALPHA, type Interval, insufficient } from './estimate.js';
import { incompleteBeta, inverseIncompleteBeta } from './special-functions.js';

/**
 * A rate with its Clopper–Pearson interval, exact for independent trials; `successes` of `trials`, both
 * whole. Each end of `bounds` is the exact one-sided 95 % bound. Source: Clopper & Pearson, Biometrika 26
 * (1934).
 */
export function rateEstimate(successes: number, trials: number): Estimated {
  if (trials < 1) return insufficient(t`there are no trials`);
  return {
    kind: 'estimated',
    value: successes / trials,
    interval: clopperPearson(successes, trials, INTERVAL_ALPHA),
    bounds: clopperPearson(successes, trials, BOUNDS_ALPHA),
    method: 'clopper-pearson',
  };
}

function clopperPearson(successes: number, trials: number, alpha: number): Interval {
  const failures = trials - successes;
  return {
    lower: successes === 0 ? 0 : inverseIncompleteBeta(alpha / 2, successes, failures + 1),
    upper: failures === 0 ? 1 : inverseIncompleteBeta(1 - alpha / 2, successes + 1, failures),
  };
}

/** P(X ≥ successes) of Binomial(trials, rate), as an incomplete beta function. */
export function binomialTail(successes: number, trials: number, rate: number): number {
  return successes <= 0 ? 1 : incompleteBeta(rate, successes, trials - successes + 1);
}
