import type { Language } from './language.js';

/** Numbers as the readers of a language write them. Minus signs are real ones. */
export interface Numbers {
  count(value: number): string;
  decimal(value: number, digits: number): string;
  /** Of a fraction. */
  percent(fraction: number, digits?: number): string;
  signedPercent(fraction: number, digits?: number): string;
  /** Of a share from 0 to 100. */
  share(percentage: number): string;
  /** An interval of numbers that are written already. */
  ends(lower: string, upper: string): string;
  /** In a column of a narrow terminal, where there are too few for a number. */
  readonly tooFew: string;
}

const ENGLISH: Numbers = {
  count: (value) => minus(value.toLocaleString('en-US')),
  decimal: (value, digits) => minus(value.toFixed(digits)),
  percent: (fraction, digits = 1) => minus(`${(fraction * 100).toFixed(digits)} %`),
  signedPercent: (fraction, digits = 1) =>
    fraction > 0 ? `+${ENGLISH.percent(fraction, digits)}` : ENGLISH.percent(fraction, digits),
  share: (percentage) => `${ENGLISH.count(percentage)} %`,
  ends: (lower, upper) => `[${lower}, ${upper}]`,
  tooFew: 'not enough data',
};

const FRENCH: Numbers = {
  count: (value) => inFrench(ENGLISH.count(value)),
  decimal: (value, digits) => inFrench(ENGLISH.decimal(value, digits)),
  percent: (fraction, digits) => inFrench(ENGLISH.percent(fraction, digits)),
  signedPercent: (fraction, digits) => inFrench(ENGLISH.signedPercent(fraction, digits)),
  share: (percentage) => inFrench(ENGLISH.share(percentage)),
  // A comma would be taken for that of the decimals.
  ends: (lower, upper) => `[${lower}; ${upper}]`,
  tooFew: 'données insuff.',
};

export const NUMBERS: Readonly<Record<Language, Numbers>> = { en: ENGLISH, fr: FRENCH };

/** A comma before the decimals, thin spaces between thousands, and no break before a sign. */
function inFrench(text: string): string {
  return text.replace(/[.,]/g, (mark) => (mark === '.' ? ',' : '\u202F')).replace(' %', '\u00A0%');
}

function minus(text: string): string {
  return text.replace('-', '−');
}
