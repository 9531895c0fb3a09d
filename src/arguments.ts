import { DAY_MS, dayLabel } from './booking/local-time.js';
import { readTimestamp } from './booking/timestamp.js';
import { parseDurationMs } from './environment.js';
import { AtmrError } from './errors.js';
import { nearestName } from './nearest-name.js';
import { t } from './wording/t.js';

/** Readers of command-line values. Each throws USAGE, naming the flag, what it was and what was expected. */

/** A whole number; `null` when the flag is absent. */
export function wholeNumber(
  flag: string,
  text: string | undefined,
  least: number,
  most: number,
): number | null {
  if (text === undefined) return null;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new AtmrError('USAGE', t`${flag} is "${text}"; expected a whole number from ${least} to ${most}.`);
}

/** A length of time such as `90s`, in milliseconds; `null` when the flag is absent. */
export function duration(
  flag: string,
  text: string | undefined,
  leastMs: number,
  mostMs: number,
): number | null {
  if (text === undefined) return null;
  const value = parseDurationMs(text);
  if (value !== null && value >= leastMs && value <= mostMs) return value;
  throw new AtmrError(
    'USAGE',
    t`${flag} is "${text}"; expected a time from ${leastMs / 1000}s to ${mostMs / 3_600_000}h, such as 90s, 10m or 48h.`,
  );
}

const PERCENT = /^\d{1,3}(?:\.\d+)?$/;

/** A number of percent above 0 and up to 100, as a fraction; `null` when the flag is absent. */
export function percentOf(flag: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = PERCENT.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value <= 100) return value / 100;
  throw new AtmrError('USAGE', t`${flag} is "${text}"; expected percent above 0 and up to 100, such as 5.`);
}

/** A generator takes 32 bits, and a sign is nobody's wish. */
const LARGEST_SEED = 2 ** 31 - 1;

/** The seed of `--seed`; `null` when the flag is absent. */
export function seedOf(text: string | undefined): number | null {
  return wholeNumber('--seed', text, 0, LARGEST_SEED);
}

/** One of the names; `null` when the flag is absent. A misspelt one is told which was probably meant. */
export function oneOf<T extends string>(
  flag: string,
  text: string | undefined,
  names: readonly T[],
): T | null {
  if (text === undefined) return null;
  const name = names.find((candidate) => candidate === text);
  if (name !== undefined) return name;
  throw new AtmrError(
    'USAGE',
    t`${flag} is "${text}"; expected ${names.join(t` or `)}.${meantHint(text, names)}`,
  );
}

/** ` Did you mean driver?`, to follow a sentence about what was written; empty where nothing known is near. */
export function meantHint(written: string, known: readonly string[]): string {
  const near = nearestName(written, known);
  return near === null ? '' : t` Did you mean ${near}?`;
}

/** The first instant of a local day, or a given instant, in milliseconds; `null` when the flag is absent. */
export function startOf(flag: string, text: string | undefined, timeZone: string): number | null {
  return text === undefined ? null : instant(flag, text, timeZone, 0);
}

/** The first instant after a local day, or a given instant, in milliseconds; `null` when the flag is absent. */
export function endOf(flag: string, text: string | undefined, timeZone: string): number | null {
  return text === undefined ? null : instant(flag, text, timeZone, 1);
}

/** The window of `--from` and `--to`, its end exclusive; USAGE when it ends before it begins. */
export function timeWindow(
  flags: { readonly from?: string | undefined; readonly to?: string | undefined },
  timeZone: string,
) {
  const fromMs = startOf('--from', flags.from, timeZone);
  const untilMs = endOf('--to', flags.to, timeZone);
  if (fromMs === null || untilMs === null || fromMs < untilMs) return { fromMs, untilMs };
  throw new AtmrError(
    'USAGE',
    t`--from (${String(flags.from)}) is not before the end of --to (${String(flags.to)}). Exchange them.`,
  );
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function instant(flag: string, text: string, timeZone: string, daysLater: number): number {
  const isDay = DAY.test(text);
  const time = readTimestamp(isDay ? `${text}T00:00` : text, timeZone);
  if (typeof time === 'string') {
    // What was expected of a time is more here, and is told instead.
    const why = time.replace(/ \([^()]*\)$/, '');
    throw new AtmrError(
      'USAGE',
      t`${flag} is "${text}", which ${why}; expected a day such as 2026-03-02 or an ISO 8601 time.`,
    );
  }
  if (!isDay || daysLater === 0) return time.epochMs;
  // Days are not all 24 hours long: the next one begins where the calendar says.
  const next = readTimestamp(`${dayLabel(time.dayNumber + daysLater)}T00:00`, timeZone);
  return typeof next === 'string' ? time.epochMs + daysLater * DAY_MS : next.epochMs;
}

/** Refuses two flags that contradict each other. */
export function exclusive(flags: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(flags).filter((flag) => flags[flag] !== undefined);
  if (given.length > 1)
    throw new AtmrError('USAGE', t`${given.join(t` and `)} exclude each other; give one.`);
}
