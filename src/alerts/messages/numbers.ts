import { count, decimal, percent, signedPercent } from '../../render/number.js';
import type { Language } from '../channel.js';

/** Numbers as the readers of a language write them. */
export interface Numbers {
  count(value: number): string;
  decimal(value: number, digits: number): string;
  /** Of a fraction. */
  percent(fraction: number, digits?: number): string;
  signedPercent(fraction: number): string;
  /** Of a share from 0 to 100. */
  share(percentage: number): string;
}

export const NUMBERS: Readonly<Record<Language, Numbers>> = {
  en: {
    count,
    decimal,
    percent,
    signedPercent,
    share: (percentage) => `${count(percentage)} %`,
  },
  fr: {
    count: (value) => inFrench(count(value)),
    decimal: (value, digits) => inFrench(decimal(value, digits)),
    percent: (fraction, digits) => inFrench(percent(fraction, digits)),
    signedPercent: (fraction) => inFrench(signedPercent(fraction)),
    share: (percentage) => inFrench(`${count(percentage)} %`),
  },
};

/** A comma before the decimals, thin spaces between thousands, and no break before a sign. */
function inFrench(text: string): string {
  return text.replace(/[.,]/g, (mark) => (mark === '.' ? ',' : '\u202F')).replace(' %', '\u00A0%');
}
