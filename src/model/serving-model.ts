import { messageOf } from '../errors.js';
import type { ModelReference } from '../flag/flag.js';
import { modelText } from '../flag/model-reference.js';
import { findReference } from './find-model.js';
import { loadModel } from './load.js';
import type { Model } from './model.js';

/** The model that a process answers with, which follows the flag. */
export interface ServingModel {
  current(): Model;
  reference(): ModelReference;
  /** Loads the model that the flag names, where it is another and this machine has it. True when it changed. */
  follow(named: ModelReference | null): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Opens the model that the flag names, or the one at `fallbackPath` where it names none or this machine does not
 * have it. Rejects with BAD_MODEL when there is neither. `onNotice` hears once of each model that is not to be had.
 */
export async function openServingModel(
  folder: string,
  fallbackPath: () => Promise<string>,
  named: ModelReference | null,
  onNotice: (text: string) => void,
): Promise<ServingModel> {
  let missing: string | null = null;
  const load = async (reference: ModelReference): Promise<Model | null> => {
    try {
      return await loadModel(await findReference(folder, reference));
    } catch (thrown) {
      if (missing !== reference.sha256) {
        const fact = `The flag names ${modelText(reference)}, which this machine cannot run`;
        onNotice(`${fact}: control answers until it can. ${messageOf(thrown)}`);
      }
      missing = reference.sha256;
      return null;
    }
  };
  const first = named === null ? null : await load(named);
  let current = first ?? (await loadModel(await fallbackPath()));
  let previous: Model | null = null;

  return {
    current: () => current,
    reference: () => referenceOf(current),
    async follow(wanted) {
      if (wanted === null || wanted.sha256 === current.manifest.sha256) return false;
      const next = await load(wanted);
      if (next === null) return false;
      missing = null;
      // Answers under way still use the one before: it is closed when it is two swaps old.
      await previous?.close();
      previous = current;
      current = next;
      return true;
    },
    async close() {
      await previous?.close();
      await current.close();
    },
  };
}

function referenceOf({ manifest: { name, version, sha256 } }: Model): ModelReference {
  return { name, version, sha256 };
}
