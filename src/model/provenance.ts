import type { Warning } from '../flag/change.js';
import type { ModelReference } from '../flag/flag.js';
import type { Instance } from '../flag/instances.js';
import { modelText } from '../flag/model-reference.js';
import { t } from '../wording/t.js';
import { DEFAULT_MODEL_NAME } from './default-model.js';
import { listModels } from './list-models.js';

/** Which model answers, and what it learned from. */
export interface Provenance {
  readonly name: string;
  /** `null` when the flag names no model and there is none in the folder. */
  readonly version: string | null;
  /** Whether it was trained on simulated bookings; `null` when its manifest is not here. */
  readonly simulated: boolean | null;
}

/** The model that the flag names, else the default one, told from its manifest in `folder` without loading it. */
export async function provenanceOf(folder: string, model: ModelReference | null): Promise<Provenance> {
  // Where there is no such folder there are no models: readers may run on other machines.
  const models = await listModels(folder).catch(() => []);
  const found = models.find(({ isDefault, sha256 }) =>
    model === null ? isDefault : sha256 === model.sha256,
  );
  return {
    name: model?.name ?? found?.name ?? DEFAULT_MODEL_NAME,
    version: model?.version ?? found?.version ?? null,
    simulated: found?.simulated ?? null,
  };
}

/** Warns of a flag that names a model which is not in `folder`, and which no live process is known to run. */
export function absentWarning(folder: string, named: ModelReference): Warning {
  const fact = t`${modelText(named)}, which the flag names, is not in ${folder}, and no live process is known to run it`;
  const remedy = t`copy its two files there, or name another with \`atmr-ml model use\``;
  return { code: 'MODEL_NOT_HERE', text: t`${fact}: where it is missing, control answers; ${remedy}.` };
}

/** Whether a live process is known to run the model. */
export function isRun(
  { sha256 }: ModelReference,
  instances: readonly Pick<Instance, 'live' | 'model'>[],
): boolean {
  return instances.some(({ live, model }) => live && model?.sha256 === sha256);
}

/** Warns of a model whose scores are those of a made-up world; none where its training is not known here. */
export function simulatedWarnings({ name, version, simulated }: Provenance): readonly Warning[] {
  if (simulated !== true) return [];
  const remedy = t`train your own with \`atmr-ml train\``;
  const text = t`${name} ${version ?? ''}: the model was trained on simulated bookings: ${remedy}.`;
  return [{ code: 'SIMULATED_MODEL', text }];
}
