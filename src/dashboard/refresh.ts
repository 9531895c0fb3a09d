import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Tick } from './resource.js';

export const REFRESH_MS = 30_000;

export interface Refresh {
  /** Each asks for everything again. */
  readonly tick: Tick;
  readonly paused: boolean;
  setPaused(paused: boolean): void;
  now(): void;
}

/** Ticks every 30 s while somebody looks, at once when somebody looks again, and when told. */
export function useRefresh(): Refresh {
  const [tick, setTick] = useState<Tick>({ count: 0, fresh: false });
  const [paused, setPaused] = useState(false);
  const again = useCallback((fresh = false) => setTick(({ count }) => ({ count: count + 1, fresh })), []);
  const now = useCallback(() => again(true), [again]);
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
  return {
    ...{ tick, paused, now },
    setPaused(next) {
      setPaused(next);
      // What was missed meanwhile is not to be taken for news that never came.
      if (!next) again();
    },
  };
}
