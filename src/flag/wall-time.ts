import type { Clock } from '../clock.js';

/** Where and when somebody looks at the clock on the wall. */
export interface Wall {
  readonly timeZone: string;
  readonly nowMs: number;
}

export function wallOf({ clock, timeZone }: { readonly clock: Clock; readonly timeZone: string }): Wall {
  return { timeZone, nowMs: clock.nowMs() };
}

/** "10:43" of an ISO 8601 time on the same local day, "2026-11-19 10:43" of any other. */
export function wallTime(iso: string, { timeZone, nowMs }: Wall): string {
  const day = (at: Date) => new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone }).format(at);
  const at = new Date(iso);
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone });
  const minute = format.format(at);
  return day(at) === day(new Date(nowMs)) ? minute : `${day(at)} ${minute}`;
}
