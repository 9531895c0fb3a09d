import { localTime } from '../booking/local-time.js';
import { AtmrError } from '../errors.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Manifest } from '../model/manifest.js';
import { closedDays } from '../rollout/closed-days.js';
import { DUE_AFTER_MS } from '../rollout/evidence.js';
import type { DayReader } from './day-reader.js';
import { readDrift } from './drift-watch.js';
import type { Episode, GuardStore } from './guard-store.js';
import { crashesSince, instanceOf } from './lost-instances.js';
import type { RuleName } from './rule-names.js';
import { NEWEST, type Sighting } from './sighting.js';

/** What a look is about. */
export interface Watch {
  /** When the step, or without a rollout the present share, began. */
  readonly sinceMs: number;
  /** When the steps before began that had the same model. */
  readonly baselineMs: number;
  readonly modelVersion: string | null;
  /** `null` where this machine does not have it: then drift is not looked at. */
  readonly manifest: Manifest | null;
  /** Since which revision the share is what it is. */
  readonly shareRevision: number;
  /** Since which revision the step is what it is. */
  readonly stepRevision: number;
  readonly percentage: number;
  /** All that is remembered since the baseline. */
  readonly episodes: readonly Episode[];
}

export interface LookSources {
  readonly ledger: Ledger;
  readonly guardStore: GuardStore;
  readonly days: DayReader;
  readonly timeZone: string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** A step that lasts for ever, or no step at all: what was longer ago says little of today. */
const MOST_DAYS = 90;
/** Misses are of bookings that are settled by then, or never. */
const LATELY_MS = 28 * DAY_MS;
const NOBODY = { model: 0, control: 0, both: 0 };
/** Fewer minutes of history are no share. */
const FEWEST_MINUTES = 60;

/** One look at everything that is recorded. Rejects with UNAVAILABLE when the ledger does not answer. */
export async function look(sources: LookSources, watch: Watch, nowMs: number): Promise<Sighting> {
  const { ledger, days, timeZone } = sources;
  const { sinceMs, baselineMs, modelVersion, episodes } = watch;
  const since = (rule: RuleName) => sinceFor(rule, watch);
  const oldestMs = nowMs - MOST_DAYS * DAY_MS;
  const closed = closedDays(Math.max(sinceMs, oldestMs), nowMs, timeZone);
  const earlier = closedDays(Math.max(baselineMs, oldestMs), nowMs, timeZone, sinceMs);
  const [
    own,
    before,
    attempts,
    misses,
    step,
    hour,
    fiveMinutes,
    weekAgo,
    assigned,
    lastRequestMs,
    uptime,
    up,
  ] = await Promise.all([
    days(closed, modelVersion, nowMs),
    days(earlier, modelVersion, nowMs),
    ledger.recentAttempts(attemptsSinceMs(watch), NEWEST.attempts, modelVersion, watch.stepRevision),
    // What else is asked one by one may fail one by one: a rule that cannot look must not blind the others.
    orElse(
      ledger.recentMisses(
        Math.max(since('miss_rate'), nowMs - LATELY_MS),
        nowMs - DUE_AFTER_MS,
        NEWEST.misses,
        modelVersion,
      ),
      [],
    ),
    ledger.metrics(sinceMs, nowMs),
    ledger.metrics(nowMs - HOUR_MS, nowMs),
    ledger.metrics(nowMs - 5 * MINUTE_MS, nowMs),
    ledger.metrics(nowMs - WEEK_MS - HOUR_MS, nowMs - WEEK_MS),
    // Lately: its work grows with the bookings, and what goes wrong with a split goes wrong at once.
    orElse(
      ledger.assignments(Math.max(since('assignment'), nowMs - 2 * DAY_MS), watch.shareRevision),
      NOBODY,
    ),
    ledger.lastRecordedMs(),
    orElse(uptimeBetween(sources.guardStore, nowMs - WEEK_MS, nowMs), null),
    sources.guardStore.minutes(sinceMs, nowMs),
  ]);
  const crashed = crashesSince(episodes, sinceMs);
  const { traffic } = step;
  return {
    nowMs,
    evidence: {
      days: own,
      earlier: before,
      failures: { successes: traffic.failures, trials: traffic.attempts },
      slow: { successes: traffic.slow, trials: traffic.timed },
      predictionTimeP95Ms: traffic.predictionTimeMs?.p95 ?? null,
      // Where no server runs, none can be lost.
      crashes: up.marked === 0 && crashed.length === 0 ? null : crashed.length,
    },
    attempts,
    misses,
    hour: hour.traffic,
    fiveMinutes: fiveMinutes.traffic,
    assignment: { ...assigned, percentage: watch.percentage },
    crashed: crashesSince(episodes, Math.max(baselineMs, nowMs - HOUR_MS)).map(instanceOf),
    uptime,
    drifted: watch.manifest === null ? [] : await orElse(driftOf(sources, watch.manifest, watch, nowMs), []),
    lastRequestMs,
    requestsWeekAgo: weekAgo.traffic.requests,
    acceptedDays: since('mae') === sinceMs ? {} : { mae: localTime(since('mae'), timeZone).dayNumber },
  };
}

/**
 * Whoever moved the rollout wrote the time of another clock: the revision says exactly which attempts are of the step, and
 * its time only how far back to look.
 */
function attemptsSinceMs(watch: Watch): number {
  const seenMs = sinceFor('failure_rate', { ...watch, sinceMs: 0 });
  return Math.max(seenMs, watch.sinceMs - DAY_MS);
}

async function orElse<T>(reading: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await reading;
  } catch (thrown) {
    if (thrown instanceof AtmrError) return otherwise;
    throw thrown;
  }
}

/** What somebody has seen and accepted does not count again. */
function sinceFor(rule: RuleName, { sinceMs, episodes }: Pick<Watch, 'sinceMs' | 'episodes'>): number {
  const acknowledged = episodes
    .filter((episode) => episode.rule === rule)
    .map(({ acknowledgedMs }) => acknowledgedMs ?? 0);
  return Math.max(sinceMs, ...acknowledged);
}

/** Of training's likeness two whole days tell, also those before the step began; but not those somebody accepted. */
async function driftOf({ ledger, timeZone }: LookSources, manifest: Manifest, watch: Watch, nowMs: number) {
  const acceptedMs = sinceFor('drift', { ...watch, sinceMs: 0 });
  const closed = closedDays(Math.max(nowMs - 4 * DAY_MS, acceptedMs), nowMs, timeZone).slice(1);
  return await readDrift(ledger, manifest, closed, timeZone);
}

/** Share of the minutes with a heartbeat since the first one in the window; `null` where those are too few. */
export async function uptimeBetween(
  guardStore: Pick<GuardStore, 'minutes'>,
  fromMs: number,
  untilMs: number,
): Promise<number | null> {
  const { marked, firstMs } = await guardStore.minutes(fromMs, untilMs);
  const minutes = firstMs === null ? 0 : Math.floor((untilMs - firstMs) / MINUTE_MS);
  return minutes < FEWEST_MINUTES ? null : Math.min(1, marked / minutes);
}
