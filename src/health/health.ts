import type { Accuracy, Traffic } from '../ledger/ledger.js';
import { decimal, percent } from '../render/number.js';
import { rateEstimate } from '../statistics/binomial.js';
import { t } from '../wording/t.js';
import { FEWEST_FOR_A_VERDICT, THRESHOLDS } from './thresholds.js';

/**
 * `idle`: nothing was asked in 24 h; `collecting`: too few attempts for a verdict; `degraded`: something warns;
 * `failing`: something calls for an act.
 */
export type HealthStatus = 'off' | 'idle' | 'collecting' | 'degraded' | 'failing' | 'healthy';

/** What was found, by its name in the table of thresholds. */
export interface Finding {
  readonly name: keyof typeof THRESHOLDS | 'ledger';
  /** `act` makes it failing, `warn` degraded; `shown` is for people to know. */
  readonly level: 'act' | 'warn' | 'shown';
  /** `null` where nothing was measured. */
  readonly value: number | null;
  readonly threshold: number | null;
  readonly text: string;
}

export interface Health {
  readonly status: HealthStatus;
  /** Of the model's attempts in the last 60 minutes, shadow included; `null` without any. */
  readonly successRate: number | null;
  readonly errorRate: number | null;
  readonly findings: readonly Finding[];
}

/** What the ledger knows of the last hour and day; `null` when it does not answer. */
export interface Observed {
  readonly hour: { readonly traffic: Traffic; readonly accuracy: Accuracy };
  readonly requestsIn24h: number;
}

/**
 * How the model is, by the last 60 minutes. Off and idle are healthy ends, not faults; what is not proven fails
 * nothing. `serving`: the flag lets the model answer somebody.
 */
export function healthOf(serving: boolean, observed: Observed | null): Health {
  const traffic = observed?.hour.traffic ?? null;
  const errorRate = traffic === null ? null : ratio(traffic.failures, traffic.attempts);
  const rates = { successRate: errorRate === null ? null : 1 - errorRate, errorRate };
  if (!serving) return { status: 'off', ...rates, findings: [] };
  if (observed === null) return { status: 'degraded', ...rates, findings: [ledgerAway()] };
  if (observed.requestsIn24h === 0) return { status: 'idle', ...rates, findings: [] };
  if (observed.hour.traffic.attempts < FEWEST_FOR_A_VERDICT)
    return { status: 'collecting', ...rates, findings: [] };
  const findings = findingsOf(observed.hour);
  const status = findings.some(({ level }) => level === 'act')
    ? 'failing'
    : findings.some(({ level }) => level === 'warn')
      ? 'degraded'
      : 'healthy';
  return { status, ...rates, findings };
}

/** Fallbacks, off and the waiting for data are what was asked for. */
export function isHealthy(status: HealthStatus): boolean {
  return status !== 'degraded' && status !== 'failing';
}

const ledgerAway = (): Finding => ({
  ...{ name: 'ledger', level: 'warn', value: null, threshold: null },
  text: t`The ledger of predictions does not answer: how the model does is not known.`,
});

function findingsOf({ traffic, accuracy }: Observed['hour']): Finding[] {
  return [
    failureFinding(traffic),
    maeFinding(accuracy),
    missFinding(accuracy),
    timeFinding(traffic),
    weatherFinding(traffic),
  ].filter((finding) => finding !== null);
}

function failureFinding({ failures, attempts }: Traffic): Finding | null {
  const { warnAbove, actAbove } = THRESHOLDS.failureRate;
  const value = failures / attempts;
  if (value <= warnAbove) return null;
  const lower = provenAbove(failures, attempts);
  // More than 20 % for sure, and lately more than 30 %; the hour stands for the last 50 attempts.
  const acts = lower > actAbove || (lower > warnAbove && value > actAbove);
  const text = t`${percent(value)} of the model's ${attempts} attempts failed; at most ${percent(warnAbove)} may.`;
  return { name: 'failureRate', level: acts ? 'act' : 'warn', value, threshold: warnAbove, text };
}

function maeFinding({ model: { count, mae, rmse } }: Accuracy): Finding | null {
  const { warnAbove } = THRESHOLDS.mae;
  if (mae === null || rmse === null || count < FEWEST_FOR_A_VERDICT) return null;
  const standardError = Math.sqrt(Math.max(0, rmse ** 2 - mae ** 2) / count);
  if (mae - ONE_SIDED_95 * standardError <= warnAbove) return null;
  const text = t`The model is off by ${decimal(mae)} min on average; more than ${decimal(warnAbove, 1)} is proven.`;
  return { name: 'mae', level: 'act', value: mae, threshold: warnAbove, text };
}

function missFinding({ model: { count, missRate } }: Accuracy): Finding | null {
  const { warnAbove } = THRESHOLDS.missRate;
  if (missRate === null || count < FEWEST_FOR_A_VERDICT) return null;
  if (provenAbove(Math.round(missRate * count), count) <= warnAbove) return null;
  const text = t`${percent(missRate)} of ${count} settled bookings were off by more than 5 min.`;
  return { name: 'missRate', level: 'act', value: missRate, threshold: warnAbove, text };
}

function timeFinding({ predictionTimeMs }: Traffic): Finding | null {
  const { shownAbove, warnAbove } = THRESHOLDS.predictionTimeMs;
  if (predictionTimeMs === null || predictionTimeMs.p95 <= shownAbove) return null;
  const value = predictionTimeMs.p95;
  const warns = value > warnAbove;
  const text = t`The slowest 5 % of the predictions took ${Math.round(value)} ms or more.`;
  const threshold = warns ? warnAbove : shownAbove;
  return { name: 'predictionTimeMs', level: warns ? 'warn' : 'shown', value, threshold, text };
}

/** Where there is no key it is so for good: worth knowing, and no fault of the model's. */
function weatherFinding({ weatherDefaults, requests }: Traffic): Finding | null {
  const { shownAbove } = THRESHOLDS.weatherDefaultRate;
  const value = ratio(weatherDefaults, requests);
  if (value === null || value <= shownAbove) return null;
  const text = t`${percent(value)} of the answers had to do without the weather.`;
  return { name: 'weatherDefaultRate', level: 'shown', value, threshold: shownAbove, text };
}

const ONE_SIDED_95 = 1.645;

/** What the rate is above with 95 % confidence. */
function provenAbove(successes: number, trials: number): number {
  const estimate = rateEstimate(successes, trials);
  return estimate.kind === 'estimated' ? estimate.bounds.lower : 0;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
