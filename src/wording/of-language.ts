import { ENGLISH } from './english.js';
import { FRENCH } from './french.js';
import type { Language } from './language.js';
import type { Words } from './words.js';

export const WORDS: Readonly<Record<Language, Words>> = { en: ENGLISH, fr: FRENCH };
