/** The lengths for which sums are kept, longest first, in milliseconds. */
export const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const SPANS_MS = [DAY_MS, HOUR_MS, MINUTE_MS] as const;
/** The span of what is counted since the last reset. */
export const TOTAL_MS = 0;
/** The time of a Date ends here; beyond, integers of the databases would too. */
const LAST_MS = 8.64e15;

/** Sums of one length, from `fromMs` until before `untilMs`. */
export interface SpanRange {
  readonly spanMs: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A bound in time as integers of the databases take it. */
export function wholeMs(ms: number): number {
  return Math.ceil(Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, ms)));
}

/** The window, widened to whole minutes. */
export function wholeMinutes(fromMs: number, untilMs: number): { fromMs: number; untilMs: number } {
  const clamped = (ms: number) => Math.min(LAST_MS, Math.max(-LAST_MS, ms));
  return {
    fromMs: Math.floor(clamped(fromMs) / MINUTE_MS) * MINUTE_MS,
    untilMs: Math.ceil(clamped(untilMs) / MINUTE_MS) * MINUTE_MS,
  };
}

/** The window, widened to what sums are kept of: whole minutes, and before `coarseUntilMs` whole days. */
export function wholeSpans(fromMs: number, untilMs: number, coarseUntilMs: number) {
  const window = wholeMinutes(fromMs, untilMs);
  const isCoarse = (ms: number) => ms < coarseUntilMs;
  return {
    fromMs: isCoarse(window.fromMs) ? Math.floor(window.fromMs / DAY_MS) * DAY_MS : window.fromMs,
    untilMs: isCoarse(window.untilMs) ? Math.ceil(window.untilMs / DAY_MS) * DAY_MS : window.untilMs,
  };
}

/** The fewest sums that make up a window of whole minutes: days inside, hours and minutes at its ends. */
export function rangesOf(
  fromMs: number,
  untilMs: number,
  spansMs: readonly number[] = SPANS_MS,
): readonly SpanRange[] {
  const [spanMs, ...finer] = spansMs;
  if (spanMs === undefined || fromMs >= untilMs) return [];
  const first = Math.ceil(fromMs / spanMs) * spanMs;
  const end = Math.floor(untilMs / spanMs) * spanMs;
  if (first >= end) return rangesOf(fromMs, untilMs, finer);
  return [
    ...rangesOf(fromMs, first, finer),
    { spanMs, fromMs: first, untilMs: end },
    ...rangesOf(end, untilMs, finer),
  ];
}

/** Where each span that holds this moment starts. */
export function spansAt(ms: number): readonly { readonly spanMs: number; readonly startMs: number }[] {
  return SPANS_MS.map((spanMs) => ({ spanMs, startMs: Math.floor(ms / spanMs) * spanMs }));
}
