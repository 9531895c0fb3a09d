import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Config, readConfig } from '../config.js';
import { AtmrError } from '../errors.js';
import { FLAG_KEY, keyExpected, type ModelReference } from '../flag/flag.js';

/** Where the flag lives, and who hears of what goes wrong. Each option wins over the environment and the file. */
export interface StoreOptions {
  /** Default: `flag.key` of the file, else `ml-delay-prediction`. */
  readonly flagKey?: string | undefined;
  /** Postgres (default: `DATABASE_URL`); `null` for none. */
  readonly databaseUrl?: string | null | undefined;
  /** Redis (default: `REDIS_URL`); `null` for none. */
  readonly redisUrl?: string | null | undefined;
  /** A folder that this process may write, for what it knew last (default: `ATMR_ML_HOME`, else the user's state folder). */
  readonly home?: string | undefined;
  /** How long the last known flag is gone by while no store answers (default: `flag.staleAfter`, else ten minutes). */
  readonly staleAfterMs?: number | undefined;
  /** Default: `atmr-ml.config.yaml` in the working directory, where there is one. */
  readonly configFile?: string | undefined;
  /** Takes a sentence for a person; nothing is ever printed. It never holds a password, a key or a booking. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/** What `openFlag` takes. */
export interface FlagOptions extends StoreOptions {
  /**
   * The model that this process runs. While the flag names another one, it answers control with `MODEL_MISSING`. Leave it
   * out where whoever runs the model looks at that.
   */
  readonly model?: ModelReference | null | undefined;
}

/** The settings by the options, the environment and the file. BAD_CONFIG names what is none. */
export async function configOf(options: StoreOptions): Promise<Config> {
  const { flagKey, staleAfterMs, configFile } = options;
  if (flagKey !== undefined && !FLAG_KEY.test(flagKey)) {
    throw new AtmrError('BAD_CONFIG', `flagKey is "${flagKey}"; expected ${keyExpected()}.`);
  }
  requireMs('staleAfterMs', staleAfterMs);
  if (configFile !== undefined && !existsSync(configFile)) {
    throw new AtmrError('BAD_CONFIG', `There is no file at ${resolve(configFile)}. Check configFile.`);
  }
  const read = await readConfig(configFile, flagKey);
  const { databaseUrl = read.databaseUrl, redisUrl = read.redisUrl, home = read.home } = options;
  return {
    ...read,
    ...{ databaseUrl, redisUrl, home: resolve(home) },
    staleAfterMs: staleAfterMs ?? read.staleAfterMs,
  };
}

/** BAD_CONFIG for what names no model: all processes read it in the reports of this one. */
export function requireModel(model: ModelReference | null): void {
  if (model === null) return;
  const { name, version, sha256 } = model;
  if (typeof name === 'string' && typeof version === 'string' && /^[0-9a-f]{64}$/.test(sha256)) return;
  const expected = 'expected its name, version and sha256 (64 digits, small letters), as in its manifest';
  throw new AtmrError('BAD_CONFIG', `model is incomplete; ${expected}.`);
}

/** BAD_CONFIG for what is no length of time. */
export function requireMs(name: string, value: number | undefined): void {
  if (value === undefined || (Number.isFinite(value) && value > 0)) return;
  throw new AtmrError('BAD_CONFIG', `${name} is ${value}; expected a number of milliseconds above 0.`);
}

/** The listener of the options, which may be none and may fail: neither is anybody else's trouble. */
export function noticeOf({ onNotice }: StoreOptions): (text: string) => void {
  return (text) => {
    try {
      onNotice?.(text);
    } catch {
      // Whom should it be told?
    }
  };
}
