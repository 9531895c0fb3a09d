/** Anything that is no character of a line: breaks, tabs, escapes for a terminal, marks that turn the direction, halves of a pair. */
const NOT_OF_A_LINE = /[\p{C}\p{Zl}\p{Zp}]+/gu;

/** Enough of a reason for a sentence; the history keeps all of it. */
const MOST_SAID = 300;

/**
 * A text as one line of at most `most` characters. Whatever it came from, it can begin no line, no header and no sequence of
 * a terminal.
 */
export function oneLine(text: string, most: number = MOST_SAID): string {
  const line = text.replace(NOT_OF_A_LINE, ' ').replace(/ {2,}/g, ' ').trim();
  if (line.length <= most) return line;
  // By code points: half a pair would be no text at all.
  let cut = '';
  for (const character of line) {
    if (cut.length + character.length >= most) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}

/** All that moves a cursor, rings, erases or turns the direction; breaks, tabs and colours are ours. */
const CONTROLS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  /\u001b(?!\[[\d;]*m)|[\0-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text that can do nothing to a terminal but be read, whoever wrote a part of it. */
export function harmless(text: string): string {
  return text.replace(CONTROLS, '\ufffd');
}
