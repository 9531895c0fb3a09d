import { FEWEST_FOR_A_VERDICT, THRESHOLDS } from '../health/thresholds.js';
import type { WindowMetrics } from '../ledger/ledger.js';
import type { Figure, FigureBasis, FigureName } from './report.js';

/** What was measured in a window; `uptime` is `null` where nobody marked it. */
export interface Measured extends Pick<WindowMetrics, 'traffic' | 'accuracy'> {
  readonly uptime: number | null;
}

/** How a figure is read, of how many, and what is asked of it. */
interface FigureRule {
  readonly of: FigureBasis;
  readonly value: (measured: Measured) => number | null;
  readonly target: Figure['target'];
}

const below = (value: number): Figure['target'] => ({ direction: 'below', value });
const above = (value: number): Figure['target'] => ({ direction: 'above', value });

/** Scores are of the model on all settled bookings, shadow included. */
const RULES: Readonly<Record<FigureName, FigureRule>> = {
  mae: {
    of: 'settled',
    value: ({ accuracy }) => accuracy.model.mae,
    target: below(THRESHOLDS.mae.warnAbove),
  },
  r2: { of: 'settled', value: ({ accuracy }) => accuracy.model.r2, target: above(THRESHOLDS.r2.shownBelow) },
  accuracyRate: {
    ...{ of: 'settled', value: ({ accuracy }) => accuracy.model.accuracyRate },
    target: above(THRESHOLDS.accuracyRate.shownBelow),
  },
  missRate: {
    ...{ of: 'settled', value: ({ accuracy }) => accuracy.model.missRate },
    target: below(THRESHOLDS.missRate.warnAbove),
  },
  lateRecall: {
    ...{ of: 'late', value: ({ accuracy }) => ratio(accuracy.latePredicted, accuracy.late) },
    target: above(THRESHOLDS.lateRecall.shownBelow),
  },
  intervalCoverage: {
    ...{ of: 'intervals', value: ({ accuracy }) => ratio(accuracy.covered, accuracy.withInterval) },
    target: null,
  },
  failureRate: {
    ...{ of: 'attempts', value: ({ traffic }) => ratio(traffic.failures, traffic.attempts) },
    target: below(THRESHOLDS.failureRate.warnAbove),
  },
  fallbackRate: {
    ...{ of: 'answers', value: ({ traffic }) => ratio(traffic.bySource.fallback, traffic.requests) },
    target: null,
  },
  predictionTime: {
    ...{ of: 'timed', value: ({ traffic }) => traffic.predictionTimeMs?.p95 ?? null },
    target: below(THRESHOLDS.predictionTimeMs.shownAbove),
  },
  weatherDefaultRate: {
    ...{ of: 'answers', value: ({ traffic }) => ratio(traffic.weatherDefaults, traffic.requests) },
    target: below(THRESHOLDS.weatherDefaultRate.shownAbove),
  },
  uptime: { of: 'minutes', value: ({ uptime }) => uptime, target: above(THRESHOLDS.uptime.shownBelow) },
};

const COUNTS: Readonly<Record<FigureBasis, (measured: Measured) => number | null>> = {
  settled: ({ accuracy }) => accuracy.model.count,
  late: ({ accuracy }) => accuracy.late,
  intervals: ({ accuracy }) => accuracy.withInterval,
  attempts: ({ traffic }) => traffic.attempts,
  answers: ({ traffic }) => traffic.requests,
  timed: ({ traffic }) => traffic.timed,
  minutes: () => null,
};

/** Every figure of the guide, with the period before and what is asked of it. Pure. */
export function figuresOf(now: Measured, before: Measured): Figure[] {
  return (Object.keys(RULES) as FigureName[]).map((name) => {
    const { of, value: read, target } = RULES[name];
    const [value, count] = [read(now), COUNTS[of](now)];
    const isEnough = value !== null && (count === null || count >= FEWEST_FOR_A_VERDICT);
    const meets =
      target === null || !isEnough
        ? null
        : target.direction === 'below'
          ? value < target.value
          : value > target.value;
    return { name, value, before: read(before), of, count, target, meets };
  });
}

/** A share of nothing is not known. */
function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
