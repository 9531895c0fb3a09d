import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Formats } from '../wording/formats.js';
import type { Language } from '../wording/language.js';
import type { Words } from '../wording/words.js';

/** What every part of the page needs to say something. */
export interface Surroundings {
  readonly language: Language;
  readonly words: Words;
  readonly formats: Formats;
  /** Asks for everything again. */
  refresh(): void;
}

const Context = createContext<Surroundings | null>(null);
export const SurroundingsProvider = Context.Provider;

export function useSurroundings(): Surroundings {
  return useContext(Context)!;
}
