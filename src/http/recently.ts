import type { Clock } from '../clock.js';
import type { FlagReader } from '../flag/reader.js';
import { currentLanguage, type Language } from '../wording/language.js';

/** What a finding is good for. */
export interface Keeping {
  readonly forMs: number;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** A finding of before this changed is old, however young. */
  readonly version?: () => number;
}

/**
 * What `work` found, in the language of whoever asks: however many ask, it runs once at a time and as often as that. A failure is told to all who waited for
 * it, and not kept.
 */
export function recently<T>(
  work: () => Promise<T>,
  { forMs, clock: { monotonicMs }, version = () => 0 }: Keeping,
): () => Promise<T> {
  interface Found {
    readonly value: Promise<T>;
    readonly untilMs: number;
    readonly of: number;
  }
  const kept = new Map<Language, Found>();
  return () => {
    const [of, language] = [version(), currentLanguage()];
    const found = kept.get(language);
    if (found !== undefined && found.of === of && monotonicMs() < found.untilMs) return found.value;
    const value = work();
    const mine: Found = { value, untilMs: Number.POSITIVE_INFINITY, of };
    kept.set(language, mine);
    const settle = (next: Found | null) => {
      if (kept.get(language) !== mine) return;
      if (next === null) kept.delete(language);
      else kept.set(language, next);
    };
    value.then(
      () => settle({ value, untilMs: monotonicMs() + forMs, of }),
      () => settle(null),
    );
    return value;
  };
}

/** Of the flag as this process knows it: another share, or another model, makes what was found of it old. */
export function revisionOf({ reader }: { readonly reader: Pick<FlagReader, 'view'> }): number {
  return reader.view().state.flag?.revision ?? 0;
}
