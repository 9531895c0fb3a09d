import { t } from '../wording/t.js';
import type { Change, Warning } from './change.js';
import type { ModelReference } from './flag.js';
import type { Instance } from './instances.js';

/** True when somebody runs a model, and not the one that is named; `null` runs none, or names none. */
export function runsAnother(runs: ModelReference | null, named: ModelReference | null): boolean {
  return runs !== null && named !== null && runs.sha256 !== named.sha256;
}

/** "spring 7 (0e80b3eb)": two trainings may bear one name and version, never one hash. */
export function modelText({ name, version, sha256 }: ModelReference): string {
  return `${name} ${version} (${sha256.slice(0, 8)})`;
}

/** "model: none → spring 7 (0e80b3eb)"; `null` where the change leaves the model as it is. */
export function modelChangeText({ before, after }: Pick<Change, 'before' | 'after'>): string | null {
  if (after === null) return null;
  const [from, to] = [before?.model ?? null, after.model];
  if (from?.sha256 === to?.sha256) return null;
  return t`model: ${from === null ? t`none` : modelText(from)} → ${to === null ? t`none` : modelText(to)}`;
}

/** Names the live instances that cannot serve the model that the flag names. */
export function otherModelWarnings(
  named: ModelReference | null,
  instances: readonly Instance[],
): readonly Warning[] {
  return instances.flatMap(({ instance, host, live, model }) => {
    if (!live || named === null || model === null || model.sha256 === named.sha256) return [];
    const fact = t`${instance} on ${host} runs ${modelText(model)}, the flag names ${modelText(named)}`;
    const text = t`${fact}: it answers control until it runs that.`;
    return [{ code: 'MODEL_MISSING', text }];
  });
}
