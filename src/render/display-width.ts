import { stripVTControlCharacters } from 'node:util';

const ESCAPE = '\u001B';
/** Split by it, every second piece is a colour. */
const COLOURS = new RegExp(`(${ESCAPE}\\[[\\d;]*m)`);
const NO_COLOUR = `${ESCAPE}[0m`;
const PLAIN = /^[ -~]*$/;
/** Marks and joiners that are alone; they stand on the letter before. */
const NO_COLUMN = /^[\p{M}\p{Cf}]+$/u;
const HALF_WIDTH = /^[\uFF61-\uFFDC\uFFE8-\uFFEE]/;
const TWO_COLUMNS =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}|\p{Regional_Indicator}{2}|\uFE0F/u;

/** Made when the first text needs it: that takes ten milliseconds. */
let letters: Intl.Segmenter | null = null;

/** How many columns of a terminal a text takes: a colour none, an East Asian letter or an emoji two. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return widthOf(piecesOf(text));
}

/**
 * The text as one line of at most so many columns, ending with `mark` where something is cut off. It keeps its colours, which
 * end with it; whatever else moves a cursor is gone, for it may be in what a person wrote.
 */
export function cutToColumns(text: string, columns: number, mark: string): string {
  const pieces = piecesOf(text);
  const whole = widthOf(pieces) <= columns;
  const room = whole ? columns : columns - mark.length;
  let taken = 0;
  const kept = pieces.filter((piece) => {
    taken += piece.columns;
    // Colours go on: the one that ends another must not get lost.
    return piece.columns === 0 || taken <= room;
  });
  const line = kept.map((piece) => piece.text).join('');
  return whole ? line : `${line}${line.includes(ESCAPE) ? NO_COLOUR : ''}${mark}`;
}

interface Piece {
  readonly text: string;
  readonly columns: number;
}

function widthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { columns }) => sum + columns, 0);
}

function piecesOf(text: string): Piece[] {
  return text
    .split(COLOURS)
    .flatMap((part, i) => (i % 2 === 1 ? [{ text: part, columns: 0 }] : lettersOf(part)));
}

/** Without colours and line ends, for a log: whatever a person wrote. */
export function inOneLine(text: string): string {
  return stripVTControlCharacters(text).replace(/\p{Cc}/gu, ' ');
}

function lettersOf(part: string): Piece[] {
  letters ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return [...letters.segment(inOneLine(part))].map(({ segment }) => ({
    text: segment,
    columns: columnsOf(segment),
  }));
}

function columnsOf(letter: string): number {
  if (NO_COLUMN.test(letter)) return 0;
  return TWO_COLUMNS.test(letter) && !HALF_WIDTH.test(letter) ? 2 : 1;
}
