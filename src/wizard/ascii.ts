import type { Terminal } from '../terminal.js';

/** What ASCII has no letter for, in other characters; accents go. */
const STAND_INS: Readonly<Record<string, string>> = {
  '→': '->',
  '’': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '−': '-',
  '…': '...',
  '²': '2',
  '·': '-',
};

/** A text that any terminal shows. */
export function asAscii(text: string): string {
  const letters = text.normalize('NFD').replace(/\p{M}+/gu, '');
  // No-break spaces are spaces; what is left over is a question mark, as everywhere.
  return letters
    .replace(/[\u00A0\u202F]/g, ' ')
    .replace(/[^\p{ASCII}]/gu, (character) => STAND_INS[character] ?? '?');
}

/** The terminal as one to which nothing but ASCII is written. */
export function asciiTerminal(terminal: Terminal): Terminal {
  return {
    ...terminal,
    result: (text) => terminal.result(asAscii(text)),
    show: (text) => terminal.show(asAscii(text)),
    notice: (text) => terminal.notice(asAscii(text)),
    choose: (question, choices) =>
      terminal.choose(
        asAscii(question),
        choices.map(({ name, value }) => ({ name: asAscii(name), value })),
      ),
    write: (question, initial) => terminal.write(asAscii(question), initial),
  };
}
