import type { Language } from '../wording/language.js';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const LANGUAGE = 'atmr-ml.language';
const THEME = 'atmr-ml.theme';
const NAME = 'atmr-ml.name';

/** As it was chosen here, or said by `?lang=`, else as the browser's user reads. */
export function storedLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? kept(LANGUAGE) ?? navigator.language;
  return asked.toLowerCase().startsWith('fr') ? 'fr' : 'en';
}

/** What was chosen here goes before what the address said. */
export function keepLanguage(language: Language): void {
  keep(LANGUAGE, language);
  const address = new URL(location.href);
  if (!address.searchParams.has('lang')) return;
  address.searchParams.delete('lang');
  history.replaceState(null, '', address);
}

export function storedTheme(): Theme {
  return THEMES.find((theme) => theme === kept(THEME)) ?? 'auto';
}

export function keepTheme(theme: Theme): void {
  keep(THEME, theme);
}

/** Who changes things from this browser: for the history, and never a secret. */
export function storedName(): string {
  return kept(NAME) ?? '';
}

export function keepName(name: string): void {
  keep(NAME, name);
}

/** A browser that keeps nothing still shows everything. */
function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // As above.
  }
}
