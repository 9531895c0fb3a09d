import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadModel } from '../../src/model/load.js';
import type { Manifest } from '../../src/model/manifest.js';
import { saveModel } from '../../src/training/save-model.js';
import { trainModel } from '../../src/training/train.js';
import { history, SETTINGS } from '../training/history.js';

const { onnx, manifest } = await trainModel(history(600), SETTINGS);

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'model-'));
  path = join(folder, 'test.onnx');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a saved model loads and knows its answer', async () => {
  await saveModel(path, onnx, manifest);
  expect(readdirSync(folder).sort()).toEqual(['test.json', 'test.onnx']);
  const model = await loadModel(path);
  expect(model.manifest).toEqual(JSON.parse(readFileSync(join(folder, 'test.json'), 'utf8')));
  const minutes = new Float64Array(1);
  const row = Float32Array.from(manifest.check.input, (value) => value ?? Number.NaN);
  await model.predict(row, 1, minutes);
  expect(minutes[0]).toBe(manifest.check.output);
  await model.close();
});

test('a model of outcomes that never varied has no R², and one of a table without times keeps whole hashes', async () => {
  const metrics = { ...manifest.metrics, test: { n: 75, mae: 1, rmse: 1, r2: null } };
  const data = { ...manifest.data, trainedUntil: null, trainingIds: Buffer.alloc(16).toString('base64') };
  await saveModel(path, onnx, { ...manifest, metrics, data });
  await expect(loadModel(path)).resolves.toMatchObject({ manifest: { metrics, data } });
});

test('scaling is applied before the model', async () => {
  const width = manifest.features.length;
  const scaling = { mean: Array(width).fill(10), scale: Array(width).fill(2) };
  const input = manifest.check.input.map((value) => (value === null ? null : value * 2 + 10));
  await saveModel(path, onnx, { ...manifest, scaling, check: { ...manifest.check, input } });
  await expect(loadModel(path)).resolves.toMatchObject({ manifest: { scaling } });
});

describe('a model is refused', () => {
  const refusals: [string, Partial<Manifest>, RegExp][] = [
    ['with another hash', { sha256: '0'.repeat(64) }, new RegExp(`${manifest.sha256}.*0{64}`)],
    ['with fewer names than columns', { features: manifest.features.slice(1) }, /takes 22 features.* 21/],
    ['with another output', { output: { name: 'y', unit: 'minutes' } }, /puts out minutes.*expects y/],
    [
      'with another known answer',
      { check: { ...manifest.check, output: manifest.check.output + 0.001 } },
      new RegExp(`${manifest.check.output} minutes instead of ${manifest.check.output + 0.001}`),
    ],
  ];
  test.each(refusals)('%s, both values being named', async (_, change, message) => {
    await saveModel(path, onnx, { ...manifest, ...change });
    await expect(loadModel(path)).rejects.toMatchObject({ code: 'BAD_MODEL' });
    await expect(loadModel(path)).rejects.toThrow(message);
  });

  test('without a manifest', async () => {
    writeFileSync(path, onnx);
    await expect(loadModel(path)).rejects.toThrow(
      `${join(folder, 'test.json')} cannot be read: ENOENT: no such file or directory. A`,
    );
  });

  const { data } = manifest;
  const unreadable: [string, Partial<Manifest>, RegExp][] = [
    [
      'a time without a zone',
      { trainedAt: '2026-03-02T08:30:00' },
      /trainedAt: expected an ISO 8601 time with Z/,
    ],
    ['a day', { data: { ...data, trainedUntil: '2026-03-02' } }, /data\.trainedUntil: expected an ISO/],
    ['a day that is none', { data: { ...data, to: '2026-02-31T25:00:00Z' } }, /data\.to: expected an ISO/],
    ['no time', { data: { ...data, from: 'spring' } }, /data\.from: expected an ISO/],
    [
      'half a hash',
      { data: { ...data, trainingIds: 'AAAAAAA=' } },
      /trainingIds: expected hashes of 8 bytes/,
    ],
    ['no base64', { data: { ...data, trainingIds: '*' } }, /trainingIds: expected base64/],
  ];
  test.each(unreadable)('with %s in its manifest', async (_, change, message) => {
    await saveModel(path, onnx, { ...manifest, ...change });
    await expect(loadModel(path)).rejects.toMatchObject({ code: 'BAD_MODEL' });
    await expect(loadModel(path)).rejects.toThrow(message);
  });

  test.each(['{"schema": 1}', '[{"id": 7}]', '{'])(
    'with %j for a manifest, in one sentence',
    async (text) => {
      writeFileSync(path, onnx);
      writeFileSync(join(folder, 'test.json'), text);
      await expect(loadModel(path)).rejects.toThrow(
        /^\S+test\.json is not (JSON|a manifest of schema 1)\. Expected what `atmr-ml train` or `atmr-ml model describe` writes beside a model\.$/,
      );
    },
  );

  test('with the faults of its manifest named, the first three of them', async () => {
    writeFileSync(path, onnx);
    const faulty = { ...manifest, schema: 2, sha256: 'x', data: { ...manifest.data, rows: 'many', hash: 7 } };
    writeFileSync(join(folder, 'test.json'), JSON.stringify(faulty));
    await expect(loadModel(path)).rejects.toThrow(/schema: .*sha256: .*data\.rows: .*; and 1 more\.$/);
  });
});
