import { currentCatalogue } from './language.js';

/**
 * A sentence for people, in the language of whoever is spoken to: written in English where it is said, and found in the
 * catalogue by its English text with `{0}`, `{1}` … in place of what is filled in. One that the catalogue lacks is said in English.
 */
export function t(english: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const catalogue = currentCatalogue();
  return catalogue === null
    ? inOrder(english, values)
    : filledIn(catalogue[keyOf(english)] ?? keyOf(english), values);
}

/** `{0} is "{1}"`, for the parts between what is filled in. */
export function keyOf(parts: readonly string[]): string {
  return parts.reduce((text, part, i) => `${text}{${i - 1}}${part}`);
}

function inOrder(parts: readonly string[], values: readonly (string | number)[]): string {
  return parts.reduce((text, part, i) => `${text}${values[i - 1]}${part}`);
}

function filledIn(sentence: string, values: readonly (string | number)[]): string {
  return sentence.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)]));
}
