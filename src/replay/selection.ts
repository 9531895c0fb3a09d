import type { Booking } from '../booking/booking.js';
import { idHash } from '../booking/id-hash.js';
import { countingDelay, type NotCounting } from '../booking/outcome.js';
import type { TrainingData } from '../model/manifest.js';

/** Why a booking takes no part in a comparison. */
export type Exclusion =
  | 'outside_window'
  | NotCounting
  | 'seen_in_training'
  | 'may_be_seen_in_training'
  | 'ineligible'
  | 'acted_on'
  | 'against_failed'
  | 'model_failed'
  | 'bad_row';

export type ExclusionCounts = Partial<Record<Exclusion, number>>;

/** Which bookings a comparison is about; instants in milliseconds, `untilMs` exclusive. */
export interface Window {
  readonly fromMs: number | null;
  readonly untilMs: number | null;
}

/** A test of one booking: the reason to leave it out, or `null` to score it. */
export type Exclude = (booking: Booking) => Exclusion | null;

/**
 * The rules in their order: a booking is counted under the first that applies. `learned` is what each model that is to
 * be scored learned from.
 */
export function exclusionRules(window: Window, ...learned: readonly TrainingData[]): Exclude {
  const seen = anyOf(learned.map(seenInTraining));
  const untold = anyOf(learned.map(trainingUntold));
  return (booking) => {
    if (!isInside(window, booking)) return 'outside_window';
    const delay = countingDelay(booking);
    if (typeof delay === 'string') return delay;
    if (seen(booking)) return 'seen_in_training';
    return untold(booking) ? 'may_be_seen_in_training' : null;
  };
}

type Rule = (booking: Booking) => boolean;

function anyOf(rules: readonly Rule[]): Rule {
  return (booking) => rules.some((rule) => rule(booking));
}

/** A booking without a time is outside every window but the unlimited one. */
function isInside({ fromMs, untilMs }: Window, { scheduled }: Booking): boolean {
  if (fromMs === null && untilMs === null) return true;
  if (scheduled === null) return false;
  return (
    (fromMs === null || scheduled.epochMs >= fromMs) && (untilMs === null || scheduled.epochMs < untilMs)
  );
}

/** What the model learned from tells nothing about how it will do: by time where there is one, else by id. */
function seenInTraining(data: TrainingData): (booking: Booking) => boolean {
  const trainedUntilMs = data.trainedUntil === null ? null : Date.parse(data.trainedUntil);
  const ids = data.trainingIds === undefined ? null : decodeTrainingIds(data.trainingIds);
  return ({ id, scheduled }) => {
    if (ids?.has(idHash(id))) return true;
    return trainedUntilMs !== null && scheduled !== null && scheduled.epochMs <= trainedUntilMs;
  };
}

/**
 * A model that was trained by time keeps no ids, so a booking without a time may be one of those it learned from;
 * not so a real one where it learned from simulated ones, or the reverse.
 */
function trainingUntold({ trainedUntil, simulated }: TrainingData): (booking: Booking) => boolean {
  return (booking) => trainedUntil !== null && booking.scheduled === null && booking.simulated === simulated;
}

function decodeTrainingIds(base64: string): ReadonlySet<bigint> {
  const bytes = Buffer.from(base64, 'base64');
  const ids = new Set<bigint>();
  for (let offset = 0; offset + 8 <= bytes.length; offset += 8) ids.add(bytes.readBigUInt64BE(offset));
  return ids;
}
