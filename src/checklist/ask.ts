import type { Terminal } from '../terminal.js';
import { t } from '../wording/t.js';
import type { CheckedItem } from './checklist.js';
import type { GivenAnswer } from './read-answers.js';

/** What a stray Enter gives is first: nobody signs by it. */
const choices = () =>
  [
    { name: t`later`, value: 'later' },
    { name: t`yes`, value: 'yes' },
    { name: t`no`, value: 'no' },
  ] as const;

/** Asks a person about each open item, and gives each answer to `onAnswer`. "Later" leaves it open. True after Ctrl-C. */
export async function askAbout(
  items: readonly CheckedItem[],
  terminal: Terminal,
  onAnswer: (answer: GivenAnswer) => Promise<void>,
): Promise<boolean> {
  for (const { id, text, found, result } of items) {
    if (result !== 'unanswered') continue;
    const seen = found === null ? '' : ` (${found})`;
    const chosen = await terminal.choose(t`${text}?${seen}`, choices());
    if (chosen === null) return true;
    if (chosen !== 'later') await onAnswer({ item: id, answer: chosen });
  }
  return false;
}
