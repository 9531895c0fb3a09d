/** What a number must be besides a number, and how a message says that it is not. */
export interface NumberRule {
  readonly accepts: (value: number) => boolean;
  readonly reason: string;
}

const NOT_A_NUMBER = 'is not a number (expected plain decimals such as 12.5)';
const PLAIN_DECIMAL = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

export const ANY_NUMBER: NumberRule = { accepts: () => true, reason: '' };
export const NOT_NEGATIVE: NumberRule = { accepts: (value) => value >= 0, reason: 'is negative' };
export const LATITUDE = between(-90, 90, 'is not a latitude');
export const LONGITUDE = between(-180, 180, 'is not a longitude');

/** The rule for a number from `least` to `most`, both included. */
export function between(least: number, most: number, fact: string): NumberRule {
  return {
    accepts: (value) => value >= least && value <= most,
    reason: `${fact} (expected ${signed(least)} to ${signed(most)})`,
  };
}

/** The rule for a whole number from `least` to `most`, both included. */
export function wholeBetween(least: number, most: number, fact: string): NumberRule {
  const range = between(least, most, fact);
  return { ...range, accepts: (value) => Number.isInteger(value) && range.accepts(value) };
}

/**
 * A finite decimal number from a JSON number or a text. "NaN", "Infinity", "0x10", "12abc" and "1e400" are none.
 * Gives the reason, as a text, when it is not one or breaks the rule.
 */
export function readNumber(value: unknown, rule: NumberRule): number | string {
  if (typeof value !== 'number' && typeof value !== 'string') return NOT_A_NUMBER;
  if (typeof value === 'string' && !PLAIN_DECIMAL.test(value)) return NOT_A_NUMBER;
  const number = Number(value);
  if (!Number.isFinite(number)) return 'is not a finite number';
  return rule.accepts(number) ? number : rule.reason;
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 't', 'yes', '1', '1.0'].map((text) => [text, true] as const),
  ...['false', 'f', 'no', '0', '0.0'].map((text) => [text, false] as const),
]);

/** A truth value from a JSON boolean, 0 or 1, or a text in any case; the reason when it is none. */
export function readBoolean(value: unknown): boolean | string {
  if (typeof value === 'boolean') return value;
  const read = typeof value === 'object' ? undefined : BOOLEANS.get(String(value).trim().toLowerCase());
  return read ?? 'is neither true nor false (expected true/false, yes/no or 1/0)';
}

/** An id as its text: a text without the spaces around it or a whole number; `null` when it is neither. */
export function readId(value: unknown): string | null {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : null;
}

function signed(value: number): string {
  return value < 0 ? `−${-value}` : String(value);
}
