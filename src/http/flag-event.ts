import type { View } from '../flag/answer.js';
import { activeMarks } from '../flag/state.js';

/** What clients of `/events` are told of the flag. */
export function flagEvent({ state, forcedOff, regressed, modelMissing }: View) {
  return {
    ...{ flag: state.flag, forced_off: forcedOff, marks: activeMarks(state) },
    ...{ regressed, model_missing: modelMissing },
  };
}
