import type { Coordinates } from '../booking/booking.js';
import type { Clock } from '../clock.js';
import { t } from '../wording/t.js';
import type { ReportKind } from './conditions.js';
import type { WeatherDefaultReason } from './default-reason.js';
import type { OpenWeather, Reported, ServiceAnswer } from './openweather.js';
import { CALLS_PER_DAY, CALLS_PER_MINUTE, callCounter, type Permit, type Usage } from './quota.js';
import type { SharedWeather } from './shared-weather.js';

/** Calls of the service within the quota and the pauses that it demands. */
export interface MeteredCalls {
  ask(kind: ReportKind, place: Coordinates): Promise<CallOutcome>;
  counts(): CallCounts;
}

export type CallOutcome = Reported | FailedCall;

export interface FailedCall {
  readonly failed: true;
  readonly reason: WeatherDefaultReason;
  /** Says more, in the language of whoever is told. */
  detail(): string;
  /** How long the same question would be answered the same. */
  readonly holdsMs: number;
}

export interface CallCounts {
  readonly calls: number;
  readonly failures: Readonly<Partial<Record<WeatherDefaultReason, number>>>;
  /** Of all processes where they share a Redis. */
  readonly usage: Usage;
}

const FAILURE_HOLDS_MS = 60_000;
/** Asking again does not help against a key that is not valid (a new one takes up to 2 h), and would use up the day. */
const REFUSAL_HOLDS_MS = 5 * 60_000;
/** So many failures in a row are an outage of the service, not of a place: one call a minute finds out when it ends. */
const OUTAGE_FAILURES = 3;
const SHORTEST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 3600_000;

/** `onCall` hears of each answer of the service. */
export function meteredCalls(
  service: OpenWeather,
  shared: SharedWeather | null,
  clock: Clock,
  onCall: (answer: ServiceAnswer) => void = () => {},
): MeteredCalls {
  const counter = callCounter(clock);
  const failures: Partial<Record<WeatherDefaultReason, number>> = {};
  let calls = 0;
  let failedInARow = 0;
  let sharedUsage: { readonly usage: Usage; readonly atMs: number } | null = null;
  let pause: { readonly failure: FailedCall; readonly untilMs: number } | null = null;
  const pauseAll = (failure: FailedCall): FailedCall => {
    pause = { failure, untilMs: clock.monotonicMs() + failure.holdsMs };
    return failure;
  };
  const permit = async () => {
    const given = (await shared?.permit()) ?? null;
    if (given === null) return counter.permit();
    sharedUsage = { usage: given.usage, atMs: clock.nowMs() };
    if (given.granted) counter.count();
    return given;
  };
  return {
    async ask(kind, place) {
      const leftMs = pause === null ? 0 : pause.untilMs - clock.monotonicMs();
      if (pause !== null && leftMs > 0) return { ...pause.failure, holdsMs: leftMs };
      const permitted = await permit();
      if (!permitted.granted) return pauseAll(notPermitted(permitted));
      calls += 1;
      const answer = await service.ask(kind, place);
      onCall(answer);
      failedInARow = answer.failed ? failedInARow + 1 : 0;
      if (!answer.failed) return answer;
      const { reason, detail } = answer;
      failures[reason] = (failures[reason] ?? 0) + 1;
      const failure: FailedCall = { failed: true, reason, detail, holdsMs: holdsMs(answer) };
      if (reason === 'rate_limited') await shared?.pause(failure.holdsMs);
      const isOutage = failedInARow >= OUTAGE_FAILURES && (reason === 'timeout' || reason === 'unreachable');
      // Of the account or of the service: it holds for every place.
      return ACCOUNT_REASONS.has(reason) || isOutage ? pauseAll(failure) : failure;
    },
    counts: () => ({ calls, failures, usage: latestUsage(sharedUsage, counter.usage(), clock) }),
  };
}

const ACCOUNT_REASONS: ReadonlySet<WeatherDefaultReason> = new Set(['rate_limited', 'unauthorized']);

function holdsMs(answer: Extract<ServiceAnswer, { failed: true }>): number {
  if (answer.reason === 'rate_limited' && answer.retryAfterMs !== null) {
    return Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, answer.retryAfterMs));
  }
  const isRefusal = answer.reason === 'unauthorized' || answer.detail() === 'HTTP 404';
  return isRefusal ? REFUSAL_HOLDS_MS : FAILURE_HOLDS_MS;
}

/** Looked at again each minute: who restarts Redis, or waits for the day to end, need not restart us. */
function notPermitted({ usage, againInMs }: Extract<Permit, { granted: false }>): FailedCall {
  const isUsedUp = usage.minute >= CALLS_PER_MINUTE || usage.day >= CALLS_PER_DAY;
  const detail = () => (isUsedUp ? t`not asked, the quota is used up` : t`not asked, as a 429 demanded`);
  return { failed: true, reason: 'rate_limited', detail, holdsMs: Math.min(FAILURE_HOLDS_MS, againInMs) };
}

/** What Redis last told, while it is of this minute; our own calls otherwise. */
function latestUsage(
  known: { readonly usage: Usage; readonly atMs: number } | null,
  own: Usage,
  clock: Clock,
): Usage {
  if (known === null || clock.nowMs() - known.atMs >= FAILURE_HOLDS_MS) return own;
  return { minute: Math.max(known.usage.minute, own.minute), day: Math.max(known.usage.day, own.day) };
}
