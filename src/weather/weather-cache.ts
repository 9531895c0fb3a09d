import type { TimedWeather } from './conditions.js';
import type { WeatherDefaultReason } from './default-reason.js';

/** What is known about one place and kind of report. Times are those of a clock that never jumps. */
export interface Kept {
  /** `null` until a report came. */
  readonly report: { readonly conditions: readonly TimedWeather[]; readonly takenMs: number } | null;
  /** The last call failed, and is not repeated until then. */
  readonly failure: { readonly reason: WeatherDefaultReason; readonly untilMs: number } | null;
}

/** The places that were asked about last, at most as many as it may hold. */
export interface WeatherCache {
  get(key: string): Kept;
  set(key: string, kept: Kept): void;
}

const NOTHING: Kept = { report: null, failure: null };

export function weatherCache(most: number): WeatherCache {
  // A map keeps the order of insertion: who is asked about moves to the end, and the first one goes.
  const places = new Map<string, Kept>();
  const set = (key: string, kept: Kept): void => {
    places.delete(key);
    places.set(key, kept);
    const [oldest] = places.keys();
    if (places.size > most && oldest !== undefined) places.delete(oldest);
  };
  return {
    get(key) {
      const kept = places.get(key);
      if (kept === undefined) return NOTHING;
      set(key, kept);
      return kept;
    },
    set,
  };
}
