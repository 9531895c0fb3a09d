import { dayLabel } from '../../booking/local-time.js';
import { t } from '../../wording/t.js';
import type { DayRange, Shift } from '../shifts.js';

/** ` since 2026-08-31`, or nothing. */
export function sinceText(shift: Shift | null): string {
  if (shift === null) return '';
  const first = dayLabel(shift.firstDay);
  return shift.lasting ? t` since ${first}` : t` from ${first} to ${dayLabel(shift.lastDay)}`;
}

/** What limits a command to these days and all later ones. */
export function fromFlag(range: DayRange | null): string {
  return range === null ? '' : ` --from ${dayLabel(range.firstDay)}`;
}

export function shareOfDays(range: DayRange | null, days: readonly number[]): number {
  if (range === null) return 1;
  return days.filter((day) => day >= range.firstDay && day <= range.lastDay).length / days.length;
}
