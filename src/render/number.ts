/** Numbers as people read them; a dash where there is none. Minus signs are real ones. */

const NONE = '–';

/** `2.05`; `–` for `null`. */
export function decimal(value: number | null, digits = 2): string {
  return value === null ? NONE : minus(value.toFixed(digits));
}

/** A fraction as `34.2 %`. */
export function percent(fraction: number | null, digits = 1): string {
  return fraction === null ? NONE : minus(`${(fraction * 100).toFixed(digits)} %`);
}

/** A fraction with its sign, `−34.2 %` or `+3.0 %`. */
export function signedPercent(fraction: number | null, digits = 1): string {
  if (fraction === null) return NONE;
  return fraction > 0 ? `+${percent(fraction, digits)}` : percent(fraction, digits);
}

/** `12,260`. */
export function count(value: number): string {
  return minus(value.toLocaleString('en-US'));
}

/** `2 bookings`, `1 booking`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}

function minus(text: string): string {
  return text.replace('-', '−');
}
