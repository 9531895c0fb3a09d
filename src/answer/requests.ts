import { AtmrError } from '../errors.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Recorder } from '../ledger/recorder.js';
import type { Prediction } from '../model/prediction.js';
import { t } from '../wording/t.js';
import type { AnsweredBooking } from './answerer.js';
import { within } from './within.js';

/** An answer that may be given. */
export interface Given {
  readonly prediction: Prediction;
  /** Resolves when the recorder has the row, after which it knows the answer. Does not reject. */
  readonly recorded: Promise<void> | null;
}

/** Requests with a name of the caller's: the same name gets the same answer. */
export interface Requests {
  /** The answer to a named request: the one that was given before, or that of `begin`. */
  once(
    requestId: string,
    bookingId: string,
    waitMs: number,
    begin: () => Promise<Given>,
  ): Promise<AnsweredBooking>;
}

interface Entry {
  readonly bookingId: string;
  readonly work: Promise<{ readonly answered: AnsweredBooking }>;
}

/** Remembers the answers under way and asks the recorder and the ledger for those before. */
export function namedRequests(ledger: Pick<Ledger, 'answerOf'>, recorder: Recorder): Requests {
  const underway = new Map<string, Entry>();
  return {
    async once(requestId, bookingId, waitMs, begin) {
      const known = underway.get(requestId);
      if (known !== undefined) {
        refuseOther(requestId, known.bookingId, bookingId);
        return { ...(await known.work).answered, repeated: true };
      }
      // Entered before anything is waited for, so that of two at the same time one finds the other.
      const work = answerOrRepeat();
      underway.set(requestId, { bookingId, work });
      const over = work.then(({ recorded }) => recorded);
      const forget = () => underway.delete(requestId);
      over.then(forget, forget);
      return (await work).answered;

      async function answerOrRepeat() {
        const stored = await storedAnswer(requestId, waitMs, ledger, recorder);
        if (stored !== null) {
          refuseOther(requestId, stored.booking_id, bookingId);
          return { answered: { prediction: stored, repeated: true }, recorded: null };
        }
        const { prediction, recorded } = await begin();
        return { answered: { prediction, repeated: false }, recorded };
      }
    },
  };
}

/** A ledger that is away keeps nobody from an answer, even if it is the second one. */
async function storedAnswer(
  requestId: string,
  waitMs: number,
  ledger: Pick<Ledger, 'answerOf'>,
  recorder: Recorder,
): Promise<Prediction | null> {
  const pending = recorder.pendingAnswerOf(requestId);
  const isAway = recorder.state().fault !== null;
  const text = pending ?? (isAway ? null : await within(ledger.answerOf(requestId), waitMs));
  return text === null ? null : (JSON.parse(text) as Prediction);
}

function refuseOther(requestId: string, bookingId: string, asked: string): void {
  if (bookingId === asked) return;
  const fact = t`The request ${requestId} was answered for booking ${bookingId}, not ${asked}`;
  throw new AtmrError('CONFLICT', t`${fact}. Give each booking's request an id of its own.`);
}
