import { leftOutText } from './exclusions.js';
import { counted } from './number.js';

/** What only a ledger leaves out. */
const LEDGER_PHRASES: Readonly<Record<string, string>> = {
  other_model: 'answered by another version of the model (choose it with --model)',
  not_scored_by_model: 'that the model did not answer',
};

/** What was left out and why, as one sentence. */
export function leftOutErrors(excluded: Readonly<Record<string, number>>): string {
  const own = Object.entries(LEDGER_PHRASES).flatMap(([reason, phrase]) => {
    const n = excluded[reason] ?? 0;
    return n === 0 ? [] : [`${counted(n, 'booking')} ${phrase}`];
  });
  const others = leftOutText(excluded);
  if (own.length === 0) return `${others}.`;
  return `${others.endsWith('none') ? `Left out: ${own.join('; ')}` : `${others}; ${own.join('; ')}`}.`;
}
