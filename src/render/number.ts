import { currentLanguage } from '../wording/language.js';
import { NUMBERS } from '../wording/numbers.js';

/** Numbers as people read them, in the language of now; a dash where there is none. Minus signs are real ones. */

const NONE = '–';

/** `2.05`; `–` for `null`. */
export function decimal(value: number | null, digits = 2): string {
  return value === null ? NONE : NUMBERS[currentLanguage()].decimal(value, digits);
}

/** A fraction as `34.2 %`. */
export function percent(fraction: number | null, digits = 1): string {
  return fraction === null ? NONE : NUMBERS[currentLanguage()].percent(fraction, digits);
}

/** A fraction with its sign, `−34.2 %` or `+3.0 %`. */
export function signedPercent(fraction: number | null, digits = 1): string {
  return fraction === null ? NONE : NUMBERS[currentLanguage()].signedPercent(fraction, digits);
}

/** `[1.08, 1.97]`, of numbers that are written already. */
export function endsText(lower: string, upper: string): string {
  return NUMBERS[currentLanguage()].ends(lower, upper);
}

/** `12,260`. */
export function count(value: number): string {
  return NUMBERS[currentLanguage()].count(value);
}

/** `2 bookings`, `1 booking`: a number with its unit, which French counts as one below two and English at one alone. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  const isOne = currentLanguage() === 'fr' ? Math.abs(value) < 2 : value === 1;
  return `${count(value)} ${isOne ? singular : plural}`;
}
