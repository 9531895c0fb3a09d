import type { ModelReference } from '../flag/flag.js';
import type { FlagReader } from '../flag/reader.js';
import { type Loop, startLoop } from '../loop.js';
import type { ServingModel } from '../model/serving-model.js';

/** A model that was not there may have been copied since. */
const LOOK_FOR_MODEL_MS = 10_000;

/** Has a process answer with the model that the flag names, from when it is woken; `onChange` hears of each other one. */
export function followFlag(
  model: ServingModel,
  reader: FlagReader,
  onChange: (reference: ModelReference) => void,
): Loop {
  return startLoop(
    async () => {
      if (!(await model.follow(reader.view().state.flag?.model ?? null))) return;
      reader.runs(model.reference());
      onChange(model.reference());
    },
    () => LOOK_FOR_MODEL_MS,
  );
}
