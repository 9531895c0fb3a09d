import { createHash } from 'node:crypto';
import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import type { Manifest } from './manifest.js';
import type { Model, Runner } from './model.js';
import { type OnnxGraph, readOnnx } from './onnx-file.js';
import { manifestPathOf, readManifest, readModelFile } from './read-manifest.js';
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

function checkHash(bytes: Uint8Array, { sha256 }: Manifest, path: string): void {
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual === sha256) return;
  const fact = t`${path} has the SHA-256 ${actual}, but its manifest describes ${sha256}`;
  throw new AtmrError('BAD_MODEL', t`${fact}. Copy both files together, or train again.`);
}

function checkGraph({ inputs, outputs }: OnnxGraph, manifest: Manifest, path: string): void {
  const { features, check, output } = manifest;
  const width = inputs[0]?.width ?? null;
  if (width !== null && width !== features.length) {
    throw new AtmrError(
      'BAD_MODEL',
      t`${path} takes ${width} features, but its manifest names ${features.length}.`,
    );
  }
  if (check.input.length !== features.length) {
    const fact = t`The known answer of ${path} is for ${check.input.length} features`;
    throw new AtmrError('BAD_MODEL', t`${fact}, but its manifest names ${features.length}.`);
  }
  if (outputs.some(({ name }) => name === output.name)) return;
  const names = outputs.map(({ name }) => name).join(', ');
  throw new AtmrError('BAD_MODEL', t`${path} puts out ${names}, but its manifest expects ${output.name}.`);
}

/** Standardises the rows before the model where the manifest says so. */
function withScaling(runner: Runner, manifest: Manifest, path: string): Runner {
  const { scaling, features } = manifest;
  if (scaling === undefined) return runner;
  const width = features.length;
  const { mean, scale } = scaling;
  if (mean.length !== width || scale.length !== width || scale.includes(0)) {
    const fact = t`The scaling of ${path} has ${mean.length} means and ${scale.length} scales`;
    throw new AtmrError('BAD_MODEL', t`${fact}; ${width} of each, no scale 0, were expected.`);
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
  const fact = t`${path} answers its known question with ${minutes[0] ?? Number.NaN} minutes instead of ${check.output}`;
  throw new AtmrError(
    'BAD_MODEL',
    t`${fact}. It is not the model that its manifest describes: train or copy it again.`,
  );
}
