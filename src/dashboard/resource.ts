import { useEffect, useRef, useState } from 'preact/hooks';
import { nowMs } from './clock.js';

/** Something that the API tells, as last known. */
export interface Resource<T> {
  readonly value: T | null;
  /** When it was known last; `null` before the first time. */
  readonly atMs: number | null;
  /** Why it is not known now; `null` while it is. */
  readonly fault: string | null;
}

const NOTHING_YET = { value: null, atMs: null, fault: null } as const;
const LIMIT_MS = 20_000;

/** Asks for `path` now and at each `tick`; what was known stays while it cannot be had. `null` asks for nothing. */
export function useResource<T>(path: string | null, tick: number): Resource<T> {
  const [resource, setResource] = useState<Resource<T>>(NOTHING_YET);
  const asked = useRef<string | null>(null);
  useEffect(() => {
    if (path === null) return;
    if (asked.current !== path) setResource(NOTHING_YET);
    asked.current = path;
    const control = new AbortController();
    ask<T>(path, control.signal).then(
      (value) => setResource({ value, atMs: nowMs(), fault: null }),
      (thrown: unknown) => {
        if (!control.signal.aborted) setResource((known) => ({ ...known, fault: textOf(thrown) }));
      },
    );
    return () => control.abort();
  }, [path, tick]);
  return resource;
}

/** Rejects with the API's own sentence where it has one. */
async function ask<T>(path: string, signal: AbortSignal): Promise<T> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  const response = await fetch(`/api${path}`, { signal: limited, headers: { accept: 'application/json' } });
  return await documentOf<T>(response);
}

/** The JSON of an answer. Rejects with its error's text. */
export async function documentOf<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as T;
  throw new Error(errorOf(text) ?? `HTTP ${response.status}`);
}

function errorOf(text: string): string | null {
  try {
    const { error, message } = JSON.parse(text) as { readonly error?: string; readonly message?: string };
    return message ?? error ?? null;
  } catch {
    return null;
  }
}

function textOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
