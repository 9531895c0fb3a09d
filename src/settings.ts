import type { Config } from './config.js';
import type { ConfigFile } from './config-file.js';
import type { Variable, Variables } from './environment.js';
import { t } from './wording/t.js';

/** The variables of the environment that are settings. */
export const VARIABLES = [
  'ML_ENABLED',
  'ML_TRAFFIC_PERCENTAGE',
  'FALLBACK_ON_ERROR',
  'DATABASE_URL',
  'REDIS_URL',
  'ATMR_ML_HOME',
  'BOOKINGS_DATABASE_URL',
  'OPENWEATHER_API_KEY',
  'OPENWEATHER_BASE_URL',
  'ATMR_ML_TOKEN',
  'ATMR_ML_INGEST_TOKEN',
  'ATMR_ML_READ_TOKEN',
  'ML_CONTROL_PLANE_API_ENABLED',
  'SENTRY_DSN',
  'SLACK_WEBHOOK_URL',
  'SMTP_URL',
  'ALERT_EMAIL_TO',
  'HEARTBEAT_URL',
  'ALERT_EMAIL_FROM',
  'ALERT_WEBHOOK_URL',
  'ALERT_WEBHOOK_SECRET',
] as const;

/** Whoever knows the value can act with it: none of it is shown. The rest are masked where an address holds a login. */
const SECRETS: ReadonlySet<string> = new Set([
  'OPENWEATHER_API_KEY',
  'ATMR_ML_TOKEN',
  'ATMR_ML_INGEST_TOKEN',
  'ATMR_ML_READ_TOKEN',
  'SENTRY_DSN',
  'SLACK_WEBHOOK_URL',
  'HEARTBEAT_URL',
  'ALERT_WEBHOOK_URL',
  'ALERT_WEBHOOK_SECRET',
]);

/** One effective value, as `atmr-ml config` shows it. */
export interface Setting {
  readonly name: string;
  /** `null` when it is not set. Secrets are masked. */
  readonly value: string | null;
  readonly source: 'flag' | Variable['source'] | 'file' | 'default';
}

/** Every setting with its source. `keyIsFlag`: the flag's key came from `--flag`. */
export function describeSettings(
  config: Omit<Config, 'settings' | 'warnings'>,
  file: ConfigFile,
  variables: Variables,
  keyIsFlag: boolean,
): Setting[] {
  const inFile = (name: string, value: string, set: unknown): Setting => {
    return { name, value, source: set === undefined ? 'default' : 'file' };
  };
  const inEnvironment = VARIABLES.map((name): Setting => {
    const variable = variables[name];
    const fallback = name === 'ATMR_ML_HOME' ? config.home : null;
    const value = variable === undefined ? fallback : masked(name, variable.value);
    return { name, value, source: variable?.source ?? 'default' };
  });
  return [
    ...inEnvironment,
    inFile('timezone', config.timeZone, file.timezone),
    inFile('models', config.modelsFolder, file.models),
    { ...inFile('flag.key', config.flagKey, file.flag?.key), ...(keyIsFlag && { source: 'flag' }) },
    inFile('flag.staleAfter', `${config.staleAfterMs / 1000}s`, file.flag?.staleAfter),
    ...(['minutesPerKm', 'baseMinutes', 'defaultMinutes'] as const).map((name) =>
      inFile(`heuristic.${name}`, String(config.heuristic[name]), file.heuristic?.[name]),
    ),
    inFile('serve.host', config.serve.host, file.serve?.host),
    inFile('serve.apiPort', String(config.serve.apiPort), file.serve?.apiPort),
    inFile('serve.dashboardPort', String(config.serve.dashboardPort), file.serve?.dashboardPort),
    inFile('serve.allowedHosts', config.serve.allowedHosts.join(', '), file.serve?.allowedHosts),
    inFile('serve.url', config.serve.url ?? '', file.serve?.url),
    inFile('serve.deadline', `${config.serve.deadlineMs} ms`, file.serve?.deadline),
    inFile('serve.shadow', String(config.serve.shadow), file.serve?.shadow),
    inFile('serve.keepDays', String(config.serve.keepDays), file.serve?.keepDays),
    inFile(
      'bookings.query',
      config.bookingsQuery === null ? t`the production tables` : t`own`,
      file.bookings?.query,
    ),
    inFile('rollout', planText(config.rollout), file.rollout),
    inFile('guard.interval', `${config.guard.intervalMs / 1000}s`, file.guard?.interval),
    inFile('guard.coolDown', `${config.guard.coolDownMs / 60_000}m`, file.guard?.coolDown),
    inFile('guard.dryRun', config.guard.dryRun.join(', '), file.guard?.dryRun),
    inFile('alerts.language', config.alerts.language, file.alerts?.language),
    inFile('alerts.quietHours', quietText(config.alerts), file.alerts?.quietHours),
    inFile('alerts.digestHour', String(config.alerts.digestHour ?? 'none'), file.alerts?.digestHour),
    inFile('alerts.routes', Object.keys(config.alerts.routes).join(', '), file.alerts?.routes),
    inFile('contacts', config.alerts.contacts.map(({ name }) => name).join(', '), file.contacts),
    inFile('escalation', t`${config.alerts.escalation.length} levels`, file.escalation),
    inFile('weather.places', Object.keys(config.weatherPlaces).join(', '), file.weather?.places),
  ];
}

function quietText({ quiet }: Config['alerts']): string {
  return quiet === null ? 'none' : `${quiet.fromHour}-${quiet.untilHour}`;
}

/** "10 → 25 → 50 → 100 %". */
function planText({ steps }: Config['rollout']): string {
  return `${steps.map(({ percentage }) => percentage).join(' → ')} %`;
}

function masked(name: string, value: string): string {
  return SECRETS.has(name) ? '***' : maskSecret(value);
}

/**
 * A value without the passwords that may be in it: a login ends at the last `@` of an address, since neither `@`
 * nor `/` in a password is always escaped. What looks like an address and cannot be read is masked as a whole.
 */
export function maskSecret(value: string): string {
  const masked = value
    .replace(/^([\w+.-]+:\/\/)([^:/@?]*):.*@/, '$1$2:***@')
    .replace(/([?&][^=&]*password=)[^&]*/gi, '$1***');
  return isReadable(masked) ? masked : '***';
}

/** Several hosts make no URL; each alone does. */
function isReadable(masked: string): boolean {
  const [, scheme, hosts, rest = ''] = /^([\w+.-]+:\/\/)([^/?]*)(.*)$/.exec(masked) ?? [];
  if (scheme === undefined || hosts === undefined) return !masked.includes('@') && !masked.includes('://');
  return hosts.split(',').every((host) => URL.canParse(scheme + host + rest));
}
