import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { alertSchema, contactsSchema, escalationSchema } from './alerts/alert-schema.js';
import { printable } from './booking/columns.js';
import { isTimeZone } from './booking/local-time.js';
import { CONFIG_FILE } from './config-place.js';
import { parseDurationMs } from './environment.js';
import { AtmrError, messageOf, reasonOf } from './errors.js';
import { FLAG_KEY, keyExpected } from './flag/flag.js';
import { guardSchema } from './guard/guard-schema.js';
import { nearestName } from './nearest-name.js';
import { rolloutSchema } from './rollout/plan-schema.js';
import { t } from './wording/t.js';

/** More than any ride takes for a kilometre, or is late. */
const MOST_MINUTES = 1000;
const text = v.string(() => t`expected a text`);
const minutesExpected = () => t`expected a number from 0 to ${MOST_MINUTES}`;
const minutes = v.pipe(
  v.number(minutesExpected),
  v.minValue(0, minutesExpected),
  v.maxValue(MOST_MINUTES, minutesExpected),
);
const portExpected = () => t`expected a port from 0 to 65535; 0 takes any free one`;
const port = v.pipe(
  v.number(portExpected),
  v.integer(portExpected),
  v.minValue(0, portExpected),
  v.maxValue(65_535, portExpected),
);
const daysExpected = () => t`expected a whole number of days from 7 to 36500`;
const days = v.pipe(
  v.number(daysExpected),
  v.integer(daysExpected),
  v.minValue(7, daysExpected),
  v.maxValue(36_500, daysExpected),
);
const duration = v.pipe(
  text,
  v.check(
    (value) => parseDurationMs(value) !== null,
    () => t`expected a time such as 10m or 90s`,
  ),
);
const degrees = (most: number) => {
  const expected = () => t`expected degrees from −${most} to ${most}`;
  return v.pipe(v.number(expected), v.minValue(-most, expected), v.maxValue(most, expected));
};
const yesOrNo = v.boolean(() => t`expected true or false`);
const fileSchema = v.strictObject({
  timezone: v.optional(
    v.pipe(
      text,
      v.check(isTimeZone, () => t`expected an IANA time zone such as Europe/Zurich`),
    ),
  ),
  heuristic: v.optional(
    v.strictObject({
      minutesPerKm: v.optional(minutes),
      baseMinutes: v.optional(minutes),
      defaultMinutes: v.optional(minutes),
    }),
  ),
  models: v.optional(text),
  flag: v.optional(
    v.strictObject({
      key: v.optional(
        v.pipe(
          text,
          v.regex(FLAG_KEY, () => t`expected ${keyExpected()}`),
        ),
      ),
      staleAfter: v.optional(duration),
    }),
  ),
  serve: v.optional(
    v.strictObject({
      host: v.optional(text),
      apiPort: v.optional(port),
      dashboardPort: v.optional(port),
      /** Names under which browsers may ask, beside those of this machine. */
      allowedHosts: v.optional(v.array(text, () => t`expected a list of host names`)),
      /** Where other machines reach this one. */
      url: v.optional(
        v.pipe(
          text,
          v.url(() => t`expected an address such as http://10.0.0.5:5000`),
        ),
      ),
      deadline: v.optional(duration),
      shadow: v.optional(yesOrNo),
      /** How long answers and outcomes are kept. */
      keepDays: v.optional(days),
    }),
  ),
  bookings: v.optional(v.strictObject({ query: v.optional(text) })),
  rollout: v.optional(rolloutSchema),
  guard: v.optional(guardSchema),
  alerts: v.optional(alertSchema),
  /** Whom an alert names. */
  contacts: v.optional(contactsSchema),
  /** Who hears of what nobody has acknowledged. */
  escalation: v.optional(escalationSchema),
  weather: v.optional(
    v.strictObject({
      /** Names that `weather-check --place` knows. */
      places: v.optional(
        v.record(
          text,
          v.strictObject({ lat: degrees(90), lon: degrees(180) }),
          () => t`expected names of places`,
        ),
      ),
    }),
  ),
});
export type ConfigFile = v.InferOutput<typeof fileSchema>;

/** The keys of each level, by its dotted path. */
const KNOWN_KEYS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(fileSchema.entries),
  heuristic: Object.keys(fileSchema.entries.heuristic.wrapped.entries),
  flag: Object.keys(fileSchema.entries.flag.wrapped.entries),
  serve: Object.keys(fileSchema.entries.serve.wrapped.entries),
  bookings: Object.keys(fileSchema.entries.bookings.wrapped.entries),
  weather: Object.keys(fileSchema.entries.weather.wrapped.entries),
  'weather.places.*': ['lat', 'lon'],
  rollout: Object.keys(rolloutSchema.entries),
  'rollout.steps.*': Object.keys(rolloutSchema.entries.steps.wrapped.pipe[0].item.entries),
  'rollout.recovery': Object.keys(rolloutSchema.entries.recovery.wrapped.entries),
  'rollout.window': Object.keys(rolloutSchema.entries.window.wrapped.entries),
  guard: Object.keys(guardSchema.entries),
  alerts: Object.keys(alertSchema.entries),
  'contacts.*': Object.keys(contactsSchema.item.entries),
  'escalation.*': Object.keys(escalationSchema.item.entries),
};

