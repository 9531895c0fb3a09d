import { useEffect, useRef, useState } from 'preact/hooks';
import type { Language } from '../wording/language.js';
import { nowMs } from './clock.js';
import { useSurroundings } from './surroundings.js';

/** Something that the API tells, as last known. */
export interface Resource<T> {
  readonly value: T | null;
  /** When it was known last; `null` before the first time. */
  readonly atMs: number | null;
  /** Why it is not known now; `null` while it is. */
  readonly fault: Fault | null;
}

/** The API's own sentence, or that it said none. */
export type Fault =
  | { readonly kind: 'told'; readonly text: string }
  | { readonly kind: 'network' | 'timeout' };

const NOTHING_YET = { value: null, atMs: null, fault: null } as const;
const LIMIT_MS = 20_000;
/** How old an answer may be that somebody else was given. */
const RECENT = 'max-age=5';

/** When to ask. */
export interface Tick {
  readonly count: number;
  /** Somebody wants to know it now: nobody else's answer will do. */
  readonly fresh: boolean;
}

/** Asks for `path` now and at each tick; what was known stays while it cannot be had. `null` asks for nothing. */
export function useResource<T>(path: string | null, { count, fresh }: Tick): Resource<T> {
  const { language } = useSurroundings();
  const [resource, setResource] = useState<Resource<T>>(NOTHING_YET);
  const asked = useRef<string | null>(null);
  useEffect(() => {
    if (path === null) return;
    if (asked.current !== path) setResource(NOTHING_YET);
    asked.current = path;
    const control = new AbortController();
    ask<T>(path, { signal: control.signal, fresh, language }).then(
      (value) => setResource({ value, atMs: nowMs(), fault: null }),
      (thrown: unknown) => {
        if (!control.signal.aborted) setResource((known) => ({ ...known, fault: faultOf(thrown) }));
      },
    );
    return () => control.abort();
  }, [path, count, language]);
  // Another path's answer is not this one's, not even for a moment.
  return asked.current === path || path === null ? resource : NOTHING_YET;
}

interface Asking {
  readonly signal: AbortSignal;
  readonly fresh: boolean;
  /** What the API says of itself is said in this one. */
  readonly language: Language;
}

async function ask<T>(path: string, { signal, fresh, language }: Asking): Promise<T> {
  const response = await fetch(`/api${path}`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
    headers: {
      ...{ accept: 'application/json', 'accept-language': language },
      'cache-control': fresh ? 'no-cache' : RECENT,
    },
  });
  return await documentOf<T>(response);
}

/** What the API answered instead, in its own words. */
export class Refusal extends Error {
  readonly status: number;
  /** Of a forced off that no store took: whether the process answers by the heuristic all the same. */
  readonly code: string;
  readonly offHere: boolean;

  constructor(status: number, code: string, text: string, offHere: boolean) {
    super(text);
    this.status = status;
    this.code = code;
    this.offHere = offHere;
  }
}

/** The JSON of an answer. Rejects with a {@link Refusal} where it is none of success. */
export async function documentOf<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as T;
  const { error, message, code = '', forced_off_here: offHere } = errorOf(text);
  throw new Refusal(response.status, code, message ?? error ?? `HTTP ${response.status}.`, offHere === true);
}

interface ErrorBody {
  readonly error?: string;
  readonly message?: string;
  readonly code?: string;
  readonly forced_off_here?: boolean;
}

function errorOf(text: string): ErrorBody {
  try {
    return JSON.parse(text) as ErrorBody;
  } catch {
    return {};
  }
}

function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Refusal) return { kind: 'told', text: thrown.message };
  const isLate = thrown instanceof DOMException && thrown.name === 'TimeoutError';
  return { kind: isLate ? 'timeout' : 'network' };
}
