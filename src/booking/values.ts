import { t } from '../wording/t.js';

/** What a number must be besides a number, and how a message says that it is not. */
export interface NumberRule {
  readonly accepts: (value: number) => boolean;
  reason(): string;
}

const PLAIN_DECIMAL = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/** Whole numbers of so many digits are exact in a double. */
const MOST_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: MOST_DIGITS + 1 }, (_, power) => 10 ** power);
/** Character codes. */
const CODE = { hyphen: 45, point: 46, digit0: 48 } as const;

export const ANY_NUMBER: NumberRule = { accepts: () => true, reason: () => '' };
export const NOT_NEGATIVE: NumberRule = { accepts: (value) => value >= 0, reason: () => t`is negative` };
export const LATITUDE = between(-90, 90, () => t`is not a latitude`);
export const LONGITUDE = between(-180, 180, () => t`is not a longitude`);

/** The rule for a number from `least` to `most`, both included. */
export function between(least: number, most: number, fact: () => string): NumberRule {
  return {
    accepts: (value) => value >= least && value <= most,
    reason: () => t`${fact()} (expected ${signed(least)} to ${signed(most)})`,
  };
}

/** The rule for a whole number from `least` to `most`, both included. */
export function wholeBetween(least: number, most: number, fact: () => string): NumberRule {
  const range = between(least, most, fact);
  return { ...range, accepts: (value) => Number.isInteger(value) && range.accepts(value) };
}

/**
 * A finite decimal number from a JSON number or a text. "NaN", "Infinity", "0x10", "12abc" and "1e400" are none.
 * Gives the reason, as a text, when it is not one or breaks the rule.
 */
export function readNumber(value: unknown, rule: NumberRule): number | string {
  if (typeof value !== 'number' && typeof value !== 'string') return notANumber();
  const short = typeof value === 'string' ? shortDecimal(value) : value;
  if (Number.isNaN(short) && typeof value === 'string' && !PLAIN_DECIMAL.test(value)) return notANumber();
  const number = Number.isNaN(short) ? Number(value) : short;
  if (!Number.isFinite(number)) return t`is not a finite number`;
  return rule.accepts(number) ? number : rule.reason();
}

function notANumber(): string {
  return t`is not a number (expected plain decimals such as 12.5)`;
}

/**
 * The number that a text of few digits with at most one point among them stands for; NaN for any other, which takes
 * longer to read. Both the digits and the power of ten are exact doubles, so their quotient is rounded once, as
 * `Number` rounds (Clinger, PLDI 1990).
 */
function shortDecimal(text: string): number {
  const negative = text.charCodeAt(0) === CODE.hyphen;
  const first = negative ? 1 : 0;
  if (text.length === first || text.length - first > MOST_DIGITS) return Number.NaN;
  let digits = 0;
  let point = -1;
  for (let at = first; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - CODE.digit0;
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    else if (digit === CODE.point - CODE.digit0 && point < 0 && at > first) point = at;
    else return Number.NaN;
  }
  const number = point < 0 ? digits : digits / POWERS_OF_TEN[text.length - 1 - point]!;
  return negative ? -number : number;
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 't', 'yes', '1', '1.0'].map((text) => [text, true] as const),
  ...['false', 'f', 'no', '0', '0.0'].map((text) => [text, false] as const),
]);

/** A truth value from a JSON boolean, 0 or 1, or a text in any case; the reason when it is none. */
export function readBoolean(value: unknown): boolean | string {
  if (typeof value === 'boolean') return value;
  // Nearly all are written as they stand in the table.
  const plain = typeof value === 'string' ? BOOLEANS.get(value) : undefined;
  if (plain !== undefined) return plain;
  const read = typeof value === 'object' ? undefined : BOOLEANS.get(String(value).trim().toLowerCase());
  return read ?? t`is neither true nor false (expected true/false, yes/no or 1/0)`;
}

/** An id as its text: a text without the spaces around it or a whole number; `null` when it is neither. */
export function readId(value: unknown): string | null {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : null;
}

function signed(value: number): string {
  return value < 0 ? `−${-value}` : String(value);
}
