import { oneOf } from '../src/arguments.js';
import { LANGUAGES, type Language } from '../src/wording/language.js';

/** What is left of the arguments without `--lang`, which may stand anywhere, and the language that it asks for. */
export interface AskedLanguage {
  readonly args: readonly string[];
  /** `null` where nothing asks. */
  readonly asked: Language | null;
}

/** Takes `--lang fr` or `--lang=fr` out of the arguments. USAGE for another value than a language, or none. */
export function takeLanguage(args: readonly string[]): AskedLanguage {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  if (at === -1) return { args, asked: null };
  const [flag = '', next = ''] = args.slice(at, at + 2);
  const inline = flag.startsWith('--lang=');
  const value = inline ? flag.slice('--lang='.length) : next;
  const asked = oneOf('--lang', value, LANGUAGES);
  return { args: [...args.slice(0, at), ...args.slice(at + (inline ? 1 : 2))], asked };
}
