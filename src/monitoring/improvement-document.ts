import { dayLabel } from '../booking/local-time.js';
import type { ImprovementDay } from '../rollout/improvement-by-day.js';

/** Both arms by local day, and the improvement as it was known after each; minutes, and fractions. */
export function improvementDocument(days: readonly ImprovementDay[], stepDay: number | null) {
  return {
    days: days.map(({ dayNumber, settled, modelMae, heuristicMae, improvement }) => {
      const isKnown = improvement.kind === 'estimated';
      return {
        date: dayLabel(dayNumber),
        ...{ settled, model_mae: modelMae, heuristic_mae: heuristicMae },
        improvement: isKnown ? finite(improvement.value) : null,
        lower: isKnown ? finite(improvement.interval.lower) : null,
        upper: isKnown ? finite(improvement.interval.upper) : null,
        reason: isKnown ? null : improvement.reason,
      };
    }),
    /** The local day on which the present step began. */
    step_date: stepDay === null ? null : dayLabel(stepDay),
  };
}

/** A bound that nothing proves is no bound. */
function finite(bound: number): number | null {
  return Number.isFinite(bound) ? bound : null;
}
