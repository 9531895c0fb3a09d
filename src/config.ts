import { existsSync, readFileSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { DEFAULT_TIME_ZONE } from './booking/local-time.js';
import { CONFIG_FILE, type ConfigFile, KEY_EXPECTED, readConfigFile } from './config-file.js';
import { parseDurationMs, readVariables, type Variables } from './environment.js';
import { AtmrError } from './errors.js';
import { DEFAULT_FLAG_KEY, FLAG_KEY } from './flag/flag.js';
import type { InitialState } from './flag/initial.js';
import { initialState } from './flag/initial-settings.js';
import { DEFAULT_HEURISTIC, type HeuristicSettings } from './model/heuristic.js';
import { describeSettings, type Setting, VARIABLES } from './settings.js';

/** The effective settings: what the configuration file says, and the defaults for the rest. */
export interface Config {
  readonly timeZone: string;
  readonly heuristic: HeuristicSettings;
  /** The folder of models; `delay_predictor` in it is the default one. */
  readonly modelsFolder: string;
  /** Where `train` puts a model that is not told where: never into the package. */
  readonly newModelsFolder: string;
  readonly flagKey: string;
  /** How long a reader goes on without a store. */
  readonly staleAfterMs: number;
  /** Where the embedded data lives. */
  readonly home: string;
  /** Postgres; `null` when none is configured. */
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  /**
   * The state to write where nobody ever wrote one; `null` when the environment names none. BAD_CONFIG for a value
   * that is none, and only for who asks: a typo here must not keep anybody from forcing the flag off.
   */
  initial(): InitialState | null;
  /** Everything above as text, with where it came from. */
  readonly settings: readonly Setting[];
  /** What was found and left out, for a person. */
  readonly warnings: readonly string[];
}

/**
 * Reads the configuration. `path` is the `--config` flag; without it, the file in the working directory
 * is used when there is one. `flagKey` is the `--flag` flag. See {@link readConfigFile} for what is refused.
 */
export async function readConfig(path: string | undefined, flagKey?: string): Promise<Config> {
  if (flagKey !== undefined && !FLAG_KEY.test(flagKey)) {
    throw new AtmrError('USAGE', `--flag is "${flagKey}"; expected ${KEY_EXPECTED}.`);
  }
  const file = await readConfigFile(path);
  const ownModels = file.models === undefined ? null : resolve(dirname(path ?? CONFIG_FILE), file.models);
  const { variables, warnings } = readVariables(process.env, dotEnv(), VARIABLES);
  const config = {
    timeZone: file.timezone ?? DEFAULT_TIME_ZONE,
    heuristic: heuristicOf(file),
    modelsFolder: ownModels ?? join(packageFolder(), 'models'),
    newModelsFolder: ownModels ?? resolve('models'),
    flagKey: flagKey ?? file.flag?.key ?? DEFAULT_FLAG_KEY,
    staleAfterMs: parseDurationMs(file.flag?.staleAfter ?? DEFAULT_STALE_AFTER) ?? Number.NaN,
    home: homeFolder(variables),
    databaseUrl: variables.DATABASE_URL?.value ?? null,
    redisUrl: variables.REDIS_URL?.value ?? null,
    initial: () => initialState(variables),
  };
  return { ...config, settings: describeSettings(config, file, variables, flagKey !== undefined), warnings };
}

const DEFAULT_STALE_AFTER = '10m';
/** Who is running. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** The CI actor where there is one, else the user of the operating system. */
  readonly user: string;
}

export function thisProcess(): ProcessIdentity {
  const { GITHUB_ACTOR, GITLAB_USER_LOGIN } = process.env;
  return { host: hostname(), pid: process.pid, user: GITHUB_ACTOR || GITLAB_USER_LOGIN || systemUser() };
}

/** Whether a process of this machine is alive. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // Alive, but another user's.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

/** A container may run under a number that has no name. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER || `uid ${process.getuid?.()}`;
  }
}

/** The folder that holds package.json, whether the program runs from its sources or its build. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** `ATMR_ML_HOME`, else the user's state directory. */
function homeFolder({ ATMR_ML_HOME }: Variables): string {
  const stateFolder = process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  return resolve(ATMR_ML_HOME?.value ?? join(stateFolder, 'atmr-ml'));
}

function dotEnv(): Readonly<Record<string, string | undefined>> {
  const path = resolve('.env');
  return existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};
}

function heuristicOf({ heuristic }: ConfigFile): HeuristicSettings {
  return {
    minutesPerKm: heuristic?.minutesPerKm ?? DEFAULT_HEURISTIC.minutesPerKm,
    baseMinutes: heuristic?.baseMinutes ?? DEFAULT_HEURISTIC.baseMinutes,
    defaultMinutes: heuristic?.defaultMinutes ?? DEFAULT_HEURISTIC.defaultMinutes,
  };
}
