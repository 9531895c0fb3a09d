import type { Config } from '../config.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Answerer } from './answerer.js';
import { openBackground } from './background.js';
import { giveAnswer } from './give-answer.js';
import type { Desk } from './hand-answer.js';
import { modelFaultLog } from './model-fault-log.js';
import { modelPreparer } from './prepare-model.js';
import { namedRequests } from './requests.js';

/** What the answerer needs of its process; `model` is the one to ask now, and may change at any time. */
export interface AnswererSettings
  extends Pick<Desk, 'clock' | 'log' | 'instance' | 'reader' | 'recorder' | 'weather' | 'model'> {
  readonly config: Pick<Config, 'serve' | 'heuristic'>;
  readonly ledger: Pick<Ledger, 'answerOf'>;
}

export interface RunningAnswerer extends Answerer {
  counts(): AnswererCounts;
  /** Resolves when the recorder has the rows of all answers; a model that hangs is given up at its deadline. */
  stop(): Promise<void>;
}

export interface AnswererCounts {
  /** Bookings whose model was not asked for the record because too many were under way. */
  readonly shadowsDropped: number;
  /** Models that are asked, or waited for, after their answer was given. */
  readonly shadowsUnderway: number;
}

/** How many models may be asked or waited for after their answer was given. */
const MOST_UNDERWAY = 64;
/** The most that the search for an earlier answer may take of the deadline. */
const LOOKUP_MS = 250;

/** Answers bookings through the flag, for as long as the surroundings are open. */
export function startAnswerer(settings: AnswererSettings): RunningAnswerer {
  const { config, clock, log, ledger, recorder } = settings;
  const { deadlineMs, shadow } = config.serve;
  const background = openBackground(MOST_UNDERWAY);
  const requests = namedRequests(ledger, recorder);
  const desk: Desk = {
    ...settings,
    ...{ background, deadlineMs, shadow },
    heuristic: config.heuristic,
    prepare: modelPreparer(),
    noteModel: modelFaultLog(log, clock),
  };
  const lookupMs = Math.min(LOOKUP_MS, deadlineMs / 2);
  return {
    async answer(booking, requestId) {
      const startedMs = clock.monotonicMs();
      const begin = () => giveAnswer(booking, requestId, startedMs, desk);
      if (requestId !== null) return await requests.once(requestId, booking.id, lookupMs, begin);
      return { prediction: (await begin()).prediction, repeated: false };
    },
    counts: () => ({ shadowsDropped: background.dropped, shadowsUnderway: background.running }),
    stop: () => background.stop(deadlineMs),
  };
}
