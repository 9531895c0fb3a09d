import { AtmrError } from '../errors.js';
import { activate } from '../flag/activate.js';
import { rethrowUnlessSilence } from '../flag/commit.js';
import type { Flag, ModelReference } from '../flag/flag.js';
import type { Holders } from '../flag/holders.js';
import { allOf, judged, readReports } from '../flag/instances.js';
import { changeModel, modelBefore } from '../flag/model-change.js';
import type { PreparedChange } from '../flag/outcome.js';
import { LIVE_MS } from '../flag/store-timeouts.js';
import { t } from '../wording/t.js';
import { findDefault, findModel, findReference } from './find-model.js';
import { loadModel } from './load.js';
import { pathOf } from './manifest-of.js';
import { absentWarning, isRun, provenanceOf, simulatedWarnings } from './provenance.js';

/**
 * Changes of the flag that need a model of the folder. Each loads the model, once and before anybody is asked, so
 * that its hash, its width and its known answer hold; BAD_MODEL when one that is to be named does not.
 */

/** `model use`: the flag gets the model of `folder` that `wanted` names. USAGE when that names none. */
export async function prepareUse(folder: string, wanted: string): Promise<PreparedChange> {
  const { reference, warnings } = await verified(await findModel(folder, wanted));
  return { write: (holders, request) => changeModel(holders, reference, request), warnings };
}

/**
 * `model rollback`: the flag gets the model that it carried before the present one. USAGE when it never carried
 * another, UNAVAILABLE when the record does not answer.
 */
export async function prepareRollback(folder: string, { key, record }: Holders): Promise<PreparedChange> {
  const { flag } = await record.read();
  const previous = flag && modelBefore(await record.history(Number.MAX_SAFE_INTEGER), flag);
  if (flag === null || previous === null) throw nothingBefore(key, flag);
  const { reference, warnings } = await verified(await findReference(folder, previous));
  return {
    // What came before is true of this revision only.
    write: (holders, request) =>
      changeModel(holders, reference, { ...request, ifRevision: request.ifRevision ?? flag.revision }),
    warnings,
  };
}

/** `activate`: a flag that names no model yet gets the default one of `folder`, where there is one. */
export async function prepareActivate(
  folder: string,
  percentage: number,
  holders: Holders,
): Promise<PreparedChange & { readonly firstModel: ModelReference | null }> {
  const named = await namedModel(holders);
  if (named !== null) {
    return {
      write: (given, request) => activate(given, percentage, request),
      warnings: [
        ...(await unusableWarnings(folder, named, holders)),
        ...simulatedWarnings(await provenanceOf(folder, named)),
      ],
      firstModel: null,
    };
  }
  const { reference, warnings } = await defaultModel(folder);
  return {
    write: (given, request) => activate(given, percentage, request, reference),
    ...{ warnings, firstModel: reference },
  };
}

/**
 * Warns whoever gives the model traffic that its files are not in `folder`, or are damaged there, unless a live process runs it:
 * a machine that only writes the flag may lack it.
 */
export async function unusableWarnings(
  folder: string,
  named: ModelReference | null,
  holders: Holders,
): Promise<PreparedChange['warnings']> {
  const path = named === null ? null : await pathOf(folder, named);
  const fault = path === null ? null : await faultOf(path);
  if (named === null || (path !== null && fault === null)) return [];
  const instances = judged(allOf(await readReports(holders)), null, LIVE_MS);
  if (isRun(named, instances)) return [];
  if (fault === null) return [absentWarning(folder, named)];
  return [
    {
      code: 'MODEL_DAMAGED',
      text: t`${fault} Until that is mended, control answers wherever the file is like this.`,
    },
  ];
}

/** Why the model file cannot be what its manifest says; `null` where it is, or where nobody could find out. */
async function faultOf(path: string): Promise<string | null> {
  try {
    await verified(path);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof AtmrError)) throw thrown;
    return thrown.code === 'BAD_MODEL' ? thrown.message : null;
  }
}

interface Verified extends Pick<PreparedChange, 'warnings'> {
  readonly reference: ModelReference;
}

async function verified(path: string): Promise<Verified> {
  const model = await loadModel(path);
  await model.close();
  const { name, version, sha256, data } = model.manifest;
  const warnings = simulatedWarnings({ name, version, simulated: data.simulated });
  return { reference: { name, version, sha256 }, warnings };
}

/** A machine without models may activate: what answers is then up to each reader. */
async function defaultModel(
  folder: string,
): Promise<{ reference: ModelReference | null; warnings: PreparedChange['warnings'] }> {
  const path = await findDefault(folder);
  if (path !== null) return await verified(path);
  const fact = t`The flag names no model, and ${folder} holds no default one`;
  const text = t`${fact}: each reader answers with the model that it runs. \`atmr-ml model use\` names one.`;
  return { reference: null, warnings: [{ code: 'NO_MODEL', text }] };
}

/** A record that is away is for the change itself to report. */
async function namedModel({ record }: Holders): Promise<ModelReference | null> {
  try {
    return (await record.read()).flag?.model ?? null;
  } catch (thrown) {
    rethrowUnlessSilence(thrown);
    return null;
  }
}

function nothingBefore(key: string, flag: Flag | null): AtmrError {
  const model = flag?.model ?? null;
  const fact =
    model === null
      ? t`flag ${key} names no model`
      : t`flag ${key} never carried another model than ${model.name} ${model.version}`;
  return new AtmrError('USAGE', t`${fact}. Choose one with \`atmr-ml model use NAME\`.`);
}
