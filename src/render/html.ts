/** HTML or SVG in which every text is escaped. Made by {@link html} only, so that nothing else can pass for it. */
export interface Markup {
  readonly markup: string;
}

type Piece = Markup | string | number | readonly Piece[];

/** A template of markup: texts and numbers that are put in are escaped, markup is kept, lists are joined. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  let markup = parts[0] ?? '';
  for (const [i, piece] of pieces.entries()) markup += `${markupOf(piece)}${parts[i + 1]}`;
  return { markup };
}

export const NO_MARKUP: Markup = { markup: '' };

function markupOf(piece: Piece): string {
  if (typeof piece === 'string') return escaped(piece);
  if (typeof piece === 'number') return String(piece);
  return 'markup' in piece ? piece.markup : piece.map(markupOf).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => ENTITIES[mark]!);
}
