import { AtmrError } from '../errors.js';
import { nearestName } from '../nearest-name.js';
import { t } from '../wording/t.js';
import type { Answer } from './answers.js';
import type { Item } from './items.js';

export type GivenAnswer = Pick<Answer, 'item' | 'answer'>;

/** All that were given. USAGE where one item gets two answers: nobody could tell which is meant. */
export function readAnswers(texts: readonly string[], items: readonly Item[]): GivenAnswer[] {
  const given = texts.map((text) => readAnswer(text, items));
  const twice = given.find(({ item }, i) => given.findIndex((other) => other.item === item) !== i);
  if (twice === undefined) return given;
  throw new AtmrError('USAGE', t`--answer is given twice for ${twice.item}; expected one answer to an item.`);
}

/** The `item=yes` of `--answer`. USAGE, naming the items there are, for what is none of them. */
function readAnswer(text: string, items: readonly Item[]): GivenAnswer {
  const [, item = '', answer] = /^([^=]*)=(yes|no)$/i.exec(text) ?? [];
  if (answer === undefined) {
    throw new AtmrError('USAGE', t`--answer is "${text}"; expected an item and yes or no, such as team=yes.`);
  }
  const ids = items.map(({ id }) => id);
  if (ids.includes(item)) return { item, answer: answer.toLowerCase() === 'yes' ? 'yes' : 'no' };
  const near = nearestName(item, ids);
  const hint = near === null ? '' : t` (did you mean ${near}?)`;
  throw new AtmrError(
    'USAGE',
    t`There is no item "${item}" in this list${hint}; its items are ${ids.join(', ')}.`,
  );
}
