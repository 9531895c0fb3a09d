import type { Check, CheckResult } from '../doctor/check.js';
import { titleOf } from '../doctor/check-title.js';
import type { Diagnosis } from '../doctor/doctor.js';
import { t } from '../wording/t.js';
import type { Style } from './style.js';

const MARKS: Readonly<Record<CheckResult, string>> = { ok: '✔', warn: '!', fail: '✖', unknown: '?' };

/** One line a check, and under it what was expected and what to do where it is not as it should be. */
export function doctorText({ checks, counts }: Diagnosis, style: Style): string {
  const width = Math.max(...checks.map(({ name }) => titleOf(name).length));
  const { ok, warn, fail, unknown } = counts;
  return [
    ...checks.flatMap((check) => checkLines(check, width, style)),
    '',
    `${ok} ✔   ${warn} !   ${fail} ✖   ${unknown} ?`,
    fail === 0
      ? style.good(t`Nothing is broken.`)
      : style.bad(fail === 1 ? t`One thing is broken.` : t`${fail} things are broken.`),
  ].join('\n');
}

function checkLines({ name, result, found, expected, remedy }: Check, width: number, style: Style): string[] {
  const paint = { ok: style.good, warn: style.warn, fail: style.bad, unknown: style.dim }[result];
  const indent = ' '.repeat(width + 4);
  const line = `${paint(MARKS[result])} ${titleOf(name).padEnd(width)}  ${found}`;
  if (result === 'ok') return [line];
  const wanted = result === 'unknown' ? [] : [style.dim(t`${indent}expected: ${expected}`)];
  return [line, ...wanted, ...(remedy === null ? [] : [`${indent}→ ${remedy}`])];
}
