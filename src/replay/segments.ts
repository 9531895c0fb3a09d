import { distanceCategory, experienceLevel } from '../features/features.js';
import type { Inputs } from '../features/inputs.js';
import { onGrid } from '../statistics/exact-sum.js';
import { holmAdjusted } from '../statistics/multiple-testing.js';
import { estimateSummedRatio, summedRatioP } from '../statistics/summed-ratio.js';
import { rescaleWidest, type WidestEstimate } from '../statistics/widest.js';
import { t } from '../wording/t.js';
import {
  addToPairSums,
  emptyPairSums,
  type PairedAnswer,
  type PairSums,
  summedDimensions,
} from './paired-scores.js';
import { BOOKINGS, DIFFERENCE, HEURISTIC, MODEL } from './weights.js';

/** One part of the bookings: how the arms compare there. */
export interface Segment {
  /** What the bookings were parted by, such as `distance`. */
  readonly by: string;
  readonly segment: string;
  readonly n: number;
  /** MAE(model) / MAE(other) − 1 with its 95 % interval; `null` where the segment does not tell. */
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Two-sided, of no difference, and the same adjusted by Holm for all segments that were tested. */
  readonly pValue: number | null;
  readonly adjustedP: number | null;
  /** Decided on the adjusted p-value; `insufficient` is neither proven. */
  readonly result: 'better' | 'worse' | 'insufficient';
  /** Why nothing could be tested; `null` where it was. */
  readonly reason: string | null;
}

/** Sums in a stream, by parting and by place in it; the place after the last is for what is not told. */
export type SegmentTally = readonly (readonly PairSums[])[];

interface Parting {
  readonly by: string;
  /** In the order of a report. */
  readonly segments: readonly string[];
  /** The segment's position; NaN where the booking does not tell. */
  place(inputs: Inputs): number;
}

const YES_NO = ['no', 'yes'];

const PARTINGS: readonly Parting[] = [
  {
    by: 'hour',
    segments: ['06–09', '09–12', '12–16', '16–19', '19–06'],
    place: ({ hour }) => hourBand(hour),
  },
  {
    by: 'distance',
    segments: ['up to 5 km', '5–10 km', '10–20 km', 'over 20 km'],
    place: distanceCategory,
  },
  { by: 'urgent', segments: YES_NO, place: ({ isUrgent }) => isUrgent },
  { by: 'medical', segments: YES_NO, place: ({ isMedical }) => isMedical },
  { by: 'weather known', segments: YES_NO, place: ({ weatherKnown }) => weatherKnown },
  { by: 'driver bookings', segments: ['up to 50', '51–200', 'over 200'], place: experienceLevel },
];

const UNTOLD = 'not told';
/** Below, an interval says nothing. */
const LEAST_BOOKINGS = 20;
const ALPHA = 0.05;

export function emptySegmentTally(): SegmentTally {
  return PARTINGS.map(({ segments }) => [...segments, UNTOLD].map(emptyPairSums));
}

/** Adds one booking to its segment of each parting, in place. */
export function addToSegments(
  tally: SegmentTally,
  inputs: Inputs,
  { model, heuristic, actual, day, driver }: Readonly<PairedAnswer>,
): void {
  const modelError = onGrid(Math.abs(model - actual));
  const heuristicError = onGrid(Math.abs(heuristic - actual));
  for (let i = 0; i < PARTINGS.length; i += 1) {
    const { segments, place } = PARTINGS[i]!;
    const at = place(inputs);
    const sums = tally[i]![Number.isNaN(at) ? segments.length : at]!;
    addToPairSums(sums, modelError, heuristicError, day, driver);
  }
}

/**
 * How the arms compare in each segment. Bookings of one segment are in others too, so the family of all tests is
 * adjusted by Holm, which holds whatever their dependence. A parting with one segment only is the whole, and left out.
 */
export function judgeSegments(tally: SegmentTally): Segment[] {
  const found = PARTINGS.flatMap(({ by, segments }, i) => {
    const parts = tally[i]!.map((part, at) => ({ by, segment: segments[at] ?? UNTOLD, part }));
    const met = parts.filter(({ part }) => part.byBooking.n > 0);
    return met.length < 2 ? [] : met.map((one) => ({ ...one, ...measured(one.part) }));
  });
  const tested = found.filter(({ pValue }) => pValue !== null);
  const adjusted = new Map(holmAdjusted(tested.map(({ pValue }) => pValue!)).map((p, i) => [tested[i], p]));
  return found.map((one) => judged(one, adjusted.get(one) ?? null));
}

interface Measured {
  readonly improvement: WidestEstimate | null;
  readonly pValue: number | null;
  readonly reason: string | null;
}

function measured({ byBooking, byDay, byDriver }: PairSums): Measured {
  const { n } = byBooking;
  if (n < LEAST_BOOKINGS) {
    return { improvement: null, pValue: null, reason: t`${n} of at least ${LEAST_BOOKINGS} bookings` };
  }
  const dimensions = summedDimensions({ byDay, byDriver });
  const ratio = estimateSummedRatio(MODEL, HEURISTIC, byBooking, dimensions);
  const improvement = rescaleWidest(ratio, (value) => value - 1);
  const pValue = summedRatioP(DIFFERENCE, BOOKINGS, byBooking, dimensions);
  const reason = improvement.kind === 'insufficient' ? improvement.reason : null;
  return { improvement, pValue: reason === null ? pValue : null, reason };
}

function judged(
  {
    by,
    segment,
    part,
    improvement,
    pValue,
    reason,
  }: Measured & { by: string; segment: string; part: PairSums },
  adjustedP: number | null,
): Segment {
  const known = improvement?.kind === 'estimated' ? improvement : null;
  const proven = adjustedP !== null && adjustedP <= ALPHA;
  const better = part.byBooking.model < part.byBooking.heuristic;
  return {
    by,
    segment,
    n: part.byBooking.n,
    value: known?.value ?? null,
    lower: known?.interval.lower ?? null,
    upper: known?.interval.upper ?? null,
    pValue,
    adjustedP,
    result: proven ? (better ? 'better' : 'worse') : 'insufficient',
    reason,
  };
}

function hourBand(hour: number): number {
  if (Number.isNaN(hour)) return hour;
  if (hour < 6 || hour >= 19) return 4;
  return hour < 9 ? 0 : hour < 12 ? 1 : hour < 16 ? 2 : 3;
}
