import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { printable } from '../booking/columns.js';
import { AtmrError, messageOf, reasonOf } from '../errors.js';
import { t } from '../wording/t.js';
import { DEFAULT_INPUTS, inputsOf, type RoiInputs, roiInputsSchema } from './inputs.js';

/** The inputs of `--inputs`; the guide's without one. BAD_INPUT, naming the key, for a file that does not fit. */
export async function readRoiInputs(path: string | undefined): Promise<RoiInputs> {
  if (path === undefined) return DEFAULT_INPUTS;
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AtmrError('BAD_INPUT', t`${path} cannot be read: ${reasonOf(cause)}. Check --inputs.`, {
      cause,
    });
  });
  const result = v.safeParse(roiInputsSchema, await parsed(text, path));
  if (result.success) return inputsOf(result.output);
  throw new AtmrError('BAD_INPUT', t`${path} does not fit: ${result.issues.map(faultOf).join(t`; `)}.`);
}

async function parsed(text: string, path: string): Promise<unknown> {
  const { parse } = await import('yaml');
  try {
    return parse(text) ?? {};
  } catch (cause) {
    const [fault] = messageOf(cause).split('\n');
    throw new AtmrError('BAD_INPUT', t`${path} is not YAML: ${fault ?? ''}`, { cause });
  }
}

const PARTS: Readonly<Record<string, v.GenericSchema>> = roiInputsSchema.entries;

function faultOf(issue: v.InferIssue<typeof roiInputsSchema>): string {
  const path = v.getDotPath(issue) ?? '';
  if (issue.type !== 'strict_object' || issue.expected !== 'never') {
    const given = printable(JSON.stringify(issue.input) ?? t`not there`);
    return path === ''
      ? t`it is ${given}; ${expectation(issue)}`
      : t`${path} is ${given}; ${expectation(issue)}`;
  }
  const [part = '', name] = path.split('.');
  return name === undefined
    ? t`there is no input ${path}; known are ${Object.keys(PARTS).join(', ')}`
    : t`there is no input ${path}; known in ${part} are ${keysOf(PARTS[part]).join(', ')}`;
}

function expectation(issue: v.InferIssue<typeof roiInputsSchema>): string {
  return issue.type === 'strict_object' ? t`expected a list of keys with values` : issue.message;
}

/** Each part is an optional object. */
function keysOf(part: v.GenericSchema | undefined): string[] {
  const wrapped = part !== undefined && 'wrapped' in part ? part.wrapped : null;
  const entries =
    wrapped !== null && typeof wrapped === 'object' && 'entries' in wrapped ? wrapped.entries : {};
  return Object.keys(entries as object);
}
