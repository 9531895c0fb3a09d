import { DAY_MS, dayLabel, localTime } from '../booking/local-time.js';
import { AtmrError } from '../errors.js';
import { beginningOfDay } from '../monitoring/local-days.js';
import { t } from '../wording/t.js';

export const PERIOD_KINDS = ['week', 'month'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** A week from Monday to Sunday, or a month of the calendar, on the clocks of one time zone. */
export interface Period {
  readonly kind: PeriodKind;
  /** `2026-W12` (ISO 8601) or `2026-03`. */
  readonly name: string;
  /** Local days since 1970-01-01, both within. */
  readonly firstDay: number;
  readonly lastDay: number;
  readonly fromMs: number;
  /** The first instant after it. */
  readonly untilMs: number;
}

/** What a person may write for the one under way, and for the last that is over. */
const THIS = 'this';
const LAST = 'last';
const FORMS = { week: /^(\d{4})-?W(\d{2})$/i, month: /^(\d{4})-(\d{2})$/ } as const;
const EXAMPLES = { week: '2026-W12', month: '2026-03' } as const;

/** The period that `text` names: `last` (also `null`), `this`, or one by its name. USAGE for what is none. */
export function periodOf(kind: PeriodKind, text: string | null, nowMs: number, timeZone: string): Period {
  const today = localTime(nowMs, timeZone).dayNumber;
  const present = around(kind, today, timeZone);
  if (text === null || text === LAST) return before(present, timeZone);
  if (text === THIS) return present;
  const [, year = '', number = ''] = FORMS[kind].exec(text) ?? [];
  const named = year === '' ? null : around(kind, dayIn(kind, Number(year), Number(number)), timeZone);
  // A month 13 or a week 53 of a year that has none lies in the next.
  const wanted = `${year}-${kind === 'week' ? 'W' : ''}${number}`;
  if (named?.name === wanted) return named;
  const expected = t`${EXAMPLES[kind]}, ${THIS} or ${LAST}`;
  throw new AtmrError(
    'USAGE',
    kind === 'week'
      ? t`--week is "${text}"; expected a week such as ${expected}.`
      : t`--month is "${text}"; expected a month such as ${expected}.`,
  );
}

/** The one that ends where this one begins. */
export function before({ kind, firstDay }: Period, timeZone: string): Period {
  return around(kind, firstDay - 1, timeZone);
}

/** Its local days, oldest first, each with its bounds; changes of the clocks make some longer than others. */
export function daysOf({ firstDay, lastDay }: Period, timeZone: string) {
  return Array.from({ length: lastDay - firstDay + 1 }, (_, i) => ({
    dayNumber: firstDay + i,
    fromMs: beginningOfDay(firstDay + i, timeZone),
    untilMs: beginningOfDay(firstDay + i + 1, timeZone),
  }));
}

/** The period that holds a local day. */
function around(kind: PeriodKind, day: number, timeZone: string): Period {
  const { name, firstDay, lastDay } = SPANS[kind](day);
  const fromMs = beginningOfDay(firstDay, timeZone);
  return { kind, name, firstDay, lastDay, fromMs, untilMs: beginningOfDay(lastDay + 1, timeZone) };
}

type Span = Pick<Period, 'name' | 'firstDay' | 'lastDay'>;

const SPANS: Readonly<Record<PeriodKind, (day: number) => Span>> = {
  week(day) {
    const firstDay = mondayOf(day);
    // A week is of the year in which its Thursday lies.
    const thursday = firstDay + 3;
    const year = Number(dayLabel(thursday).slice(0, 4));
    const number = Math.floor((thursday - dayNumber(year, 0, 1)) / 7) + 1;
    return { name: `${year}-W${twoDigits(number)}`, firstDay, lastDay: firstDay + 6 };
  },
  month(day) {
    const name = dayLabel(day).slice(0, 7);
    const [year = 0, month = 1] = name.split('-').map(Number);
    return { name, firstDay: dayNumber(year, month - 1, 1), lastDay: dayNumber(year, month, 1) - 1 };
  },
};

/** A day that lies in the period of that number. */
function dayIn(kind: PeriodKind, year: number, number: number): number {
  if (kind === 'month') return dayNumber(year, number - 1, 1);
  // The fourth of January is in the first week of its year, always.
  return mondayOf(dayNumber(year, 0, 4)) + 7 * (number - 1);
}

/** 1970-01-01, day 0, was a Thursday. */
function mondayOf(day: number): number {
  return day - ((((day + 3) % 7) + 7) % 7);
}

function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month, day) / DAY_MS;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
