import type { Ledger } from '../ledger/ledger.js';
import type { Recorder } from '../ledger/recorder.js';

/** Takes answers and keeps none: where nothing is recorded, a repeated request is a new one. */
export const NO_RECORDER: Recorder = {
  add() {},
  addDurably: async () => {},
  pendingAnswerOf: () => null,
  state: () => ({ queued: 0, spooled: 0, lost: 0, corrupt: 0, fault: null }),
  stop: async () => {},
};

export const NO_LEDGER: Pick<Ledger, 'answerOf'> = { answerOf: async () => null };
