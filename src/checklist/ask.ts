import type { Terminal } from '../terminal.js';
import type { CheckedItem } from './checklist.js';
import type { GivenAnswer } from './read-answers.js';

const CHOICES = [
  { name: 'yes', value: 'yes' },
  { name: 'no', value: 'no' },
  { name: 'later', value: 'later' },
] as const;

/** Asks a person about each open item. "Later" and Ctrl-C leave it open; Ctrl-C leaves those after it open too. */
export async function askAbout(items: readonly CheckedItem[], terminal: Terminal): Promise<GivenAnswer[]> {
  const given: GivenAnswer[] = [];
  for (const { id, text, found, result } of items) {
    if (result !== 'unanswered') continue;
    const seen = found === null ? '' : ` (${found})`;
    const chosen = await terminal.choose(`${text}?${seen}`, CHOICES);
    if (chosen === null) break;
    if (chosen !== 'later') given.push({ item: id, answer: chosen });
  }
  return given;
}
