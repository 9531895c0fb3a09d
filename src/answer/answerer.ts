import type { Booking } from '../booking/booking.js';
import type { Prediction } from '../model/prediction.js';

/** Answers one booking: decides by the flag, asks both arms, records, and never waits longer than the deadline. */
export interface Answerer {
  /** Rejects with UNAVAILABLE when the model failed and the flag forbids falling back on the heuristic. */
  answer(booking: Booking, requestId: string | null): Promise<AnsweredBooking>;
}

export interface AnsweredBooking {
  readonly prediction: Prediction;
  /** True when the same request was answered before: this is that answer again. */
  readonly repeated: boolean;
}
