/** Characters for a bar: eighths of a block, or whole marks where the terminal has nothing else. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const BLOCK = '█';
const MARK = '#';

/** A bar of `value` where `most` fills `width` characters; anything above nothing shows. */
export function bar(value: number, most: number, width: number, unicode: boolean): string {
  if (!(value > 0) || !(most > 0)) return '';
  const length = Math.min(1, value / most) * width;
  if (!unicode) return MARK.repeat(Math.max(1, Math.round(length)));
  const eighths = Math.max(1, Math.round(length * 8));
  return BLOCK.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!;
}

/** Two bars from a common middle: what is below zero to the left of it. */
export function balance(value: number, most: number, width: number, unicode: boolean): string {
  const half = Math.floor(width / 2);
  // Blocks grow from the left only, so that a bar to the left is of whole ones.
  const left = value < 0 ? (unicode ? BLOCK : MARK).repeat(bar(-value, most, half, false).length) : '';
  const right = value > 0 ? bar(value, most, half, unicode) : '';
  return `${left.padStart(half)}${unicode ? '│' : '|'}${right}`;
}
