import { meanSequence, NO_VALUES, withValue } from '../statistics/asymptotic-sequence.js';
import type { ClusteredSums } from './paired-scores.js';

/** One local day of a replay, and what all days up to it come to. Minutes; negative: the model is better. */
export interface DayOfSequence {
  readonly dayNumber: number;
  readonly n: number;
  /** Mean |model error| − |heuristic error| of the day. */
  readonly difference: number;
  /** Mean of the days so far, each of equal weight, with a confidence sequence that may be read after any day. */
  readonly running: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** The days in order: one mean a day enters the sequence, because bookings of a day share its weather. */
export function daySequence({ clusters }: ClusteredSums): DayOfSequence[] {
  let moments = NO_VALUES;
  return [...clusters]
    .sort(([a], [b]) => a - b)
    .map(([dayNumber, { n, model, heuristic }]) => {
      const difference = (model - heuristic) / n;
      moments = withValue(moments, difference);
      const sequence = meanSequence(moments);
      const known = sequence.kind === 'insufficient' ? null : sequence.interval;
      const [lower, upper] = [known?.lower ?? null, known?.upper ?? null];
      return { dayNumber, n, difference, running: moments.mean, lower, upper };
    });
}
