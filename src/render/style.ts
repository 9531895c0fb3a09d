/** How text is emphasised, which changes nothing where there is no colour, and how wide it may be. */
export interface Style {
  /** Of the terminal; infinite where that is not known. */
  readonly columns: number;
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
}

const plain = (text: string): string => text;
const PLAIN = { bold: plain, dim: plain, good: plain, bad: plain, warn: plain };

/** Colours for a terminal that wants them, and its width. */
export async function terminalStyle(
  colour: boolean,
  columns: number = Number.POSITIVE_INFINITY,
): Promise<Style> {
  if (!colour) return { ...PLAIN, columns };
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  // Of one text each: chalk joins all its arguments, and `lines.map(style.warn)` passes three.
  const of =
    (paint: (text: string) => string) =>
    (text: string): string =>
      paint(text);
  return {
    columns,
    bold: of(chalk.bold),
    dim: of(chalk.dim),
    good: of(chalk.green),
    bad: of(chalk.red),
    warn: of(chalk.yellow),
  };
}
