import { Help } from 'commander';
import { t } from './wording/t.js';

/** What commander says itself, in the language of now. */

/** A title of its help, such as `Usage:`. */
export function titleSaid(title: string): string {
  const titles: Readonly<Record<string, string>> = {
    'Usage:': t`Usage:`,
    'Options:': t`Options:`,
    'Commands:': t`Commands:`,
    'Arguments:': t`Arguments:`,
  };
  return titles[title] ?? title;
}

/** A description of its help, which ends in the value that holds where none is given. */
export function descriptionSaid(description: string): string {
  return description.replace(
    / \(default: "(.*)"\)$/,
    (_, value: string) => value && ` ${t`(default: ${value})`}`,
  );
}

/** Stands for a space that keeps its words together, at which commander would break as at any other. */
const KEPT = '\uE000';

/** A text of its help in lines of that width. */
export function wrappedText(text: string, width: number): string {
  return new Help().boxWrap(text.replaceAll('\u00A0', KEPT), width).replaceAll(KEPT, '\u00A0');
}

/** Without `error: ` in front. A message that a newer commander words otherwise stays as it is. */
export function errorSaid(message: string): string {
  const [first = '', ...suggestion] = message.replace(/^error: /, '').split('\n');
  for (const [pattern, say] of ERRORS) {
    const found = pattern.exec(first.trim());
    if (found === null) continue;
    return [say(...found.slice(1)), ...suggestion.map(suggestionSaid)].join('\n');
  }
  return [first, ...suggestion.map(suggestionSaid)].join('\n');
}

type Say = (...found: readonly string[]) => string;
const ERRORS: readonly (readonly [RegExp, Say])[] = [
  [/^unknown option '(.*)'$/, (flag = '') => t`unknown option '${flag}'`],
  [/^unknown command '(.*)'$/, (name = '') => t`unknown command '${name}'`],
  [/^missing required argument '(.*)'$/, (name = '') => t`missing required argument '${name}'`],
  [/^option '(.*)' argument missing$/, (flags = '') => t`option '${flags}' argument missing`],
  [/^required option '(.*)' not specified$/, (flags = '') => t`required option '${flags}' not specified`],
  [
    /^too many arguments(?: for '(.*)')?\. Expected (\d+) arguments? but got (\d+)\.$/,
    (_, expected = '', got = '') => t`too many arguments. Expected ${expected} but got ${got}.`,
  ],
];

function suggestionSaid(line: string): string {
  const one = /^\(Did you mean ((?!one of ).*)\?\)$/.exec(line)?.[1];
  if (one !== undefined) return t`(Did you mean ${one}?)`;
  const several = /^\(Did you mean one of (.*)\?\)$/.exec(line)?.[1];
  return several === undefined ? line : t`(Did you mean one of ${several}?)`;
}
