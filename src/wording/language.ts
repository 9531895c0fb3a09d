import type { AsyncLocalStorage } from 'node:async_hooks';

export type Language = 'en' | 'fr';

export const LANGUAGES = ['en', 'fr'] as const satisfies readonly Language[];

/**
 * English sentences with `{0}`, `{1}` … for what is filled in, and the same in another language. A sentence may take its
 * fillings in any order.
 */
export type Catalogue = Readonly<Record<string, string>>;

/** As with a locale, one language is spoken by the whole process; a server speaks each caller's. */
let ofProcess: Language = 'en';
let ofCaller: AsyncLocalStorage<Language> | null = null;
let french: Catalogue = {};

/** The language of whoever is spoken to now. */
export function currentLanguage(): Language {
  return ofCaller?.getStore() ?? ofProcess;
}

/** The sentences of the language of now; `null` in English, in which they are written. */
export function currentCatalogue(): Catalogue | null {
  return currentLanguage() === 'fr' ? french : null;
}

/** Has the whole process speak `language` from here on. What a module says of itself when it is loaded follows only after this. */
export async function speak(language: Language): Promise<void> {
  if (language === 'fr') await learnFrench();
  ofProcess = language;
}

/** Makes {@link speakingTo} possible: loads what every language needs. */
export async function learnLanguages(): Promise<void> {
  const { AsyncLocalStorage } = await import('node:async_hooks');
  await learnFrench();
  ofCaller ??= new AsyncLocalStorage();
}

/** Does `work`, and all that it waits for, in the language of one caller. */
export function speakingTo<T>(language: Language, work: () => T): T {
  // Nothing is paid for a caller who speaks as the process does.
  return ofCaller === null || language === currentLanguage() ? work() : ofCaller.run(language, work);
}

/** Does `work` in English: for what is stored, which every reader then finds in the same words. */
export function inEnglish<T>(work: () => T): T {
  const before = { ofProcess, ofCaller };
  ofProcess = 'en';
  ofCaller = null;
  try {
    return work();
  } finally {
    ({ ofProcess, ofCaller } = before);
  }
}

async function learnFrench(): Promise<void> {
  if (Object.keys(french).length === 0) ({ FRENCH: french } = await import('./fr/catalogue.js'));
}
