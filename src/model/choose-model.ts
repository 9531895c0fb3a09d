import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.js';
import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import { DEFAULT_MODEL_FILE } from './default-model.js';

/**
 * The model file of `--model`, or of another `flag`; without one, the default of the models folder. USAGE for a `--model` that does not
 * end in `.onnx`, BAD_MODEL for a folder without the default model.
 */
export async function chooseModel(
  asked: string | undefined,
  { modelsFolder }: Config,
  flag = '--model',
): Promise<string> {
  if (asked !== undefined && !asked.endsWith('.onnx')) {
    throw new AtmrError('USAGE', t`${flag} is "${asked}"; expected a file that ends in .onnx.`);
  }
  if (asked !== undefined) return asked;
  const path = join(modelsFolder, DEFAULT_MODEL_FILE);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return path;
  const fact = t`The models folder ${modelsFolder} has no ${DEFAULT_MODEL_FILE}`;
  const remedy = t`Train it (\`atmr-ml train --source FILE --out ${path}\`), name another with --model`;
  throw new AtmrError('BAD_MODEL', t`${fact}. ${remedy}, or leave \`models\` out of the configuration.`);
}
