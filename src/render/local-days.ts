import { dayLabel, localTime } from '../booking/local-time.js';
import { t } from '../wording/t.js';

/** The local days of two instants (ISO 8601): `2026-07-03 to 2026-07-05`. */
export function localDays(from: string, to: string, timeZone: string): string {
  const day = (iso: string): string => dayLabel(localTime(Date.parse(iso), timeZone).dayNumber);
  return t`${day(from)} to ${day(to)}`;
}
