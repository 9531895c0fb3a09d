import { oneLine } from '../../one-line.js';

/** Of a login only the last `@` counts: passwords may hold others. */
const ADDRESS = /\b([a-z][\w+.-]*:\/\/)(?:\S*@)?([^\s/?#@]*)\S*/gi;
const MAILBOX = /[^\s@<>()",;:]+@[^\s@<>()",;:]+/g;
/** More is not looked at. */
const MOST_READ = 2000;

/**
 * A text that somebody else wrote, for a message that leaves the company: one line, of an address only the host, and
 * nobody's mailbox.
 */
export function outsidersText(text: string, most: number): string {
  const line = oneLine(text, MOST_READ);
  return oneLine(line.replace(ADDRESS, '$1$2').replace(MAILBOX, '…'), most);
}
