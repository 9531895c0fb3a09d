import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FRENCH } from '../../src/wording/fr/catalogue.js';
import type { Catalogue } from '../../src/wording/language.js';
import { NOT_SAID, readsLikeSentence } from './not-said.js';
import { sentencesOfSources } from './sentences.js';

const FOLDER = 'src/wording/fr';
const sentences = sentencesOfSources();
const said = new Set(sentences.filter((sentence) => sentence.said).map(({ text }) => text));
const fillings = (text: string) => [...new Set(text.match(/\{\d+\}/g))].sort();

describe('every language says all', () => {
  it('finds the sentences', () => expect(said.size).toBeGreaterThan(50));

  it('has each sentence in French', () => {
    expect([...said].filter((text) => !Object.hasOwn(FRENCH, text))).toEqual([]);
  });

  it('has no French of what is not said any more', () => {
    expect(Object.keys(FRENCH).filter((text) => !said.has(text))).toEqual([]);
  });

  it('has each sentence in one catalogue: of two, one would never be said', async () => {
    const files = readdirSync(FOLDER).filter((file) => file !== 'catalogue.ts');
    const catalogues = await Promise.all(files.map((file) => import(`../../${FOLDER}/${file}`)));
    const all = catalogues.flatMap((module) => Object.values<Catalogue>(module).flatMap(Object.keys));
    expect(all.filter((text, i) => all.indexOf(text) !== i)).toEqual([]);
    expect(all.toSorted()).toEqual(Object.keys(FRENCH).toSorted());
  });

  it('fills in the same in both', () => {
    const different = Object.entries(FRENCH).filter(
      ([english, french]) => french.trim() === '' || `${fillings(english)}` !== `${fillings(french)}`,
    );
    expect(different).toEqual([]);
  });

  it('copies commands and options as they are', () => {
    const commands = (text: string) => (text.match(/`[^`]*`|--[a-z][a-z-]+|[A-Z]+_[A-Z_]+/g) ?? []).sort();
    const different = Object.entries(FRENCH).filter(
      ([english, french]) => `${commands(english)}` !== `${commands(french)}`,
    );
    expect(different).toEqual([]);
  });

  const outside = sentences.filter((sentence) => !sentence.said && readsLikeSentence(sentence.text));

  it('leaves nothing that reads like a sentence outside of them', () => {
    const left = outside.filter((sentence) => !NOT_SAID.some((isOne) => isOne(sentence)));
    expect(left.map(({ where, text }) => `${where} ${text}`)).toEqual([]);
  });

  it.each(NOT_SAID.map((isOne) => [`${isOne}`, isOne] as const))(
    'finds what is excepted by %s',
    (_, isOne) => {
      expect(outside.some(isOne)).toBe(true);
    },
  );
});
