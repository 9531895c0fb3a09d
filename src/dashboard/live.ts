import { useEffect, useState } from 'preact/hooks';
import { nowMs } from './clock.js';
import type { FlagNow } from './documents.js';

/** `live`: told of changes as they happen; `lost`: connecting again. */
export type Connection = 'connecting' | 'live' | 'lost';

export interface Live {
  readonly connection: Connection;
  /** What the instance that serves this page said last that it answers by, and when; `null` before it has said so. */
  readonly flag: { readonly value: FlagNow; readonly atMs: number } | null;
  /** Grows after something happened. */
  readonly happened: number;
}

const AGAIN_MS = 3000;
/** What comes in a burst is asked about once. */
const TOGETHER_MS = 150;

/** Follows `/api/events` while somebody looks; after a break it connects again by itself. */
export function useLive(): Live {
  const [live, setLive] = useState<Live>({ connection: 'connecting', flag: null, happened: 0 });
  useEffect(() => follow(setLive), []);
  return live;
}

type SetLive = (change: (live: Live) => Live) => void;

/** A stream that nobody looks at would take one of the six connections that a browser opens. Returns how to end it. */
function follow(setLive: SetLive): () => void {
  let source: EventSource | null = null;
  let [again, soon] = [0, 0];
  let isFirst = true;
  const happens = () => {
    clearTimeout(soon);
    soon = window.setTimeout(() => setLive((now) => ({ ...now, happened: now.happened + 1 })), TOGETHER_MS);
  };
  const close = () => {
    clearTimeout(again);
    source?.close();
    source = null;
  };
  const connect = () => {
    close();
    if (document.hidden) return;
    source = new EventSource('/api/events');
    source.addEventListener('open', () => setLive((now) => ({ ...now, connection: 'live' })));
    source.addEventListener('flag', ({ data }) => {
      const flag = { value: JSON.parse(data) as FlagNow, atMs: nowMs() };
      setLive((now) => ({ ...now, connection: 'live', flag }));
      // The first is the state, which is being asked for anyway.
      if (!isFirst) happens();
      isFirst = false;
    });
    source.addEventListener('alert', happens);
    source.addEventListener('error', () => {
      setLive((now) => ({ ...now, connection: 'lost' }));
      // An answer that is no stream ends it for good.
      if (source?.readyState === EventSource.CLOSED) again = window.setTimeout(connect, AGAIN_MS);
    });
  };
  connect();
  document.addEventListener('visibilitychange', connect);
  return () => {
    document.removeEventListener('visibilitychange', connect);
    clearTimeout(soon);
    close();
  };
}
