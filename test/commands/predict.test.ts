import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Prediction } from '../../src/model/prediction.js';
import { runBinary } from '../run-binary.js';

const RIDE = ['--pickup', '46.20,6.14', '--dropoff', '46.25,6.10', '--at', '2026-03-02T08:30'];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'predict-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('atmr-ml predict', () => {
  it('answers one booking with everything that the document promises', async () => {
    const { exitCode, stdout, stderr } = await runBinary(['predict', ...RIDE, '--urgent', '--id', 'b-7']);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    const prediction: Prediction = JSON.parse(stdout);
    expect(prediction).toMatchObject({
      booking_id: 'b-7',
      request_id: null,
      variant: null,
      source: 'model',
      reason: null,
      predicted_minutes: prediction.model_minutes,
      weather: { factor: 0.5, is_default: true, reason: 'no_history' },
      out_of_range: [],
      simulated: true,
    });
    expect(prediction.heuristic_minutes).toBeCloseTo(3 + 0.5 * 6.35, 1);
    expect(prediction.interval?.level).toBe(0.9);
    expect(addedUp(prediction)).toBeCloseTo(prediction.predicted_minutes, 9);
    expect(prediction.contributing_factors?.method).toBe('tree_shap');
    expect(prediction.contributing_factors?.factors).toHaveLength(5);
  });

  it('takes the weather, the driver and the distance into account', async () => {
    const snow =
      '{"main":{"temp":-4},"snow":{"1h":4},"wind":{"speed":12},"visibility":800,"clouds":{"all":100}}';
    const distance = ['--distance-meters', '30000', '--at', '2026-03-02T17:30'];
    const fine = await predict(...distance, '--driver-bookings', '20');
    const bad = await predict(...distance, '--driver-bookings', '20', '--weather', snow);
    expect(bad.weather).toMatchObject({ is_default: false, reason: null });
    expect(bad.predicted_minutes).toBeGreaterThan(fine.predicted_minutes);
    writeFileSync(join(folder, 'snow.json'), snow);
    const fromFile = await predict(
      ...distance,
      '--driver-bookings',
      '20',
      '--weather',
      join(folder, 'snow.json'),
    );
    expect(fromFile.predicted_minutes).toBe(bad.predicted_minutes);
  });

  it('says what training has not seen', async () => {
    const { out_of_range } = await predict('--distance-meters', '400000', '--at', '2026-12-02T17:30');
    expect(out_of_range.map(({ name }) => name)).toContain('distance_km');
    expect(out_of_range.find(({ name }) => name === 'distance_km')?.value).toBe(400);
  });

  it('answers alike in both runtimes', async () => {
    const ours = await predict(...RIDE, '--runtime', 'builtin');
    const theirs = await predict(...RIDE, '--runtime', 'onnxruntime');
    expect(theirs.predicted_minutes).toBeCloseTo(ours.predicted_minutes, 4);
    expect(theirs.contributing_factors?.method).toBe('occlusion');
    expect(addedUp(theirs)).toBeCloseTo(theirs.predicted_minutes, 9);
  });

  it('answers a file with an array, and writes a table', async () => {
    const csv = join(folder, 'out.csv');
    const { exitCode, stdout } = await runBinary([
      'predict',
      '--source',
      'fixtures/bookings.csv',
      '--csv',
      csv,
    ]);
    expect(exitCode).toBe(0);
    const predictions: Prediction[] = JSON.parse(stdout);
    expect(predictions).toHaveLength(5000);
    for (const one of predictions) expect(addedUp(one)).toBeCloseTo(one.predicted_minutes, 9);
    const lines = readFileSync(csv, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(5001);
    expect(lines[1]).toMatch(/^1,model,,\d/);
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it('reads bookings from stdin', async () => {
    const booking = '{"id":9,"scheduled_time":"2026-03-02T08:30","distance_meters":5000}\n';
    const { stdout } = await runBinary(['predict', '--source', '-'], { stdin: booking });
    expect(JSON.parse(stdout)).toMatchObject([{ booking_id: '9', source: 'model' }]);
  });

  it('lets the heuristic answer where the model lacks what it needs, and says so', async () => {
    const manifest = JSON.parse(readFileSync('models/delay_predictor.json', 'utf8'));
    for (const feature of manifest.features) feature.missing = feature.name !== 'driver_total_bookings';
    cpSync('models/delay_predictor.onnx', join(folder, 'm.onnx'));
    writeFileSync(join(folder, 'm.json'), JSON.stringify(manifest));
    const answer = await predict(...RIDE, '--model', join(folder, 'm.onnx'));
    expect(answer).toMatchObject({
      source: 'heuristic',
      reason: 'INELIGIBLE',
      predicted_minutes: answer.heuristic_minutes,
      model_minutes: null,
      interval: null,
      confidence: null,
      contributing_factors: null,
    });
    expect(answer.detail).toContain('driver_total_bookings');
  });

  it('shows people a summary whose minutes add up', () => {
    const command = `node dist/atmr-ml.js predict ${RIDE.join(' ')}`;
    const { NO_COLOR, CI, ...env } = process.env;
    const shown = spawnSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8', env });
    const stdout = stripVTControlCharacters(shown.stdout);
    const predicted = Number(/Predicted: ([−\d.]+) min/.exec(stdout)?.[1]?.replace('−', '-'));
    const parts = [...stdout.matchAll(/^ {2}(\w+) +([+−]?\d+\.\d\d)/gm)].map(([, , text]) =>
      Number(text!.replace('−', '-')),
    );
    expect(parts).toHaveLength(7);
    expect(parts.reduce((a, b) => a + b, 0)).toBeCloseTo(predicted, 9);
    expect(stdout.match(/! simulated/g)).toHaveLength(1);
  });

  const day = ['--at', '2026-03-02T08:30'];
  const to = ['--dropoff', '46.25,6.10'];
  it.each([
    ['a latitude that is none', ['--pickup', '91,6.14', ...to, ...day], /--pickup: 91 is not a latitude/],
    [
      'a pickup that is one number',
      ['--pickup', '46.2', ...to, ...day],
      /--pickup is "46.2"; expected latitude/,
    ],
    ['no pickup', [...to, ...day], /^error: --pickup missing/],
    ['no time', ['--pickup', '46.2,6.1', ...to], /^error: --at missing/],
    ['nothing', [], /--at and --pickup and --dropoff missing/],
    ['a text for a number', [...RIDE, '--distance-meters', 'far'], /--distance-meters: far is not a number/],
    [
      'a time that the clocks skip',
      ['--distance-meters', '900', '--at', '2026-03-29T02:30'],
      /--at: .* skip that hour/,
    ],
    ['weather that is none', [...RIDE, '--weather', '{"main":{}}'], /--weather: .* gives no weather/],
    [
      'a runtime that does not exist',
      [...RIDE, '--runtime', 'gpu'],
      /--runtime is "gpu"; expected builtin or onnxruntime/,
    ],
    ['a model that does not exist', [...RIDE, '--model', 'none.onnx'], /none.onnx cannot be read/],
    [
      'a booking and a file',
      [...RIDE, '--source', 'fixtures/bookings.csv'],
      /--source and --pickup exclude each other/,
    ],
    ['a file that does not exist', ['--source', 'none.csv'], /none.csv/],
  ])('refuses %s', async (_, args, message) => {
    const csv = join(folder, 'out.csv');
    const { exitCode, stdout, stderr } = await runBinary(['predict', ...args, '--csv', csv]);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(existsSync(csv)).toBe(false);
  });

  it('names the command that installs ONNX Runtime where it is missing', async () => {
    const home = packageWithout('onnxruntime-node');
    const args = ['predict', ...RIDE];
    const run = (...more: string[]) =>
      spawnSync(process.execPath, [join(home, 'dist/atmr-ml.js'), ...args, ...more], { encoding: 'utf8' });
    expect(run().status).toBe(0);
    const refused = run('--runtime', 'onnxruntime');
    expect(refused.status).toBe(2);
    expect(refused.stdout).toBe('');
    expect(refused.stderr).toMatch(
      /needs ONNX Runtime, which is not installed\. Run: npm install onnxruntime-node/,
    );
  });
});

async function predict(...args: string[]): Promise<Prediction> {
  const { exitCode, stdout, stderr } = await runBinary(['predict', ...args]);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return JSON.parse(stdout);
}

function addedUp({ contributing_factors: explanation }: Prediction): number {
  if (explanation === null) return Number.NaN;
  const { base, factors, rest } = explanation;
  return factors.reduce((sum, { minutes }) => sum + minutes, base) + rest;
}

/** The built package in a folder of its own, with every dependency but one. */
function packageWithout(name: string): string {
  const home = join(folder, 'package');
  mkdirSync(join(home, 'node_modules'), { recursive: true });
  for (const part of ['dist', 'models', 'package.json']) cpSync(part, join(home, part), { recursive: true });
  for (const dependency of readdirSync('node_modules')) {
    if (dependency !== name)
      symlinkSync(resolve('node_modules', dependency), join(home, 'node_modules', dependency));
  }
  return home;
}
