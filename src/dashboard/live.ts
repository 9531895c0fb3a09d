import { useEffect, useState } from 'preact/hooks';
import type { FlagNow } from './documents.js';

/** `live`: told of changes as they happen; `lost`: connecting, or connecting again. */
export type Connection = 'live' | 'lost';

export interface Live {
  readonly connection: Connection;
  /** What the instance that serves this page answers by; `null` before it has said so. */
  readonly flag: FlagNow | null;
  /** Grows with each thing that happened. */
  readonly happened: number;
}

const AGAIN_MS = 3000;

/** Follows `/api/events`; after a break it connects again by itself. */
export function useLive(): Live {
  const [live, setLive] = useState<Live>({ connection: 'lost', flag: null, happened: 0 });
  useEffect(() => {
    let source: EventSource | null = null;
    let timer = 0;
    const connect = () => {
      source = new EventSource('/api/events');
      source.addEventListener('open', () => setLive((now) => ({ ...now, connection: 'live' })));
      source.addEventListener('flag', ({ data }) => {
        const flag = JSON.parse(data) as FlagNow;
        setLive((now) => ({ connection: 'live', flag, happened: now.happened + 1 }));
      });
      source.addEventListener('alert', () => setLive((now) => ({ ...now, happened: now.happened + 1 })));
      source.addEventListener('error', () => {
        setLive((now) => ({ ...now, connection: 'lost' }));
        // An answer that is no stream ends it for good.
        if (source?.readyState === EventSource.CLOSED) timer = window.setTimeout(connect, AGAIN_MS);
      });
    };
    connect();
    return () => {
      clearTimeout(timer);
      source?.close();
    };
  }, []);
  return live;
}
