import { FEWEST_FOR_A_VERDICT, THRESHOLDS } from '../health/thresholds.js';
import { decimal, percent } from '../render/number.js';
import { dayMeanSequence } from '../rollout/day-sequences.js';
import { coverageOf, LEAST_COVERAGE } from '../rollout/evidence.js';
import { improvementBeyond } from '../rollout/gates.js';
import { logSampleRatioEvidence } from '../statistics/sample-ratio.js';
import { evidenceAfter, SHIFT_ALARM } from '../statistics/shift-detector.js';
import { t } from '../wording/t.js';
import type { GuardAction } from './guard-store.js';
import type { RuleName } from './rule-names.js';
import type { Sighting } from './sighting.js';

/** What a rule found. */
export interface Found {
  readonly level: 'notice' | 'warn' | 'act';
  readonly value: number | null;
  readonly threshold: number | null;
  /** One sentence with the evidence. */
  readonly text: string;
  /** What the rule wants done. */
  readonly action: GuardAction;
}

/**
 * A rule of the one table of thresholds. `isOpen`: it found something at the look before; then it lets go only below 80 %
 * of its threshold, so that a number at the threshold does not come and go. Pure.
 */
export type Rule = (sighting: Sighting, isOpen: boolean) => Found | null;

export const RULES = {
  failure_rate: failureRate,
  improvement: worseThanHeuristic,
  prediction_time: predictionTime,
  mae: meanError,
  miss_rate: missRate,
  assignment: assignment,
  both_arms: bothArms,
  drift: drift,
  crash: crash,
  uptime: uptime,
  silence: silence,
  outcomes: outcomes,
  weather: weather,
  ineligible: ineligible,
} as const satisfies Record<RuleName, Rule>;

const LETS_GO_AT = 0.8;
/** The recent attempts that tell whether it still goes on. */
const RECENT = 50;
/** Rates that the detectors look for. */
const ABOVE_20 = [0.25, 0.3, 0.4];
const ABOVE_30 = [0.4, 0.6, 0.9];

/** Rolls back when more than 20 % are proven and the last 50 attempts are above 30 %, or more than 30 % are proven. */
function failureRate({ attempts, hour }: Sighting, isOpen: boolean): Found | null {
  const { warnAbove, actAbove } = THRESHOLDS.failureRate;
  const recent = attempts.slice(-RECENT);
  const value = shareOf(recent);
  const isProven =
    rose(attempts, actAbove, ABOVE_30) || (value > actAbove && rose(attempts, warnAbove, ABOVE_20));
  if (isProven) {
    // It may be over already; what was proven is a rate since the step began.
    const text =
      value > warnAbove
        ? t`${percent(value)} of the model's last ${recent.length} attempts failed; above ${percent(warnAbove)} is proven`
        : t`more than ${percent(actAbove)} of the model's attempts failed for a while, which is proven; of the last ${recent.length} ${percent(value)} did`;
    return { level: 'act', value, threshold: actAbove, text, action: 'roll_back' };
  }
  const limit = isOpen ? warnAbove * LETS_GO_AT : warnAbove;
  if (hour.attempts < FEWEST_FOR_A_VERDICT || hour.failures / hour.attempts <= limit) return null;
  const rate = hour.failures / hour.attempts;
  const text = t`${percent(rate)} of the model's ${hour.attempts} attempts of the last hour failed; at most ${percent(warnAbove)} may`;
  return { level: 'warn', value: rate, threshold: warnAbove, text, action: 'notify' };
}

/** The evidence rises again from nothing at any moment, so that a long good run does not have to be outweighed. */
function rose(outcomes: readonly boolean[], baseline: number, alternatives: readonly number[]): boolean {
  return evidenceAfter(outcomes, baseline, alternatives) >= SHIFT_ALARM;
}

function worseThanHeuristic({ evidence }: Sighting): Found | null {
  if (!isCovered(evidence)) return null;
  const improvement = improvementBeyond(evidence.days, 0);
  if (improvement.kind === 'insufficient' || improvement.bounds.lower <= 0) return null;
  const { value, bounds } = improvement;
  const text = t`the model's error is ${percent(value)} above the heuristic's (${percent(bounds.lower)} or more is proven, on ${evidence.days.length} days)`;
  return { level: 'act', value, threshold: 0, text, action: 'roll_back' };
}

function meanError({ evidence, acceptedDays }: Sighting): Found | null {
  const { warnAbove } = THRESHOLDS.mae;
  if (!isCovered(evidence)) return null;
  const days = evidence.days.filter(({ dayNumber }) => dayNumber > (acceptedDays?.mae ?? 0));
  const mae = dayMeanSequence(days, { e: 1, h: 0 });
  if (mae.kind === 'insufficient' || mae.bounds.lower <= warnAbove) return null;
  const text = t`the model is off by ${decimal(mae.value)} min on average; more than ${decimal(warnAbove, 1)} is proven`;
  return { level: 'act', value: mae.value, threshold: warnAbove, text, action: 'hold' };
}

function missRate({ misses, evidence }: Sighting): Found | null {
  const { warnAbove } = THRESHOLDS.missRate;
  // Late rides settle last: of a few known outcomes these may be the bad ones, or the good.
  if ((coverageOf(evidence) ?? 1) < LEAST_COVERAGE) return null;
  if (!rose(misses, warnAbove, ABOVE_20)) return null;
  const value = shareOf(misses.slice(-RECENT));
  const text = t`of the last ${Math.min(RECENT, misses.length)} settled bookings ${percent(value)} were off by more than 5 min; a rise above ${percent(warnAbove)} is proven`;
  return { level: 'act', value, threshold: warnAbove, text, action: 'hold' };
}

