import type { Booking } from '../booking/booking.js';
import { countingDelay, type NotCounting } from '../booking/outcome.js';
import { AtmrError } from '../errors.js';
import type { GivenFeatures } from '../features/features.js';
import { type Inputs, readInputs } from '../features/inputs.js';
import { t } from '../wording/t.js';

/** One settled booking, reduced to what training needs. */
export interface Example {
  readonly id: string;
  /** `null` in a table without time. */
  readonly epochMs: number | null;
  readonly inputs: Inputs;
  readonly given: GivenFeatures | null;
  readonly delayMinutes: number;
  readonly simulated: boolean;
}

/** Bookings left out, by reason; those that only the production tables know appear when they occur. */
export type NotLearned = Readonly<Record<'not_settled' | 'delay_over_180_min', number>> &
  Readonly<Partial<Record<NotCounting, number>>>;

/** What was read, and what was left out for which reason. */
export interface Collected {
  readonly examples: readonly Example[];
  readonly excluded: NotLearned;
}

export const FEWEST_EXAMPLES = 500;

/** Reads all settled bookings of a source. Throws BAD_INPUT for fewer than 500, or when all were equally late. */
export async function collectExamples(
  bookings: AsyncIterable<Booking> | Iterable<Booking>,
): Promise<Collected> {
  const examples: Example[] = [];
  const excluded: Record<'not_settled' | 'delay_over_180_min', number> &
    Partial<Record<NotCounting, number>> = { not_settled: 0, delay_over_180_min: 0 };
  for await (const booking of bookings) {
    const delay = countingDelay(booking);
    if (typeof delay === 'string') excluded[delay] = (excluded[delay] ?? 0) + 1;
    else examples.push(exampleOf(booking, delay));
  }
  checkOutcomes(examples);
  return { examples, excluded };
}

function exampleOf(booking: Booking, delayMinutes: number): Example {
  const { id, scheduled, given, simulated } = booking;
  return {
    id,
    epochMs: scheduled?.epochMs ?? null,
    inputs: readInputs(booking),
    given,
    delayMinutes,
    simulated,
  };
}

function checkOutcomes(examples: readonly Example[]): void {
  if (examples.length < FEWEST_EXAMPLES) {
    const fact = t`There are ${examples.length} settled bookings; training needs at least ${FEWEST_EXAMPLES}`;
    throw new AtmrError(
      'BAD_INPUT',
      t`${fact}. Give it a longer history, with actual_delay_minutes filled in.`,
    );
  }
  const [first] = examples;
  if (examples.some(({ delayMinutes }) => delayMinutes !== first?.delayMinutes)) return;
  const fact = t`Every booking is ${String(first?.delayMinutes)} minutes late: there is nothing to learn`;
  throw new AtmrError('BAD_INPUT', t`${fact}. Check the column actual_delay_minutes.`);
}
