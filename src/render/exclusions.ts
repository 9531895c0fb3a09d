import type { Exclusion, ExclusionCounts } from '../replay/selection.js';
import { t } from '../wording/t.js';
import { counted } from './number.js';

const bookings = (n: number): string => counted(n, t`booking`);

const PHRASES: Readonly<Record<Exclusion, (n: number) => string>> = {
  outside_window: (n) => t`${bookings(n)} outside the chosen time`,
  not_settled: (n) => t`${bookings(n)} without an outcome yet`,
  status_not_completed: (n) => t`${bookings(n)} whose ride was not completed`,
  no_scheduled_time: (n) => t`${bookings(n)} without a scheduled time`,
  scheduled_time_skipped: (n) => t`${bookings(n)} scheduled in the hour that the clocks skip`,
  time_not_confirmed: (n) => t`${bookings(n)} whose time was not confirmed`,
  no_pickup_event: (n) => t`${bookings(n)} without a recorded pickup`,
  delay_over_180_min: (n) => t`${bookings(n)} over 180 min late or early, a recording error`,
  seen_in_training: (n) => t`${bookings(n)} seen in training`,
  may_be_seen_in_training: (n) => t`${bookings(n)} without a time, which may have been seen in training`,
  ineligible: (n) => t`${bookings(n)} without an input that the model needs`,
  model_failed: (n) => t`${bookings(n)} for which the model gave no number in time`,
  acted_on: (n) => t`${bookings(n)} in which dispatch acted on the prediction, judged by assigned arm alone`,
  against_failed: (n) => t`${bookings(n)} for which the other model gave no number`,
  bad_row: (n) => t`${counted(n, t`row`)} that could not be read`,
};

/** What was left out and why, as one sentence without its end. */
export function leftOutText(excluded: ExclusionCounts): string {
  return leftOutSaid(leftOutPhrases(excluded));
}

export function leftOutSaid(phrases: readonly string[]): string {
  return phrases.length === 0 ? t`Left out: none` : t`Left out: ${phrases.join(t`; `)}`;
}

/** `12 bookings without an outcome yet`, one for each reason. */
export function leftOutPhrases(excluded: ExclusionCounts): string[] {
  return (Object.keys(PHRASES) as Exclusion[]).flatMap((reason) => {
    const n = excluded[reason] ?? 0;
    return n === 0 ? [] : [PHRASES[reason](n)];
  });
}
