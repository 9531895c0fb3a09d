import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from './config.js';
import { currentLanguage } from './wording/language.js';

/** Where a code is explained, in the language of now: a place in a file of the package that most terminals open with a click. */
export function errorPage(anchor: string): string {
  const folder = join(packageFolder(), 'docs');
  const [inLanguage, inEnglish] = [`errors.${currentLanguage()}.md`, 'errors.md'];
  const page = existsSync(join(folder, inLanguage)) ? inLanguage : inEnglish;
  return `file://${join(folder, page)}#${anchor}`;
}
