import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import type { Booking } from './booking.js';
import type { NoOutcome } from './outcome.js';

const WHY: Readonly<Partial<Record<NoOutcome, () => string>>> = {
  scheduled_time_skipped: () => t`is scheduled in the hour that the clocks skip`,
};

/**
 * The bookings but those of the production tables that have no time: nothing can be predicted of them. BAD_INPUT
 * when it is `theOne` that was asked for; otherwise told with their number at the end.
 */
export async function* timedOnly(
  bookings: AsyncIterable<Booking>,
  theOne: boolean,
  tell: (text: string) => void,
): AsyncGenerator<Booking> {
  let left = 0;
  for await (const booking of bookings) {
    if (booking.scheduled !== null || booking.given !== null) {
      yield booking;
      continue;
    }
    if (theOne) throw withoutTime(booking);
    left += 1;
  }
  if (left > 0) tell(t`notice: ${left} without a scheduled time left out.`);
}

function withoutTime({ id, noOutcome }: Booking): AtmrError {
  const why = (noOutcome && WHY[noOutcome]?.()) ?? t`has no scheduled time`;
  return new AtmrError(
    'BAD_INPUT',
    t`Booking ${id} ${why}, so nothing can be predicted of it. Correct the time.`,
  );
}
