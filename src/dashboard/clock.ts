import { useEffect, useState } from 'preact/hooks';

const SECOND_MS = 1000;

/** The browser's clock, ms since the epoch. */
export function nowMs(): number {
  return Date.now();
}

/** The same, moving each second: for ages and countdowns alone, for all that uses it is drawn as often. */
export function useNow(): number {
  const [now, setNow] = useState(nowMs);
  useEffect(() => {
    const second = setInterval(() => setNow(nowMs()), SECOND_MS);
    return () => clearInterval(second);
  }, []);
  return now;
}
