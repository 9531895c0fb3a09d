import type { Figure, Tone } from '../plot/figure.js';

/** A part of a report before it has a form: Markdown and HTML are made of the same. Our own words may have a command in backquotes. */
export type Block =
  /** A sentence of our own words. */
  | { readonly kind: 'text'; readonly text: string }
  /** A line that begins with what it is about. */
  | { readonly kind: 'list'; readonly items: readonly ListItem[] }
  | Table
  | { readonly kind: 'command'; readonly label: string; readonly command: string }
  /** Markdown has its numbers. */
  | { readonly kind: 'figure'; readonly figure: Figure };

export interface ListItem {
  /** With what parts it from the text; empty for none. */
  readonly label: string;
  readonly text: string;
}

export interface Table {
  readonly kind: 'table';
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
  /** So many columns from the left hold words, not numbers. */
  readonly words: number;
}

export type TableCell = string | { readonly tone: Tone; readonly text: string };

/** A section of the report under its heading. */
export interface Section {
  readonly id: string;
  readonly heading: string;
  readonly intro: string;
  readonly blocks: readonly Block[];
}

export function textBlock(text: string): Block {
  return { kind: 'text', text };
}

export function cellText(cell: TableCell): string {
  return typeof cell === 'string' ? cell : cell.text;
}
