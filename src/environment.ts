import { AtmrError } from './errors.js';
import { t } from './wording/t.js';

/** One variable that is set, and where. */
export interface Variable {
  readonly value: string;
  readonly source: 'environment' | '.env';
}

export type Variables = Readonly<Record<string, Variable>>;

export interface Environment {
  readonly variables: Variables;
  /** Values left out, each with its reason, for a person. */
  readonly warnings: readonly string[];
}

/** The texts that a copied template leaves: they mean "not set". */
const PLACEHOLDERS = [/^your[_-].*$/i, /^change[_-]?me$/i, /^<.*>$/, /\/\/user:pass(word)?@host[:/]/i];

/**
 * What is set: the process's variables over those of `.env`. Empty values and placeholders count as unset, the
 * latter with a warning, if their name is in `known`.
 */
export function readVariables(
  processVariables: Readonly<Record<string, string | undefined>>,
  dotEnv: Readonly<Record<string, string | undefined>>,
  known: readonly string[],
): Environment {
  const variables: Record<string, Variable> = {};
  const warnings: string[] = [];
  for (const name of known) {
    const variable = lookUp(name, processVariables, dotEnv);
    if (variable === null) continue;
    if (PLACEHOLDERS.some((placeholder) => placeholder.test(variable.value))) {
      warnings.push(
        variable.source === '.env'
          ? t`${name} in the .env is a placeholder; it counts as not set.`
          : t`${name} in the environment is a placeholder; it counts as not set.`,
      );
    } else variables[name] = variable;
  }
  return { variables, warnings };
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['false', false],
  ['0', false],
  ['no', false],
]);

/** true/false/1/0/yes/no, in any case. Anything else is BAD_CONFIG: a guess could switch the model on. */
export function parseBoolean(name: string, text: string): boolean {
  const value = BOOLEANS.get(text.toLowerCase());
  if (value !== undefined) return value;
  throw new AtmrError('BAD_CONFIG', t`${name} is "${text}"; expected true, false, 1, 0, yes or no.`);
}

/** A length of time such as `90s`, `10m`, `1h` or `7d`, in milliseconds; `null` when it is none. */
export function parseDurationMs(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/.exec(text);
  const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  const [, amount, unit] = match ?? [];
  const ms = amount === undefined || unit === undefined ? Number.NaN : Number(amount) * (unitMs[unit] ?? 0);
  // Hundreds of digits are no time either.
  return Number.isFinite(ms) ? ms : null;
}

function lookUp(
  name: string,
  processVariables: Readonly<Record<string, string | undefined>>,
  dotEnv: Readonly<Record<string, string | undefined>>,
): Variable | null {
  const inProcess = processVariables[name]?.trim();
  if (inProcess) return { value: inProcess, source: 'environment' };
  const inFile = dotEnv[name]?.trim();
  return inFile ? { value: inFile, source: '.env' } : null;
}
