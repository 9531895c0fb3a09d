import { existsSync } from 'node:fs';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { AtmrError } from './errors.js';
import { sqlitePath } from './flag/stores.js';
import { chooseModel } from './model/choose-model.js';
import { pathOf } from './model/manifest-of.js';
import { openRuntime } from './runtime.js';

/**
 * The file of the model that answers: the one that the flag names, where this machine has it; else the default one. A store that
 * is away keeps nobody from looking back. BAD_MODEL for a folder without a default model.
 */
export async function answeringModel(config: Config, clock: Clock): Promise<string> {
  return (await namedPath(config, clock)) ?? (await chooseModel(undefined, config));
}

async function namedPath(config: Config, clock: Clock): Promise<string | null> {
  const { databaseUrl, redisUrl, home } = config;
  // Looking back makes no store.
  if (databaseUrl === null && redisUrl === null && !existsSync(sqlitePath(home))) return null;
  const runtime = await openRuntime(config, clock);
  try {
    const { flag } = await runtime.holders.record.read();
    const named = flag?.model ?? null;
    return named === null ? null : await pathOf(config.modelsFolder, named);
  } catch (thrown) {
    if (thrown instanceof AtmrError) return null;
    throw thrown;
  } finally {
    await runtime.close();
  }
}
