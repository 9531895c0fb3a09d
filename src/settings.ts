import type { Config } from './config.js';
import type { ConfigFile } from './config-file.js';
import type { Variable, Variables } from './environment.js';

/** The variables of the environment that are settings. */
export const VARIABLES = [
  'ML_ENABLED',
  'ML_TRAFFIC_PERCENTAGE',
  'FALLBACK_ON_ERROR',
  'DATABASE_URL',
  'REDIS_URL',
  'ATMR_ML_HOME',
] as const;

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
    const value = variable === undefined ? fallback : maskSecret(variable.value);
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
  ];
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
