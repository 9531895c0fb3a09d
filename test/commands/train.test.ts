import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadModel } from '../../src/model/load.js';
import { runBinary } from '../run-binary.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'train-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function simulated(bookings: number): Promise<string> {
  return (await runBinary(['simulate', '--bookings', String(bookings), '--seed', '500'])).stdout;
}

describe('atmr-ml train', () => {
  it('writes a model that loads, the same for the same seed, and its scores as JSON', async () => {
    const stdin = await simulated(700);
    const paths = ['one.onnx', 'two.onnx'].map((name) => join(folder, name));
    const runs = [];
    for (const path of paths)
      runs.push(await runBinary(['train', '--source', '-', '--out', path], { stdin }));
    expect(runs.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    const document = JSON.parse(runs[0]!.stdout);
    const { manifest } = await loadModel(paths[0]!);
    expect(document).toMatchObject({
      path: paths[0],
      model: { name: 'one', sha256: manifest.sha256 },
      data: { rows: 700, simulated: true },
      metrics: { test: manifest.metrics.test },
      excluded: { not_settled: 0, bad_row: 0 },
    });
    expect(readFileSync(paths[0]!).equals(readFileSync(paths[1]!))).toBe(true);
  });

  it.each([
    ['too few bookings', ['--source', '-'], /settled bookings; training needs at least 500/],
    ['an unknown feature', ['--source', '-', '--features', 'distance_km,luck'], /no feature "luck"/],
    ['a feature twice', ['--source', '-', '--features', 'month,month'], /names a feature twice/],
    ['a seed that is none', ['--source', '-', '--seed', 'x'], /--seed is "x"/],
  ])('refuses %s with exit 2, and writes nothing at all', async (_, args, message) => {
    const out = join(folder, 'm.onnx');
    const run = await runBinary(['train', ...args, '--out', out], { stdin: await simulated(50) });
    expect(run.exitCode).toBe(2);
    expect(run.stdout).toBe('');
    expect(run.stderr).toMatch(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells of the rows that it skips, as ab-test does', async () => {
    const out = join(folder, 'm.onnx');
    const stdin = (await simulated(600)).replaceAll(/,true,-?\d+\.\d\d\n(?=[1-7],)/g, ',true,late\n');
    const run = await runBinary(['train', '--source', '-', '--on-bad-row', 'skip', '--out', out], { stdin });
    expect(run.exitCode).toBe(0);
    expect(JSON.parse(run.stdout).excluded).toMatchObject({ bad_row: 6 });
    const told = run.stderr.trimEnd().split('\n');
    expect(told[0]).toBe(
      'skipped: line 2, actual_delay_minutes: late is not a number (expected plain decimals such as 12.5)',
    );
    expect(told[5]).toBe('skipped: further rows are only counted.');
    expect(told).toHaveLength(6);
  });

  it('refuses to overwrite its source, or a file beside the model that is no manifest', async () => {
    const history = join(folder, 'history.json');
    writeFileSync(history, '[{"id": 1}]');
    const out = join(folder, 'history.onnx');
    const own = await runBinary(['train', '--source', history, '--out', out]);
    expect([own.exitCode, own.stdout]).toEqual([2, '']);
    expect(own.stderr).toContain(`the manifest would overwrite ${history}, which is --source`);
    const other = await runBinary(['train', '--out', out]);
    expect([other.exitCode, other.stdout]).toEqual([2, '']);
    expect(other.stderr).toContain(`${history} is there and is not a model's manifest`);
    expect(readFileSync(history, 'utf8')).toBe('[{"id": 1}]');
    expect(readdirSync(folder)).toEqual(['history.json']);
  });

  it('puts a model without --out in ./models, or where the configuration says, and never in the package', async () => {
    const shipped = readFileSync('models/delay_predictor.json', 'utf8');
    const stdin = await simulated(600);
    const options = { stdin, cwd: folder };
    const run = await runBinary(['train', '--source', '-'], options);
    expect(run.exitCode).toBe(0);
    expect(JSON.parse(run.stdout).path).toMatch(/\/models\/delay_predictor\.onnx$/);
    expect(readdirSync(join(folder, 'models')).sort()).toEqual([
      'delay_predictor.json',
      'delay_predictor.onnx',
    ]);
    mkdirSync(join(folder, 'conf'));
    writeFileSync(join(folder, 'conf', 'a.yaml'), 'models: mine');
    const configured = ['--config', 'conf/a.yaml'];
    const untrained = await runBinary(['ab-test', ...configured], options);
    expect(untrained.exitCode).toBe(2);
    expect(untrained.stderr).toMatch(/conf\/mine has no delay_predictor\.onnx\. Train it/);
    expect((await runBinary(['train', '--source', '-', ...configured], options)).exitCode).toBe(0);
    expect(readdirSync(join(folder, 'conf', 'mine'))).toHaveLength(2);
    expect(readFileSync('models/delay_predictor.json', 'utf8')).toBe(shipped);
  });

  it('refuses an --out that is no .onnx file', async () => {
    const run = await runBinary(['train', '--out', join(folder, 'model.txt')]);
    expect([run.exitCode, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('ends in .onnx');
  });
});
