import { t } from '../wording/t.js';
import { leftOutPhrases, leftOutSaid } from './exclusions.js';
import { counted } from './number.js';

/** What only a ledger leaves out. */
const LEDGER_PHRASES: Readonly<Record<string, (bookings: string) => string>> = {
  other_model: (bookings) => t`${bookings} answered by another version of the model (choose it with --model)`,
  not_scored_by_model: (bookings) => t`${bookings} that the model did not answer`,
};

/** What was left out and why, as one sentence. */
export function leftOutErrors(excluded: Readonly<Record<string, number>>): string {
  const own = Object.entries(LEDGER_PHRASES).flatMap(([reason, phrase]) => {
    const n = excluded[reason] ?? 0;
    return n === 0 ? [] : [phrase(counted(n, t`booking`))];
  });
  return `${leftOutSaid([...leftOutPhrases(excluded), ...own])}.`;
}
