import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runBinary } from '../run-binary.js';

const SHIPPED = 'models/delay_predictor';
const manifest = JSON.parse(readFileSync(`${SHIPPED}.json`, 'utf8'));
const FEATURES: string = manifest.features.map(({ name }: { name: string }) => name).join(',');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'model-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('atmr-ml model list', () => {
  it('shows the shipped model as the default one', async () => {
    const { exitCode, stdout } = await runBinary(['model', 'list']);
    expect(exitCode).toBe(0);
    const { name, version, sha256, data, metrics } = manifest;
    const listed = { name, version, sha256, rows: data.rows, testMae: metrics.test.mae, simulated: true };
    expect(JSON.parse(stdout)).toContainEqual({
      ...{ file: 'delay_predictor.onnx', isDefault: true, fault: null },
      ...listed,
    });
  });

  it('keeps a broken manifest in the list, with what is wrong', async () => {
    cpSync(`${SHIPPED}.onnx`, join(folder, 'broken.onnx'));
    writeFileSync(join(folder, 'broken.json'), '{"schema":1}');
    writeFileSync(join(folder, 'c.yaml'), `models: ${folder}\n`);
    const { exitCode, stdout } = await runBinary(['model', 'list', '--config', join(folder, 'c.yaml')]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ file: 'broken.onnx', name: null, isDefault: false }]);
    expect(JSON.parse(stdout)[0].fault).toMatch(/is not a manifest of schema 1/);
  });
});

describe('atmr-ml model describe', () => {
  it('writes a manifest that loads, with ranges and an interval from the table', async () => {
    const out = join(folder, 'copy.onnx');
    const args = ['--features', FEATURES, '--missing', 'all', '--source', 'fixtures/bookings.csv'];
    const described = await runBinary([
      ...['model', 'describe', `${SHIPPED}.onnx`, '--out', out, ...args],
      ...['--name', 'copy', '--model-version', '7'],
    ]);
    expect(described.exitCode).toBe(0);
    const copy = JSON.parse(readFileSync(join(folder, 'copy.json'), 'utf8'));
    expect(JSON.parse(described.stdout)).toEqual(copy);
    expect(copy).toMatchObject({ name: 'copy', version: '7', sha256: manifest.sha256 });
    expect(copy.data).toMatchObject({ rows: 5000, simulated: true, trainedUntil: manifest.data.to });
    expect(copy.interval.level).toBe(0.9);
    const ride = ['--distance-meters', '8000', '--at', '2026-03-02T17:30'];
    const { exitCode, stdout } = await runBinary(['predict', '--model', out, ...ride]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ source: 'model', model_version: '7' });
  });

  it('does without a table, and then promises no interval', async () => {
    const model = join(folder, 'm.onnx');
    cpSync(`${SHIPPED}.onnx`, model);
    const { exitCode, stderr } = await runBinary(['model', 'describe', model, '--features', FEATURES]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('without --source there are no ranges and no intervals');
    expect(JSON.parse(readFileSync(join(folder, 'm.json'), 'utf8'))).toMatchObject({ interval: null });
  });

  it.each([
    ['no file', ['describe', '--features', FEATURES], /missing required argument 'file'/],
    ['no features', ['describe', `${SHIPPED}.onnx`], /--features is missing/],
    [
      'a feature that does not exist',
      ['describe', `${SHIPPED}.onnx`, '--features', 'age'],
      /no feature "age"/,
    ],
    [
      'too few features',
      ['describe', `${SHIPPED}.onnx`, '--features', 'distance_km'],
      /takes 22 features, but --features names 1/,
    ],
    [
      'a missing feature that the model does not have',
      ['describe', `${SHIPPED}.onnx`, '--features', FEATURES, '--missing', 'month'],
      /--missing names month/,
    ],
    [
      'a scaling that is none',
      ['describe', 'x', '--features', FEATURES, '--scaling', 'LICENSE'],
      /--scaling is/,
    ],
    ['a file that is no model', ['describe', 'LICENSE', '--features', FEATURES], /LICENSE is not/],
  ])('refuses %s', async (_, args, message) => {
    const out = join(folder, 'out.onnx');
    const { exitCode, stdout, stderr } = await runBinary(['model', ...args, '--out', out]);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(existsSync(out)).toBe(false);
  });
});
