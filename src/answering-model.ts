import { existsSync } from 'node:fs';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { AtmrError, messageOf } from './errors.js';
import type { ModelReference } from './flag/flag.js';
import { modelText } from './flag/model-reference.js';
import { sqlitePath } from './flag/stores.js';
import { chooseModel } from './model/choose-model.js';
import { pathOf } from './model/manifest-of.js';
import { openRuntime } from './runtime.js';
import { t } from './wording/t.js';

/**
 * The model file to look back with: the one that is `asked` for; else that of the model which the flag names; else the default
 * one. `onNotice` hears why the model of the flag is not taken. USAGE and BAD_MODEL as {@link chooseModel}.
 */
export async function answeringModel(
  asked: string | undefined,
  config: Config,
  clock: Clock,
  onNotice: (text: string) => void,
): Promise<string> {
  const path = asked === undefined ? await namedPath(config, clock, onNotice) : null;
  return path ?? (await chooseModel(asked, config));
}

async function namedPath(
  config: Config,
  clock: Clock,
  onNotice: (text: string) => void,
): Promise<string | null> {
  const { modelsFolder } = config;
  try {
    const named = await namedModel(config, clock);
    const path = named === null ? null : await pathOf(modelsFolder, named);
    if (named !== null && path === null) {
      const fact = t`the flag names ${modelText(named)}, which is not in ${modelsFolder}`;
      onNotice(t`notice: ${fact}; the default model is taken.`);
    }
    return path;
  } catch (thrown) {
    // A store that is away keeps nobody from looking back.
    if (!(thrown instanceof AtmrError)) throw thrown;
    onNotice(t`notice: ${messageOf(thrown).replace(/\.$/, '')}; the default model is taken.`);
    return null;
  }
}

async function namedModel(config: Config, clock: Clock): Promise<ModelReference | null> {
  const { databaseUrl, redisUrl, home } = config;
  // Looking back makes no store.
  if (databaseUrl === null && redisUrl === null && !existsSync(sqlitePath(home))) return null;
  const { holders, close } = await openRuntime(config, clock);
  try {
    return (await holders.record.read()).flag?.model ?? null;
  } finally {
    await close();
  }
}
