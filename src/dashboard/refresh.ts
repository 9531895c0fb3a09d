import { useEffect, useState } from 'preact/hooks';
import { nowMs } from './clock.js';

export const REFRESH_MS = 30_000;
const SECOND_MS = 1000;

export interface Refresh {
  /** Each asks for everything again. */
  readonly tick: number;
  /** Moves each second, for ages and countdowns. */
  readonly nowMs: number;
  readonly paused: boolean;
  setPaused(paused: boolean): void;
  now(): void;
}

/** Ticks every 30 s while somebody looks, at once when somebody looks again, and when told. */
export function useRefresh(): Refresh {
  const [tick, setTick] = useState(0);
  const [now, setNow] = useState(nowMs);
  const [paused, setPaused] = useState(false);
  const again = () => setTick((last) => last + 1);
  useEffect(() => {
    const second = setInterval(() => setNow(nowMs()), SECOND_MS);
    return () => clearInterval(second);
  }, []);
  useEffect(() => {
    if (paused) return;
    const timer = setInterval(() => {
      if (!document.hidden) again();
    }, REFRESH_MS);
    const look = () => {
      if (!document.hidden) again();
    };
    document.addEventListener('visibilitychange', look);
    addEventListener('online', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      removeEventListener('online', look);
    };
  }, [paused, tick]);
  return { tick, nowMs: now, paused, setPaused, now: again };
}
