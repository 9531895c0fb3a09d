import { LARGEST_DELAY_MINUTES } from '../booking/outcome.js';

/**
 * The delay of the settled booking whose score a prediction `p` bears, where both arms are scored on it, else `null`: an
 * expression of SQL. One look into a key for each prediction; for a join, Postgres would at times read all outcomes.
 */
export function scoredDelay(at: string): string {
  return `(
    SELECT o.actual_minutes FROM ${at}outcome o
    WHERE o.booking_id = p.booking_id AND o.request_id = p.request_id AND p.model_minutes IS NOT NULL
      AND abs(o.actual_minutes) <= ${LARGEST_DELAY_MINUTES}
  )`;
}

/** The condition that a prediction `p` is of the version at that place; of any where it is `null` there. */
export function ofVersion(place: string): string {
  return `(CAST(${place} AS text) IS NULL OR p.model_version = ${place})`;
}