/** Halving waits for the third look in a row; who counts the looks decides that. */
function predictionTime({ fiveMinutes }: Sighting, isOpen: boolean): Found | null {
  const { warnAbove } = THRESHOLDS.predictionTimeMs;
  const p95 = fiveMinutes.predictionTimeMs?.p95 ?? 0;
  if (p95 <= (isOpen ? warnAbove * LETS_GO_AT : warnAbove)) return null;
  const text = t`the slowest 5 % of the predictions of the last 5 minutes took ${Math.round(p95)} ms or more; at most ${warnAbove} may`;
  return { level: 'warn', value: p95, threshold: warnAbove, text, action: 'halve' };
}

/** Evidence of a mismatch that chance alone reaches once in a thousand rollouts. */
const MISMATCH = Math.log(1000);
/** Weight of the prior around the planned shares. */
const CONCENTRATION = 1000;

function assignment({ assignment: { model, control, percentage } }: Sighting): Found | null {
  const share = percentage / 100;
  if (share <= 0 || share >= 1 || model + control === 0) return null;
  const evidence = logSampleRatioEvidence(
    { observed: [model, control], shares: [share, 1 - share] },
    CONCENTRATION,
  );
  if (evidence < MISMATCH) return null;
  const value = model / (model + control);
  const text = t`${percent(value)} of ${model + control} bookings went to the model; ${percentage} % should`;
  return { level: 'act', value, threshold: share, text, action: 'hold' };
}

function bothArms({ assignment: { both } }: Sighting): Found | null {
  if (both === 0) return null;
  const text = t`${both} bookings were answered by both arms at the same share; each should keep its own`;
  return { level: 'warn', value: both, threshold: 0, text, action: 'notify' };
}

function drift({ drifted }: Sighting): Found | null {
  if (drifted.length === 0) return null;
  const text = t`the inputs ${drifted.join(', ')} were unlike those of training on two days running`;
  return { level: 'act', value: drifted.length, threshold: 0, text, action: 'hold' };
}

function crash({ crashed }: Sighting): Found | null {
  if (crashed.length === 0) return null;
  const text = t`lost without a stop: ${crashed.join(', ')}`;
  return { level: 'warn', value: crashed.length, threshold: 0, text, action: 'notify' };
}

function uptime({ uptime: value }: Sighting): Found | null {
  const { shownBelow } = THRESHOLDS.uptime;
  if (value === null || value >= shownBelow) return null;
  const text = t`the service was up for ${percent(value, 2)} of the last 7 days; ${percent(shownBelow)} are expected`;
  return { level: 'notice', value, threshold: shownBelow, text, action: 'notify' };
}

const SILENT_MS = 12 * 3_600_000;
const RECENTLY_MS = 7 * 24 * 3_600_000;
/** As many requests in this hour a week ago tell that there should be some. */
const USUAL = 5;

/** Nothing asked is an event of its own: neither a fault of the model nor a good sign. */
function silence({ nowMs, lastRequestMs, hour, requestsWeekAgo }: Sighting): Found | null {
  if (lastRequestMs === null || hour.requests > 0) return null;
  const quietMs = nowMs - lastRequestMs;
  const isUnusual = requestsWeekAgo >= USUAL || quietMs > SILENT_MS;
  if (!isUnusual || quietMs > RECENTLY_MS) return null;
  const text = t`no booking was asked about for ${decimal(quietMs / 3_600_000, 1)} h; in this hour a week ago there were ${requestsWeekAgo}`;
  return { level: 'warn', value: quietMs, threshold: SILENT_MS, text, action: 'notify' };
}

function outcomes({ evidence }: Sighting): Found | null {
  const value = coverageOf(evidence);
  if (value === null || value >= LEAST_COVERAGE) return null;
  const text = t`outcomes are known for ${percent(value)} of the bookings due; ${percent(LEAST_COVERAGE)} are needed for a verdict`;
  return { level: 'warn', value, threshold: LEAST_COVERAGE, text, action: 'notify' };
}

/** So many answers without weather in five minutes are an outage. */
const WEATHER_FAILURES = 3;

function weather({ hour, fiveMinutes }: Sighting, isOpen: boolean): Found | null {
  const { shownAbove } = THRESHOLDS.weatherDefaultRate;
  if (hour.requests === 0) return null;
  const value = hour.weatherDefaults / hour.requests;
  const isMany = value > (isOpen ? shownAbove * LETS_GO_AT : shownAbove);
  if (!isMany && fiveMinutes.weatherDefaults < WEATHER_FAILURES) return null;
  const text = t`${percent(value)} of the last hour's answers had to do without the weather; the neutral value stands in`;
  return { level: 'notice', value, threshold: shownAbove, text, action: 'notify' };
}

const MOST_INELIGIBLE = 0.1;

function ineligible({ hour }: Sighting, isOpen: boolean): Found | null {
  if (hour.requests < FEWEST_FOR_A_VERDICT) return null;
  const value = hour.ineligible / hour.requests;
  if (value <= (isOpen ? MOST_INELIGIBLE * LETS_GO_AT : MOST_INELIGIBLE)) return null;
  const text = t`${percent(value)} of the last hour's bookings lack what the model needs; the heuristic answers them`;
  return { level: 'notice', value, threshold: MOST_INELIGIBLE, text, action: 'notify' };
}

function isCovered(evidence: Sighting['evidence']): boolean {
  return (coverageOf(evidence) ?? 0) >= LEAST_COVERAGE;
}

function shareOf(outcomes: readonly boolean[]): number {
  return outcomes.length === 0 ? 0 : outcomes.filter(Boolean).length / outcomes.length;
}
