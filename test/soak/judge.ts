import type { Unwanted } from './clients.js';
import type { PastFault } from './fault-plan.js';
import type { Vitals } from './watched-serve.js';

export interface Sample extends Vitals {
  readonly minutes: number;
}

/** Slopes, per minute, of what must not grow. */
export interface Growth {
  readonly rssMegabytes: number;
  readonly heapMegabytes: number;
  readonly files: number;
  readonly handles: number;
}

export const MOST_GROWTH: Growth = { rssMegabytes: 1, heapMegabytes: 1, files: 1, handles: 2 };
/** What a store that was away may still do to answers: connections are made anew, queries have limits. */
export const AFTERMATH_MS = 30_000;
const MEGABYTE = 2 ** 20;

/** Over the last two thirds: what is loaded and filled at first is no leak. */
export function growthOf(samples: readonly Sample[]): Growth {
  const settled = samples.slice(Math.floor(samples.length / 3));
  const slope = (of: (sample: Sample) => number) =>
    medianSlope(settled.map((sample) => [sample.minutes, of(sample)]));
  return {
    rssMegabytes: slope(({ rssBytes }) => rssBytes / MEGABYTE),
    heapMegabytes: slope(({ heapBytes }) => heapBytes / MEGABYTE),
    files: slope(({ files }) => files),
    handles: slope(({ handles }) => handles),
  };
}

/** Theil and Sen's: the median of the slopes of all pairs. A third of the points may be anywhere. */
export function medianSlope(points: readonly (readonly [x: number, y: number])[]): number {
  const slopes = points.flatMap(([x, y], i) =>
    points.slice(i + 1).flatMap(([later, then]) => (later > x ? [(then - y) / (later - x)] : [])),
  );
  slopes.sort((a, b) => a - b);
  const middle = Math.floor(slopes.length / 2);
  if (slopes.length === 0) return 0;
  return slopes.length % 2 === 1 ? slopes[middle]! : (slopes[middle - 1]! + slopes[middle]!) / 2;
}

/** Answers that nothing excuses: a store that was away excuses 503, 504 and waiting, but never a prediction. */
export function inexcusable(unwanted: readonly Unwanted[], faults: readonly PastFault[]): Unwanted[] {
  const hurt = faults.filter(({ hurtsStores }) => hurtsStores);
  return unwanted.filter(({ atMs, route, status }) => {
    if (route === '/api/predictions' || ![0, 503, 504].includes(status)) return true;
    return !hurt.some(({ fromMs, untilMs }) => fromMs <= atMs && atMs <= untilMs + AFTERMATH_MS);
  });
}
