import type { SettledReport } from '../outcomes/settle-reported.js';
import type { BookingInput, PredictOptions } from './booking-input.js';
import type { ReadFlag } from './flag.js';
import type { StoreOptions } from './options.js';
import type { Prediction } from './prediction.js';

/** What `createPredictor` takes. */
export interface PredictorOptions extends StoreOptions {
  /** Whether answers are recorded, and so scored and watched (default: true). */
  readonly record?: boolean | undefined;
  /** The longest a prediction takes (default: `serve.deadline` of the file, else one second). */
  readonly timeoutMs?: number | undefined;
  /** Where the models are (default: `models` of the file, else those of this package). */
  readonly modelsFolder?: string | undefined;
}

/** What happened to a booking: how late it was, or when the pickup was. */
export type OutcomeInput = {
  readonly booking_id: string | number | bigint;
} & ({ readonly actual_delay_minutes: number } | { readonly actual_pickup_at: string | Date });

/** The delay predictor in this process: flag, model, weather and ledger. */
export interface Predictor {
  /** The flag it goes by; closed with it. */
  readonly flag: ReadFlag;
  /**
   * How late a ride will be: the document of `POST /predictions`. Answers within the timeout; whatever fails, the heuristic
   * answers, and `source` and `reason` say so. Rejects with `AtmrError`: BAD_INPUT for a booking that is none, CONFLICT
   * for a `requestId` that was another booking's, and UNAVAILABLE where the model failed and the flag forbids to fall
   * back (`FALLBACK_ON_ERROR=false`). Once it is closed the heuristic answers, with the reason CLOSED.
   */
  predict(booking: BookingInput, options?: PredictOptions): Promise<Prediction>;
  /**
   * Tells what happened: the outcomes by which both arms are scored. `refused` names those that cannot count; the others are
   * kept. Safe to repeat; another value corrects the first. Rejects with `AtmrError`, and then nothing is settled: BAD_INPUT
   * for what is no outcome, UNAVAILABLE where the ledger does not answer, USAGE where nothing is recorded.
   */
  settle(outcomes: OutcomeInput | readonly OutcomeInput[]): Promise<SettledReport>;
  /** Finishes what is under way, writes what is queued, says good-bye to the stores. Safe to repeat. */
  close(): Promise<void>;
  /** Closes it, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
