import type { Exclusion, ExclusionCounts } from '../replay/selection.js';
import { counted } from './number.js';

const bookings = (n: number): string => counted(n, 'booking');

const PHRASES: Readonly<Record<Exclusion, (n: number) => string>> = {
  outside_window: (n) => `${bookings(n)} outside the chosen time`,
  not_settled: (n) => `${bookings(n)} without an outcome yet`,
  status_not_completed: (n) => `${bookings(n)} whose ride was not completed`,
  no_scheduled_time: (n) => `${bookings(n)} without a scheduled time`,
  scheduled_time_skipped: (n) => `${bookings(n)} scheduled in the hour that the clocks skip`,
  time_not_confirmed: (n) => `${bookings(n)} whose time was not confirmed`,
  no_pickup_event: (n) => `${bookings(n)} without a recorded pickup`,
  delay_over_180_min: (n) => `${bookings(n)} over 180 min late or early, a recording error`,
  seen_in_training: (n) => `${bookings(n)} seen in training`,
  may_be_seen_in_training: (n) => `${bookings(n)} without a time, which may have been seen in training`,
  ineligible: (n) => `${bookings(n)} without an input that the model needs`,
  model_failed: (n) => `${bookings(n)} for which the model gave no number in time`,
  acted_on: (n) => `${bookings(n)} in which dispatch acted on the prediction, judged by assigned arm alone`,
  against_failed: (n) => `${bookings(n)} for which the other model gave no number`,
  bad_row: (n) => `${counted(n, 'row')} that could not be read`,
};

/** What was left out and why, as one sentence without its end. */
export function leftOutText(excluded: ExclusionCounts): string {
  const phrases = (Object.keys(PHRASES) as Exclusion[]).flatMap((reason) => {
    const n = excluded[reason] ?? 0;
    return n === 0 ? [] : [PHRASES[reason](n)];
  });
  return phrases.length === 0 ? 'Left out: none' : `Left out: ${phrases.join('; ')}`;
}
