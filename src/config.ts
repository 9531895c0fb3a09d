import { existsSync, readFileSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { type AlertConfig, alertConfigOf } from './alerts/alert-config.js';
import type { Coordinates } from './booking/booking.js';
import { DEFAULT_TIME_ZONE } from './booking/local-time.js';
import type { ConfigFile } from './config-file.js';
import { CONFIG_FILE, hasConfigFile } from './config-place.js';
import { parseDurationMs, readVariables, type Variables } from './environment.js';
import { AtmrError } from './errors.js';
import { DEFAULT_FLAG_KEY, FLAG_KEY, keyExpected } from './flag/flag.js';
import type { InitialState } from './flag/initial.js';
import { initialState } from './flag/initial-settings.js';
import { type GuardConfig, guardConfigOf } from './guard/guard-settings.js';
import { DEFAULT_HEURISTIC, type HeuristicSettings } from './model/heuristic.js';
import type { RolloutPlan } from './rollout/plan.js';
import { planOf } from './rollout/plan-of.js';
import { describeSettings, type Setting, VARIABLES } from './settings.js';
import { t } from './wording/t.js';

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
  /** Where bookings are read from: a replica, or the same database. */
  readonly bookingsDatabaseUrl: string | null;
  /** The user's own SELECT that returns the fields of a booking; `null` for the production tables. */
  readonly bookingsQuery: string | null;
  readonly serve: ServeSettings;
  readonly tokens: Tokens;
  readonly openWeather: OpenWeatherSettings;
  /** Places to ask about by name, beside those that are built in. */
  readonly weatherPlaces: Readonly<Record<string, Coordinates>>;
  /** Whether the routes under `/feature-flags` and `/ml-monitoring` answer (`ML_CONTROL_PLANE_API_ENABLED`). */
  readonly controlPlaneEnabled: boolean;
  readonly alertChannels: AlertChannels;
  readonly rollout: RolloutPlan;
  readonly guard: GuardConfig;
  readonly alerts: AlertConfig;
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

export interface ServeSettings {
  readonly host: string;
  readonly apiPort: number;
  readonly dashboardPort: number;
  readonly allowedHosts: readonly string[];
  /** Where other machines reach this one; `null` when nobody said. */
  readonly url: string | null;
  /** The longest an answer waits for the model. */
  readonly deadlineMs: number;
  /** Whether the model is asked, and recorded, also for bookings that it does not answer. */
  readonly shadow: boolean;
  /** How many days answers and outcomes are kept; their sums stay. */
  readonly keepDays: number;
}

/** What a caller must show; `null` when nobody set it. */
export interface Tokens {
  readonly write: string | null;
  readonly ingest: string | null;
  readonly read: string | null;
}

export interface OpenWeatherSettings {
  readonly apiKey: string | null;
  readonly baseUrl: string;
}

/** Where alerts go; `null` for a channel that is not configured. */
export interface AlertChannels {
  readonly smtpUrl: string | null;
  readonly emailTo: string | null;
  readonly slackWebhookUrl: string | null;
  readonly sentryDsn: string | null;
  readonly heartbeatUrl: string | null;
  /** Who an e-mail is from; `null` for the user of SMTP_URL. */
  readonly emailFrom: string | null;
  readonly webhookUrl: string | null;
  /** Signs what goes to the webhook. */
  readonly webhookSecret: string | null;
}

/**
 * Reads the configuration. `path` is the `--config` flag; without it, the file in the working directory
 * is used when there is one. `flagKey` is the `--flag` flag. See `config-file.ts` for what is refused, and for what is
 * not where it is `urgent`.
 */
export async function readConfig(
  path: string | undefined,
  flagKey?: string,
  { urgent }: { readonly urgent: boolean } = { urgent: false },
): Promise<Config> {
  if (flagKey !== undefined && !FLAG_KEY.test(flagKey)) {
    throw new AtmrError('USAGE', t`--flag is "${flagKey}"; expected ${keyExpected()}.`);
  }
  // What a file may hold is loaded where there is one.
  if (!hasConfigFile(path)) return effectiveConfig({}, path, flagKey);
  const { readConfigFile, readFittingParts } = await import('./config-file.js');
  if (!urgent) return effectiveConfig(await readConfigFile(path), path, flagKey);
  const { file, warnings } = await readFittingParts(path, flagKey !== undefined);
  const config = effectiveConfig(file, path, flagKey);
  return { ...config, warnings: [...warnings, ...config.warnings] };
}

/** What the environment alone says, for telling what is wrong where the file cannot be read. */
export function configWithoutFile(flagKey?: string): Config {
  return effectiveConfig({}, undefined, flagKey);
}

function effectiveConfig(file: ConfigFile, path: string | undefined, flagKey: string | undefined): Config {
  const ownModels = file.models === undefined ? null : resolve(dirname(path ?? CONFIG_FILE), file.models);
  const { variables, warnings } = readVariables(process.env, dotEnv(), VARIABLES);
  const controlPlane = controlPlaneOf(variables);
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
    bookingsDatabaseUrl: variables.BOOKINGS_DATABASE_URL?.value ?? variables.DATABASE_URL?.value ?? null,
    bookingsQuery: file.bookings?.query ?? null,
    serve: serveSettings(file),
    tokens: {
      write: variables.ATMR_ML_TOKEN?.value ?? null,
      ingest: variables.ATMR_ML_INGEST_TOKEN?.value ?? null,
      read: variables.ATMR_ML_READ_TOKEN?.value ?? null,
    },
    openWeather: {
      apiKey: variables.OPENWEATHER_API_KEY?.value ?? null,
      baseUrl: variables.OPENWEATHER_BASE_URL?.value ?? 'https://api.openweathermap.org',
    },
    weatherPlaces: file.weather?.places ?? {},
    controlPlaneEnabled: controlPlane.enabled,
    alertChannels: {
      smtpUrl: variables.SMTP_URL?.value ?? null,
      emailTo: variables.ALERT_EMAIL_TO?.value ?? null,
      slackWebhookUrl: variables.SLACK_WEBHOOK_URL?.value ?? null,
      sentryDsn: variables.SENTRY_DSN?.value ?? null,
      heartbeatUrl: variables.HEARTBEAT_URL?.value ?? null,
      emailFrom: variables.ALERT_EMAIL_FROM?.value ?? null,
      webhookUrl: variables.ALERT_WEBHOOK_URL?.value ?? null,
      webhookSecret: variables.ALERT_WEBHOOK_SECRET?.value ?? null,
    },
    rollout: planOf(file.rollout),
    guard: guardConfigOf(file.guard),
    alerts: alertConfigOf(file.alerts, file.contacts, file.escalation),
    initial: () => initialState(variables),
  };
  return {
    ...config,
    // Few ask.
    get settings() {
      return describeSettings(config, file, variables, flagKey !== undefined);
    },
    warnings: [...warnings, ...controlPlane.warnings],
  };
}