/**
 * The configuration file of `--config`; without it the one in the working directory, or nothing. BAD_CONFIG for one
 * that cannot be read, or does not fit, naming what.
 */
export async function readConfigFile(path: string | undefined): Promise<ConfigFile> {
  const file = resolve(path ?? CONFIG_FILE);
  const result = v.safeParse(fileSchema, await documentOf(file, path !== undefined));
  if (result.success) return result.output;
  throw new AtmrError('BAD_CONFIG', misfit(file, result.issues));
}

/**
 * The same without the sections that do not fit, and why: a typing error must keep nobody from switching off. BAD_CONFIG where
 * it is not known which flag is meant: by the file, or as `flagIsGiven`.
 */
export async function readFittingParts(
  path: string | undefined,
  flagIsGiven: boolean,
): Promise<{ readonly file: ConfigFile; readonly warnings: readonly string[] }> {
  const file = resolve(path ?? CONFIG_FILE);
  try {
    const document = await documentOf(file, path !== undefined);
    const { issues } = v.safeParse(fileSchema, document);
    if (issues === undefined) return { file: v.parse(fileSchema, document), warnings: [] };
    const unfit = new Set(issues.map((issue) => issue.path?.[0].key));
    const isFlagKnown =
      flagIsGiven || !(unfit.has('flag') || unfit.has(undefined) || Array.isArray(document));
    if (!isFlagKnown) throw new AtmrError('BAD_CONFIG', misfit(file, issues));
    const parts = Object.entries(document ?? {}).filter(([section]) => !unfit.has(section));
    const warning = t`${misfit(file, issues)} Without it the defaults hold.`;
    return { file: v.parse(fileSchema, Object.fromEntries(parts)), warnings: [warning] };
  } catch (thrown) {
    if (!(thrown instanceof AtmrError)) throw thrown;
    if (!flagIsGiven) throw new AtmrError('BAD_CONFIG', t`${thrown.message} Or give the flag by --flag.`);
    return { file: {}, warnings: [t`${thrown.message} Without it the defaults hold.`] };
  }
}

/** What the file says; `{}` where there is none that anybody asked for. */
async function documentOf(file: string, isAsked: boolean): Promise<unknown> {
  const text = fileText(file, isAsked);
  if (text === null) return {};
  const { parse } = await import('yaml');
  try {
    return parse(text) ?? {};
  } catch (cause) {
    const [fault = ''] = messageOf(cause).split('\n');
    throw new AtmrError('BAD_CONFIG', t`${file} is not YAML: ${fault.replace(/:$/, '')}.`, { cause });
  }
}

function misfit(file: string, issues: readonly v.InferIssue<typeof fileSchema>[]): string {
  return t`${file} does not fit: ${issues.map(faultOf).join('; ')}.`;
}

const REASONS: Readonly<Record<string, () => string>> = {
  EISDIR: () => t`it is a folder; expected a YAML file`,
  EACCES: () => t`it may not be read; check its permissions`,
};

/** `null` for a file that nobody asked for and is not there. */
function fileText(file: string, isAsked: boolean): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (code === 'ENOENT' && !isAsked) return null;
    if (code === 'ENOENT') {
      throw new AtmrError('BAD_CONFIG', t`There is no configuration file at ${file}. Check --config.`);
    }
    const reason = REASONS[code]?.() ?? reasonOf(cause);
    throw new AtmrError('BAD_CONFIG', t`The configuration file ${file} cannot be read: ${reason}.`);
  }
}

function faultOf(issue: v.InferIssue<typeof fileSchema>): string {
  const path = v.getDotPath(issue) ?? '';
  if (issue.type !== 'strict_object')
    return t`${path} is ${printable(String(issue.input))}; ${issue.message}`;
  if (issue.expected?.startsWith('"')) return t`${path} is missing`;
  if (issue.expected !== 'never') {
    return path === ''
      ? t`it is not a list of keys with values`
      : t`${path} is not a list of keys with values`;
  }
  const parent = path.split('.').slice(0, -1).join('.');
  const known = KNOWN_KEYS[parent] ?? KNOWN_KEYS[parent.replace(/[^.]+$/, '*')] ?? [];
  const near = nearestName(path.split('.').at(-1) ?? '', known);
  const hint = near === null ? '' : t` (did you mean ${near}?)`;
  const names = known.join(', ');
  return parent === ''
    ? t`there is no setting ${path}${hint}; known are ${names}`
    : t`there is no setting ${path}${hint}; known in ${parent} are ${names}`;
}
