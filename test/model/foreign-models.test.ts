import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBookings } from '../../src/booking/source.js';
import { FEATURE_NAMES, type FeatureName, featureWriter } from '../../src/features/features.js';
import { readInputs } from '../../src/features/inputs.js';
import { loadModel } from '../../src/model/load.js';
import type { Prediction } from '../../src/model/prediction.js';
import type { RuntimeName } from '../../src/model/runtime.js';
import { runBinary } from '../run-binary.js';

/** Models that other tools made: a forest of 100 trees and a neural network, 35 features each. */
const PYTHON = '/usr/bin/python3';
const NAMES: readonly FeatureName[] = FEATURE_NAMES.filter((name) => name !== 'weather_known');

interface Reference {
  readonly rows: readonly (readonly number[])[];
  readonly forest: readonly number[];
  readonly network: readonly number[];
}

let folder = '';
let reference: Reference;
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foreign-'));
  const simulated = await runBinary(['simulate', '--bookings', '7600', '--out', file('bookings.csv')]);
  expect(simulated.exitCode).toBe(0);
  writeFileSync(file('table.csv'), await featureCsv(file('bookings.csv')));
  const made = spawnSync(PYTHON, ['scripts/foreign-models.py', file('table.csv'), folder], {
    encoding: 'utf8',
  });
  if (made.status !== 0) {
    throw new Error(`This needs python3-sklearn and python3-onnx: npm run test:fresh\n${made.stderr}`);
  }
  reference = JSON.parse(readFileSync(file('reference.json'), 'utf8'));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('a forest of scikit-learn', () => {
  it('runs with a manifest of `model describe`, alike in both runtimes', async () => {
    expect(statSync(file('forest.onnx')).size).toBeGreaterThan(33e6);
    await describeModel('forest.onnx');
    for (const runtime of ['builtin', 'onnxruntime'] as const) {
      expect(await largestError('forest.onnx', runtime, reference.forest)).toBeLessThan(1e-4);
    }
  });

  it('is explained by exact Shapley values', async () => {
    const { stdout } = await runBinary(['predict', '--model', file('forest.onnx'), ...ride()]);
    expectAddedUp(JSON.parse(stdout), 'tree_shap');
  });

  it('needs less than 250 MB', () => {
    const tellKilobytes =
      'process.on("exit", () => process.stderr.write("\\n" + process.resourceUsage().maxRSS))';
    const args = ['dist/atmr-ml.js', 'predict', '--model', file('forest.onnx'), ...ride()];
    const node = [process.execPath, '--import', `data:text/javascript,${tellKilobytes}`, ...args];
    // A process starts with the peak of the one that it was forked from: that has to be a small one.
    const { stderr, status } = spawnSync('sh', ['-c', '"$@"; exit $?', 'sh', ...node], { encoding: 'utf8' });
    expect(status).toBe(0);
    expect(Number(stderr.trim().split('\n').at(-1)) / 1024).toBeLessThan(250);
  });
});

describe('a neural network of scikit-learn', () => {
  it('runs in ONNX Runtime, standardised as it was trained', async () => {
    await describeModel('network.onnx', '--scaling', file('scaling.json'));
    expect(await largestError('network.onnx', null, reference.network)).toBeLessThan(1e-4);
  });

  it('is explained by occlusion, and its minutes add up too', async () => {
    const { exitCode, stdout } = await runBinary(['predict', '--model', file('network.onnx'), ...ride()]);
    expect(exitCode).toBe(0);
    expectAddedUp(JSON.parse(stdout), 'occlusion');
  });

  it('is refused by the built-in evaluator, which is told by name', async () => {
    const args = ['predict', '--model', file('network.onnx'), '--runtime', 'builtin', ...ride()];
    const { exitCode, stdout, stderr } = await runBinary(args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/is no tree ensemble \(its operators: Gemm, Relu\)/);
  });
});

function expectAddedUp(prediction: Prediction, method: string): void {
  const { base, factors, rest, ...explained } = prediction.contributing_factors!;
  expect(explained.method).toBe(method);
  expect(factors.reduce((sum, { minutes }) => sum + minutes, base + rest)).toBeCloseTo(
    prediction.predicted_minutes,
    9,
  );
}

async function describeModel(name: string, ...more: string[]): Promise<void> {
  const args = ['--features', NAMES.join(','), '--source', file('table.csv'), ...more];
  const { exitCode, stderr, stdout } = await runBinary(['model', 'describe', file(name), ...args]);
  expect(stderr).toMatch(/^notice: the intervals rest on the bookings of --source/);
  expect(exitCode).toBe(0);
  const { metrics, interval, data } = JSON.parse(stdout);
  expect(metrics.train.mae).toBeLessThan(3);
  expect(interval.level).toBe(0.9);
  expect(data.trainingIds).not.toBe('');
}

async function largestError(
  name: string,
  runtime: RuntimeName | null,
  expected: readonly number[],
): Promise<number> {
  const model = await loadModel(file(name), runtime);
  const minutes = new Float64Array(expected.length);
  await model.predict(Float32Array.from(reference.rows.flat()), expected.length, minutes);
  await model.close();
  return Math.max(...expected.map((value, row) => Math.abs(value - minutes[row]!)));
}

function ride(): string[] {
  return ['--distance-meters', '8000', '--at', '2026-03-02T17:30', '--driver-bookings', '40'];
}

/** The bookings that lack nothing, as a table of ready features. */
async function featureCsv(path: string): Promise<string> {
  const noDelays = { default: 4, values: {} };
  const encodings = { delay_by_hour: noDelays, delay_by_day: noDelays, delay_by_driver_exp: noDelays };
  const write = featureWriter(NAMES, encodings);
  const row = new Float32Array(NAMES.length);
  const lines = [['booking_id', ...NAMES, 'actual_delay_minutes'].join(',')];
  const options = { timeZone: 'Europe/Zurich', onBadRow: 'fail' } as const;
  for await (const booking of openBookings(path, options)) {
    write(readInputs(booking), null, row);
    if (!row.includes(Number.NaN)) lines.push([booking.id, ...row, booking.actualDelayMinutes].join(','));
  }
  return `${lines.join('\n')}\n`;
}