const DEFAULT_STALE_AFTER = '10m';
/** Who is running. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** The CI actor where there is one, else the user of the operating system. */
  readonly user: string;
}

export function nodeVersion(): string {
  return process.versions.node;
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

/**
 * The package's own folder, which holds the shipped models, whether the program runs from its sources or its build; that of
 * this file where somebody bundled it into a program of theirs.
 */
export function packageFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let folder = here; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'models'))) return folder;
  }
  return here;
}

/** The version of this program. */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string })
    .version;
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

/** Absent means on; anything but a clear yes means off, and says so. */
function controlPlaneOf({ ML_CONTROL_PLANE_API_ENABLED: variable }: Variables) {
  if (variable === undefined || /^(true|1|yes)$/i.test(variable.value))
    return { enabled: true, warnings: [] };
  const fact = t`ML_CONTROL_PLANE_API_ENABLED is "${variable.value}": the control plane API answers 503`;
  return { enabled: false, warnings: [t`${fact}. Set it to true, or remove it, to switch the API on.`] };
}

/** A year and a month: the same season of two years can be compared. */
const DEFAULT_KEEP_DAYS = 400;

function serveSettings({ serve }: ConfigFile): ServeSettings {
  return {
    host: serve?.host ?? '127.0.0.1',
    apiPort: serve?.apiPort ?? 5000,
    dashboardPort: serve?.dashboardPort ?? 3000,
    allowedHosts: serve?.allowedHosts ?? [],
    url: serve?.url ?? null,
    deadlineMs: parseDurationMs(serve?.deadline ?? '1s') ?? Number.NaN,
    shadow: serve?.shadow ?? true,
    keepDays: serve?.keepDays ?? DEFAULT_KEEP_DAYS,
  };
}

function heuristicOf({ heuristic }: ConfigFile): HeuristicSettings {
  return {
    minutesPerKm: heuristic?.minutesPerKm ?? DEFAULT_HEURISTIC.minutesPerKm,
    baseMinutes: heuristic?.baseMinutes ?? DEFAULT_HEURISTIC.baseMinutes,
    defaultMinutes: heuristic?.defaultMinutes ?? DEFAULT_HEURISTIC.defaultMinutes,
  };
}
