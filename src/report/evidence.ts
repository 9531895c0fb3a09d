import { dayLabel } from '../booking/local-time.js';
import type { DayFigures } from '../rollout/day-figures.js';
import { totalOf } from '../rollout/day-sequences.js';
import { coverageOf, LEAST_COVERAGE } from '../rollout/evidence.js';
import { improvementOf } from '../rollout/gates.js';
import { improvementByDay } from '../rollout/improvement-by-day.js';
import type { Estimated } from '../statistics/estimate.js';
import type { ArmEvidence, Evidence, EvidenceDay, Improvement, Verdict } from './report.js';

/** Both arms on whole local days since `sinceDay`. Pure. */
export function armEvidence(days: readonly DayFigures[], sinceDay: number): ArmEvidence {
  const { asked, settled, e, h } = totalOf(days);
  const coverage = coverageOf({ days });
  const improvement = shownOf(improvementOf(days));
  return {
    since: dayLabel(sinceDay),
    days: days.length,
    ...{ asked, settled, coverage, improvement },
    modelMae: settled === 0 ? null : e / settled,
    heuristicMae: settled === 0 ? null : h / settled,
    lacks: improvement.value === null ? lackOf(coverage) : null,
  };
}

function lackOf(coverage: number | null): ArmEvidence['lacks'] {
  if (coverage === null) return 'due';
  return coverage < LEAST_COVERAGE ? 'outcomes' : 'days';
}

/** The days one by one. */
export function evidenceDays(days: readonly DayFigures[]): EvidenceDay[] {
  return days.map(({ dayNumber, settled, e, h }) => ({
    ...{ date: dayLabel(dayNumber), settled },
    modelMae: settled === 0 ? null : e / settled,
    heuristicMae: settled === 0 ? null : h / settled,
  }));
}

/** What was known after each day. */
export function knownByDay(days: readonly DayFigures[]): Evidence['improvementByDay'] {
  return improvementByDay(days).map(({ dayNumber, improvement }) => ({
    date: dayLabel(dayNumber),
    ...shownOf(improvement),
  }));
}

/** A point without an interval decides nothing. */
export function answerOf({ value, lower, upper }: Improvement): Verdict['answer'] {
  if (value === null) return 'no_data';
  if (upper !== null && upper < 0) return 'better';
  return lower !== null && lower > 0 ? 'worse' : 'undecided';
}

function shownOf(estimated: Estimated): Improvement {
  if (estimated.kind === 'insufficient') {
    return { value: null, lower: null, upper: null, reason: estimated.reason };
  }
  const { value, interval } = estimated;
  return { value, lower: finite(interval.lower), upper: finite(interval.upper), reason: null };
}

/** A bound that nothing proves is no bound. */
function finite(bound: number): number | null {
  return Number.isFinite(bound) ? bound : null;
}
