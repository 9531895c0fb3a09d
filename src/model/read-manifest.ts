import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { AtmrError, reasonOf } from '../errors.js';
import { t } from '../wording/t.js';
import { type Manifest, manifestSchema } from './manifest.js';

/** Where the manifest of a model file stands. */
export function manifestPathOf(modelPath: string): string {
  return modelPath.replace(/(\.onnx)?$/, '.json');
}

/** Reads a manifest file; BAD_MODEL naming the first things that do not fit. */
export async function readManifest(path: string): Promise<Manifest> {
  return parseManifest(new TextDecoder().decode(await readModelFile(path)), path);
}

/** The bytes of a model file or its manifest; BAD_MODEL when there are none. */
export async function readModelFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const remedy = t`A model is two files, <name>.onnx and <name>.json; \`atmr-ml train\` writes both.`;
    throw new AtmrError('BAD_MODEL', t`${path} cannot be read: ${reasonOf(cause)}. ${remedy}`, { cause });
  }
}

const manifestExpected = () =>
  t`Expected what \`atmr-ml train\` or \`atmr-ml model describe\` writes beside a model`;
const MOST_FAULTS = 3;
/** What is meant to be a manifest, whatever is wrong with it. */
const anyManifest = v.object({ schema: v.number(), sha256: v.string() });

function parseManifest(text: string, path: string): Manifest {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new AtmrError('BAD_MODEL', t`${path} is not JSON. ${manifestExpected()}.`, { cause });
  }
  const result = v.safeParse(manifestSchema, document);
  if (result.success) return result.output;
  if (!v.is(anyManifest, document)) {
    throw new AtmrError('BAD_MODEL', t`${path} is not a manifest of schema 1. ${manifestExpected()}.`);
  }
  const faults = result.issues.map((issue) => `${v.getDotPath(issue) ?? t`(top)`}: ${issue.message}`);
  const more = faults.length > MOST_FAULTS ? t`; and ${faults.length - MOST_FAULTS} more` : '';
  const shown = faults.slice(0, MOST_FAULTS).join(t`; `);
  throw new AtmrError('BAD_MODEL', t`${path} is not a manifest of schema 1: ${shown}${more}.`);
}
