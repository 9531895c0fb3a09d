import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { AtmrError, reasonOf } from '../errors.js';
import { type Manifest, manifestSchema } from './manifest.js';
import type { Model, Runner } from './model.js';
import { type OnnxGraph, readOnnx } from './onnx-file.js';
import { type RuntimeName, startRuntime } from './runtime.js';
import { scaler } from './scaling.js';

/** How far the known answer may be off, relative to the larger of it and one minute. */
const KNOWN_ANSWER_TOLERANCE = 1e-5;

/**
 * Loads `<name>.onnx` with the manifest `<name>.json` beside it, to run in `runtime` or, without a wish, in the one
 * that suits the file. Refuses with BAD_MODEL, naming both values, a file that is missing, a manifest that does not
 * fit, another hash, width or output name, or a wrong known answer.
 */
export async function loadModel(path: string, runtime: RuntimeName | null = null): Promise<Model> {
  const manifestPath = manifestPathOf(path);
  const [bytes, manifest] = [await readModelFile(path), await readManifest(manifestPath)];
  checkHash(bytes, manifest, path);
  const graph = readOnnx(bytes, path);
  checkGraph(graph, manifest, path);
  const { features, output } = manifest;
  const file = { label: path, bytes, graph, width: features.length, outputName: output.name };
  const runner = withScaling(await startRuntime(file, runtime), manifest, path);
  try {
    await checkKnownAnswer(runner, manifest, path);
  } catch (refusal) {
    await runner.close();
    throw refusal;
  }
  return { manifest, ...runner };
}

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
    const remedy = 'A model is two files, <name>.onnx and <name>.json; `atmr-ml train` writes both.';
    throw new AtmrError('BAD_MODEL', `${path} cannot be read: ${reasonOf(cause)}. ${remedy}`, { cause });
  }
}

const MANIFEST_EXPECTED = 'Expected what `atmr-ml train` or `atmr-ml model describe` writes beside a model';
const MOST_FAULTS = 3;
/** What is meant to be a manifest, whatever is wrong with it. */
const anyManifest = v.object({ schema: v.number(), sha256: v.string() });

function parseManifest(text: string, path: string): Manifest {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new AtmrError('BAD_MODEL', `${path} is not JSON. ${MANIFEST_EXPECTED}.`, { cause });
  }
  const result = v.safeParse(manifestSchema, document);
  if (result.success) return result.output;
  if (!v.is(anyManifest, document)) {
    throw new AtmrError('BAD_MODEL', `${path} is not a manifest of schema 1. ${MANIFEST_EXPECTED}.`);
  }
  const faults = result.issues.map((issue) => `${v.getDotPath(issue) ?? '(top)'}: ${issue.message}`);
  const more = faults.length > MOST_FAULTS ? `; and ${faults.length - MOST_FAULTS} more` : '';
  const shown = faults.slice(0, MOST_FAULTS).join('; ');
  throw new AtmrError('BAD_MODEL', `${path} is not a manifest of schema 1: ${shown}${more}.`);
}

function checkHash(bytes: Uint8Array, { sha256 }: Manifest, path: string): void {
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual === sha256) return;
  const fact = `${path} has the SHA-256 ${actual}, but its manifest describes ${sha256}`;
  throw new AtmrError('BAD_MODEL', `${fact}. Copy both files together, or train again.`);
}

function checkGraph({ inputs, outputs }: OnnxGraph, manifest: Manifest, path: string): void {
  const { features, check, output } = manifest;
  const width = inputs[0]?.width ?? null;
  if (width !== null && width !== features.length) {
    throw new AtmrError(
      'BAD_MODEL',
      `${path} takes ${width} features, but its manifest names ${features.length}.`,
    );
  }
  if (check.input.length !== features.length) {
    const fact = `The known answer of ${path} is for ${check.input.length} features`;
    throw new AtmrError('BAD_MODEL', `${fact}, but its manifest names ${features.length}.`);
  }
  if (outputs.some(({ name }) => name === output.name)) return;
  const names = outputs.map(({ name }) => name).join(', ');
  throw new AtmrError('BAD_MODEL', `${path} puts out ${names}, but its manifest expects ${output.name}.`);
}

/** Standardises the rows before the model where the manifest says so. */
function withScaling(runner: Runner, manifest: Manifest, path: string): Runner {
  const { scaling, features } = manifest;
  if (scaling === undefined) return runner;
  const width = features.length;
  const { mean, scale } = scaling;
  if (mean.length !== width || scale.length !== width || scale.includes(0)) {
    const fact = `The scaling of ${path} has ${mean.length} means and ${scale.length} scales`;
    throw new AtmrError('BAD_MODEL', `${fact}; ${width} of each, no scale 0, were expected.`);
  }
  const scaled = scaler(manifest);
  return {
    ...runner,
    predict: (rows, count, minutes) => runner.predict(scaled(rows, count), count, minutes),
  };
}

async function checkKnownAnswer(runner: Runner, { check }: Manifest, path: string): Promise<void> {
  const row = Float32Array.from(check.input, (value) => value ?? Number.NaN);
  const minutes = new Float64Array(1);
  await runner.predict(row, 1, minutes);
  const error = Math.abs(minutes[0]! - check.output) / Math.max(1, Math.abs(check.output));
  if (error <= KNOWN_ANSWER_TOLERANCE) return;
  const fact = `${path} answers its known question with ${minutes[0]} minutes instead of ${check.output}`;
  throw new AtmrError(
    'BAD_MODEL',
    `${fact}. It is not the model that its manifest describes: train or copy it again.`,
  );
}
