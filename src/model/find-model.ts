import { access } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AtmrError } from '../errors.js';
import type { ModelReference } from '../flag/flag.js';
import { modelText } from '../flag/model-reference.js';
import { t } from '../wording/t.js';
import { DEFAULT_MODEL_FILE } from './default-model.js';
import { type ListedModel, listModels } from './list-models.js';

/**
 * The model file of `folder` that a person means: by its path, by its file name with or without `.onnx`, or by
 * the name in its manifest. USAGE when there is none or more than one, BAD_CONFIG for a folder that is none.
 */
export async function findModel(folder: string, wanted: string): Promise<string> {
  const isPath = basename(wanted) !== wanted;
  if (isPath && resolve(dirname(wanted)) !== resolve(folder)) {
    const fact = t`${wanted} is not in the models folder ${folder}, where every reader looks`;
    throw new AtmrError('USAGE', t`${fact}. Copy the .onnx file and its manifest there.`);
  }
  const models = await listModels(folder);
  const file = `${basename(wanted, '.onnx')}.onnx`;
  const byFile = models.filter((model) => model.file === file);
  const found = isPath || byFile.length > 0 ? byFile : models.filter(({ name }) => name === wanted);
  const [only] = found;
  if (only !== undefined && found.length === 1) return join(folder, only.file);
  throw notOne(folder, wanted, found, models);
}

/** The model file of `folder` with the hash of the reference; BAD_MODEL when there is none. */
export async function findReference(folder: string, model: ModelReference): Promise<string> {
  const found = (await listModels(folder)).find(({ sha256 }) => sha256 === model.sha256);
  if (found !== undefined) return join(folder, found.file);
  const fact = t`The flag carried ${modelText(model)} before, but no model in ${folder} has that SHA-256`;
  const remedy = t`Copy its two files there, or choose one of \`atmr-ml model list\` with \`atmr-ml model use\``;
  throw new AtmrError('BAD_MODEL', `${fact}. ${remedy}.`);
}

/** The default model file of `folder`; `null` where there is none. */
export async function findDefault(folder: string): Promise<string | null> {
  const path = join(folder, DEFAULT_MODEL_FILE);
  return await access(path).then(
    () => path,
    () => null,
  );
}

function notOne(
  folder: string,
  wanted: string,
  found: readonly ListedModel[],
  models: readonly ListedModel[],
): AtmrError {
  const files = (some: readonly ListedModel[]) => some.map(({ file }) => file).join(', ');
  if (found.length > 1) {
    return new AtmrError('USAGE', t`${wanted} is the name of ${files(found)}; give one of these files.`);
  }
  const there = models.length === 0 ? t`it is empty` : t`there are ${files(models)}`;
  const remedy = t`Copy its two files there, or set \`models\` in the configuration`;
  return new AtmrError('USAGE', t`There is no model ${wanted} in ${folder}; ${there}. ${remedy}.`);
}
