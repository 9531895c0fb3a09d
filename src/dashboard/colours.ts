import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Theme } from './preferences.js';

export type Colours = 'light' | 'dark';

const DARK = '(prefers-color-scheme: dark)';

/** The colours that a theme means now. They are in the page before anything is drawn on a canvas by them. */
export function useColours(theme: Theme): Colours {
  const [systemIsDark, setSystemIsDark] = useState(() => matchMedia(DARK).matches);
  useEffect(() => {
    const system = matchMedia(DARK);
    const follow = () => setSystemIsDark(system.matches);
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, []);
  const colours = theme !== 'auto' ? theme : systemIsDark ? 'dark' : 'light';
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = colours;
  }, [colours]);
  return colours;
}
