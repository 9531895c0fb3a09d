import type { Clock } from '../clock.js';

/** What a free OpenWeather account may ask. Beyond it the account is blocked, for everybody who uses the key. */
export const CALLS_PER_MINUTE = 60;
export const CALLS_PER_DAY = 1000;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Calls of the present minute and day, by UTC. */
export interface Usage {
  readonly minute: number;
  readonly day: number;
}

export type Permit =
  | { readonly granted: true; readonly usage: Usage }
  | { readonly granted: false; readonly usage: Usage; readonly againInMs: number };

/** The numbers of the minute and of the day since the epoch. */
export function windowsAt(nowMs: number): Usage {
  return { minute: Math.floor(nowMs / MINUTE_MS), day: Math.floor(nowMs / DAY_MS) };
}

/** How long until a call is allowed again; 0 when it is. */
export function waitMs({ minute, day }: Usage, nowMs: number): number {
  if (day >= CALLS_PER_DAY) return DAY_MS - (nowMs % DAY_MS);
  return minute >= CALLS_PER_MINUTE ? MINUTE_MS - (nowMs % MINUTE_MS) : 0;
}

/** Counts the calls of this process. */
export interface CallCounter {
  /** Counts a call that was permitted elsewhere. */
  count(): void;
  permit(): Permit;
  usage(): Usage;
}

export function callCounter(clock: Clock): CallCounter {
  let window = windowsAt(clock.nowMs());
  let used: Usage = { minute: 0, day: 0 };
  const usage = (): Usage => {
    const now = windowsAt(clock.nowMs());
    used = {
      minute: now.minute === window.minute ? used.minute : 0,
      day: now.day === window.day ? used.day : 0,
    };
    window = now;
    return used;
  };
  const count = (): void => {
    const { minute, day } = usage();
    used = { minute: minute + 1, day: day + 1 };
  };
  return {
    count,
    usage,
    permit() {
      const againInMs = waitMs(usage(), clock.nowMs());
      if (againInMs > 0) return { granted: false, usage: used, againInMs };
      count();
      return { granted: true, usage: used };
    },
  };
}
