import { MOVING_FEATURES } from '../features/out-of-range.js';
import { binomialTail, rateEstimate } from '../statistics/binomial.js';
import type { Estimated } from '../statistics/estimate.js';
import { meanOf } from '../statistics/mean.js';
import { type Asked, absoluteErrorOf, errorOf, type ScoredRow } from './scored-row.js';

/** How many of the bookings something is wrong with. */
export interface Share {
  readonly count: number;
  readonly of: number;
  readonly estimate: Estimated;
  /** What it may be before it is a finding. */
  readonly limit: number;
  /** Of so many, were the true share the limit. */
  readonly p: number;
}

export interface Shares {
  /** Bookings with any input outside of what training had seen. */
  readonly outOfRange: Share;
  /** The same without inputs that the weather makes. */
  readonly outOfRangeInputs: Share & ErrorOfShare & { readonly features: readonly FeatureCount[] };
  readonly weatherDefault: Share;
  readonly missingDistance: Share;
  readonly ineligible: Share;
  readonly failures: Share;
}

/** Errors of the bookings concerned, and of all others; `null` where there are none. */
export interface ErrorOfShare {
  readonly mae: number | null;
  readonly othersMae: number | null;
  readonly bias: number | null;
}

export interface FeatureCount {
  readonly name: string;
  readonly count: number;
}

/** A training of thousands leaves one booking in thousands outside of its range. */
const OUT_OF_RANGE_LIMIT = 0.02;
/** Notices of the table of rates: weather default, ineligible; a missing distance is a missing input too. */
const NOTICE_LIMIT = 0.1;
const FAILURE_LIMIT = 0.2;

export function sharesOf(rows: readonly ScoredRow[], asked: Asked): Shares {
  const { failed, late, not_finite } = asked.failures;
  const faulty = rows.filter(isOutside);
  return {
    outOfRange: share(
      rows.filter((row) => row.outOfRange.length > 0).length,
      rows.length,
      OUT_OF_RANGE_LIMIT,
    ),
    outOfRangeInputs: {
      ...share(faulty.length, rows.length, OUT_OF_RANGE_LIMIT),
      ...errorsOf(rows, isOutside),
      features: featureCounts(faulty),
    },
    weatherDefault: share(asked.weatherDefault, asked.bookings, NOTICE_LIMIT),
    missingDistance: share(asked.missingDistance, asked.bookings, NOTICE_LIMIT),
    ineligible: share(asked.ineligible, asked.bookings, NOTICE_LIMIT),
    failures: share(failed + late + not_finite, asked.attempts, FAILURE_LIMIT),
  };
}

/** Severe weather leaves the range too, but is no fault. */
function isOutside({ outOfRange }: ScoredRow): boolean {
  return outOfRange.some((name) => !isWeatherFeature(name));
}

export function isWeatherFeature(name: string): boolean {
  return name.includes('weather');
}

function featureCounts(rows: readonly ScoredRow[]): FeatureCount[] {
  const counts = new Map<string, number>();
  for (const name of rows.flatMap(({ outOfRange }) => outOfRange)) {
    if (!isWeatherFeature(name) && !MOVING_FEATURES.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
}

function errorsOf(rows: readonly ScoredRow[], concerns: (row: ScoredRow) => boolean): ErrorOfShare {
  const concerned = rows.filter(concerns);
  const others = rows.filter((row) => !concerns(row));
  const mean = (part: readonly ScoredRow[], of: (row: ScoredRow) => number) =>
    part.length === 0 ? null : meanOf(part.map(of));
  return {
    mae: mean(concerned, absoluteErrorOf),
    othersMae: mean(others, absoluteErrorOf),
    bias: mean(concerned, errorOf),
  };
}

function share(count: number, of: number, limit: number): Share {
  return {
    count,
    of,
    limit,
    estimate: rateEstimate(count, of),
    p: of === 0 ? 1 : binomialTail(count, of, limit),
  };
}
