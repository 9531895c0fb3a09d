import { requireId } from '../booking/from-document.js';
import { LARGEST_DELAY_MINUTES } from '../booking/outcome.js';
import { readTimestamp } from '../booking/timestamp.js';
import { ANY_NUMBER, readId, readNumber } from '../booking/values.js';
import { AtmrError } from '../errors.js';
import type { Outcome } from '../ledger/ledger.js';
import { t } from '../wording/t.js';

/** An outcome as somebody reports it: how late it was, or when the pickup happened, or both. */
export interface ReportedOutcome {
  readonly bookingId: string;
  readonly delayMinutes: number | null;
  readonly pickupMs: number | null;
}

/** An outcome that is not kept, by its place in what was sent, and why. */
export interface RefusedOutcome {
  readonly index: number;
  readonly booking_id: string;
  readonly reason: 'delay_over_180_min' | 'scheduled_time_unknown';
  readonly detail: string;
}

/** Reads reported outcomes, whose times without an offset are in `timeZone`. BAD_INPUT names the first bad one. */
export function readReported(items: readonly unknown[], timeZone: string): ReportedOutcome[] {
  const places = new Map<string, number>();
  return items.map((item, index) => {
    const outcome = readOne(item, index, timeZone);
    const other = places.get(outcome.bookingId);
    if (other !== undefined)
      throw fault(index, t`is of the same booking as outcomes[${other}]. Send one of them`);
    places.set(outcome.bookingId, index);
    return outcome;
  });
}

function readOne(item: unknown, index: number, timeZone: string): ReportedOutcome {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw fault(index, t`is not an object. Expected {${expected()}}`);
  }
  const {
    booking_id,
    actual_delay_minutes = null,
    actual_pickup_at = null,
  } = item as Record<string, unknown>;
  const bookingId = readId(booking_id);
  if (bookingId === null) throw fault(index, t`.booking_id is missing, or neither a text nor a whole number`);
  requireId(`outcomes[${index}].booking_id`, bookingId);
  if (actual_delay_minutes === null && actual_pickup_at === null) {
    throw fault(index, t`tells neither how late the pickup was nor when. Expected {${expected()}}`);
  }
  const delay = actual_delay_minutes === null ? null : readNumber(actual_delay_minutes, ANY_NUMBER);
  if (typeof delay === 'string') throw fault(index, t`.actual_delay_minutes ${delay}`);
  const pickup = actual_pickup_at === null ? null : readTimestamp(actual_pickup_at, timeZone);
  if (typeof pickup === 'string') throw fault(index, t`.actual_pickup_at ${pickup}`);
  return { bookingId, delayMinutes: delay, pickupMs: pickup?.epochMs ?? null };
}

const expected = () => t`"booking_id", and "actual_pickup_at" or "actual_delay_minutes"`;

/** The bookings whose scheduled time decides how late they were. */
export function undatedBookings(reported: readonly ReportedOutcome[]): string[] {
  return reported.filter(({ delayMinutes }) => delayMinutes === null).map(({ bookingId }) => bookingId);
}

/** The outcomes that count, `scheduledMs` telling when bookings were due, and those that do not. */
export function settleable(
  reported: readonly ReportedOutcome[],
  scheduledMs: ReadonlyMap<string, number>,
): { readonly outcomes: readonly Outcome[]; readonly refused: readonly RefusedOutcome[] } {
  const outcomes: Outcome[] = [];
  const refused: RefusedOutcome[] = [];
  for (const [index, { bookingId, delayMinutes, pickupMs }] of reported.entries()) {
    const delay = delayMinutes ?? minutesLate(pickupMs, scheduledMs.get(bookingId));
    if (delay === null || Math.abs(delay) > LARGEST_DELAY_MINUTES) {
      refused.push({ index, booking_id: bookingId, ...refusalOf(delay) });
    } else {
      outcomes.push({ bookingId, actualDelayMinutes: delay, actualPickupMs: pickupMs, origin: 'api' });
    }
  }
  return { outcomes, refused };
}

function minutesLate(pickupMs: number | null, scheduledMs: number | undefined): number | null {
  return pickupMs === null || scheduledMs === undefined ? null : (pickupMs - scheduledMs) / 60_000;
}

function refusalOf(delay: number | null): Pick<RefusedOutcome, 'reason' | 'detail'> {
  if (delay === null) {
    const detail = t`Nobody asked about this booking, so its scheduled time is unknown. Send actual_delay_minutes.`;
    return { reason: 'scheduled_time_unknown', detail };
  }
  const fact = t`${Math.round(delay)} min is a recording error, not a delay`;
  return {
    reason: 'delay_over_180_min',
    detail: t`${fact} (expected at most ${LARGEST_DELAY_MINUTES} min either way).`,
  };
}

function fault(index: number, what: string): AtmrError {
  return new AtmrError('BAD_INPUT', `outcomes[${index}]${what.startsWith('.') ? '' : ' '}${what}.`);
}
