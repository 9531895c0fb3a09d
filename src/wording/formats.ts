import type { Language } from './language.js';
import { NUMBERS } from './numbers.js';

/** Numbers and times as the reader of a language writes them; a dash where nothing is known. */
export interface Formats {
  count(value: number | null): string;
  decimal(value: number | null, digits?: number): string;
  minutes(value: number | null): string;
  milliseconds(value: number | null): string;
  /** Of a fraction. */
  percent(fraction: number | null, digits?: number): string;
  signedPercent(fraction: number | null): string;
  /** Of a return, a fraction: whole, with thousands. */
  wholePercent(fraction: number | null): string;
  /** Of a share from 0 to 100. */
  share(percentage: number | null): string;
  /** An interval of numbers that are written already. */
  ends(lower: string, upper: string): string;
  chf(value: number | null): string;
  /** Of an instant: ISO 8601, or ms since the epoch. In the company's time zone. */
  time(at: string | number | null): string;
  dateTime(at: string | number | null): string;
  /** `2 Mar`, of a local day `2026-03-02`. */
  day(date: string): string;
  /** The largest two units of a span: `3 d 4 h`. */
  span(ms: number): string;
}

const NONE = '–';
const LOCALE = { en: 'en-GB', fr: 'fr-CH' } as const;
const UNITS = { en: ['d', 'h', 'min', 's'], fr: ['j', 'h', 'min', 's'] } as const;
const SIZES_MS = [86_400_000, 3_600_000, 60_000, 1000] as const;

export function formatsOf(language: Language, timeZone: string): Formats {
  const numbers = NUMBERS[language];
  const known =
    <T>(show: (value: T) => string) =>
    (value: T | null) =>
      value === null ? NONE : show(value);
  const times = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(LOCALE[language], { timeZone, ...options });
    return (at: string | number | null) => (at === null ? NONE : format.format(new Date(at)));
  };
  const utcDay = new Intl.DateTimeFormat(LOCALE[language], {
    ...{ timeZone: 'UTC', day: 'numeric', month: 'short' },
  });
  return {
    count: known(numbers.count),
    decimal: (value, digits = 2) =>
      value === null ? NONE : numbers.decimal(unsigned(value, digits), digits),
    minutes: known((value) => `${numbers.decimal(value, 2)}\u00A0min`),
    milliseconds: known((value) => `${numbers.decimal(value, value < 10 ? 1 : 0)}\u00A0ms`),
    percent: (fraction, digits = 1) => (fraction === null ? NONE : numbers.percent(fraction, digits)),
    signedPercent: known(numbers.signedPercent),
    wholePercent: known((fraction) => numbers.share(Math.round(fraction * 100))),
    share: known(numbers.share),
    ends: numbers.ends,
    chf: known((value) => `${numbers.count(Math.round(value))}\u00A0CHF`),
    time: times({ hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    dateTime: times({ day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit' }),
    day: (date) => utcDay.format(new Date(date)),
    span: (ms) => spanText(ms, UNITS[language]),
  };
}

/** What rounds to nothing has no sign. */
function unsigned(value: number, digits: number): number {
  return Number(value.toFixed(digits)) === 0 ? 0 : value;
}

function spanText(ms: number, units: readonly string[]): string {
  const whole = Math.max(0, ms);
  const largest = SIZES_MS.findIndex((size) => whole >= size);
  if (largest === -1) return `0\u00A0${units.at(-1)}`;
  const parts = [largest, largest + 1].flatMap((i) => {
    const size = SIZES_MS[i];
    if (size === undefined) return [];
    const above = SIZES_MS[i - 1];
    const count = Math.floor((i === largest || above === undefined ? whole : whole % above) / size);
    return count === 0 ? [] : [`${count}\u00A0${units[i]}`];
  });
  return parts.join(' ');
}
