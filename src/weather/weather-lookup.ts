import type { Coordinates } from '../booking/booking.js';
import type { Clock } from '../clock.js';
import type { ReportKind, TimedWeather } from './conditions.js';
import type { WeatherDefaultReason } from './default-reason.js';
import type { MeteredCalls } from './metered-calls.js';
import { placeKey } from './openweather.js';
import { KEEP_MS, type SharedWeather } from './shared-weather.js';
import { type Kept, weatherCache } from './weather-cache.js';

/** How long weather needs no second look. */
export const FRESH_MS = 10 * 60_000;
/** A region has fewer square kilometres that rides begin in; a forecast takes some 4 kB. */
const MOST_PLACES = 1000;

/** Looks into the cache, and asks where it has nothing fresh. */
export interface WeatherLookup {
  /** Waits at most `waitMs`; what comes later is for the next look. */
  look(kind: ReportKind, place: Coordinates, waitMs: number): Promise<Found>;
  /** When nothing is under way any more. */
  ended(): Promise<void>;
}

/** A report no older than an hour, or why there is none. */
export interface Found {
  readonly conditions: readonly TimedWeather[] | null;
  /** `null` exactly when there is a report. */
  readonly reason: WeatherDefaultReason | null;
  /** The report is no longer fresh, and nothing newer came. */
  readonly stale: boolean;
  /** Nobody was asked for it. */
  readonly fromCache: boolean;
}

export function weatherLookup(
  calls: MeteredCalls,
  shared: SharedWeather | null,
  clock: Clock,
): WeatherLookup {
  const cache = weatherCache(MOST_PLACES);
  const underWay = new Map<string, Promise<void>>();
  const sharing = new Set<Promise<void>>();
  /** Nobody waits for it. */
  const share = (key: string, conditions: readonly TimedWeather[]): void => {
    if (shared === null) return;
    const kept = shared.keep(key, conditions).finally(() => sharing.delete(kept));
    sharing.add(kept);
  };
  const refresh = async (key: string, kind: ReportKind, place: Coordinates): Promise<void> => {
    const known = (await shared?.read(key)) ?? 'nothing';
    if (known !== 'nothing') {
      const report = { conditions: known.conditions, takenMs: clock.monotonicMs() - known.ageMs };
      const { report: own } = cache.get(key);
      if (own === null || own.takenMs < report.takenMs) cache.set(key, { report, failure: null });
      if (known.ageMs < FRESH_MS) return;
    }
    const outcome = await calls.ask(kind, place);
    const nowMs = clock.monotonicMs();
    if (outcome.failed) {
      const failure = { reason: outcome.reason, untilMs: nowMs + outcome.holdsMs };
      cache.set(key, { report: cache.get(key).report, failure });
      return;
    }
    const { conditions } = outcome;
    cache.set(key, { report: { conditions, takenMs: nowMs }, failure: null });
    share(key, conditions);
  };
  /** Once for all who want to know the same. */
  const refreshed = (key: string, kind: ReportKind, place: Coordinates): Promise<void> => {
    const other = underWay.get(key);
    if (other !== undefined) return other;
    const work = refresh(key, kind, place).finally(() => underWay.delete(key));
    underWay.set(key, work);
    return work;
  };
  return {
    async look(kind, place, waitMs) {
      const key = placeKey(kind, place);
      const held = found(cache.get(key), clock.monotonicMs());
      if (held !== null) return { ...held, fromCache: true };
      await atMost(waitMs, refreshed(key, kind, place));
      const nowMs = clock.monotonicMs();
      const late = { conditions: null, reason: 'timeout', stale: false } as const;
      const kept = cache.get(key);
      return { ...(found(kept, nowMs) ?? staleReport(kept, nowMs) ?? late), fromCache: false };
    },
    async ended() {
      await Promise.all(underWay.values());
      await Promise.all(sharing);
    },
  };
}

/** What can be answered without asking; `null` when it is time to ask. */
function found(kept: Kept, nowMs: number): Omit<Found, 'fromCache'> | null {
  const { report, failure } = kept;
  if (report !== null && nowMs - report.takenMs < FRESH_MS) {
    return { conditions: report.conditions, reason: null, stale: false };
  }
  if (failure === null || nowMs >= failure.untilMs) return null;
  return staleReport(kept, nowMs) ?? { conditions: null, reason: failure.reason, stale: false };
}

function staleReport({ report }: Kept, nowMs: number): Omit<Found, 'fromCache'> | null {
  if (report === null || nowMs - report.takenMs >= KEEP_MS) return null;
  return { conditions: report.conditions, reason: null, stale: true };
}

/** Resolves with `work`, or without it after `limitMs`. */
async function atMost(limitMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
