import { describe, expect, it } from 'vitest';
import { terminalStyle } from '../../src/render/style.js';
import { trainText } from '../../src/render/train.js';
import type { TrainDocument } from '../../src/training/train-source.js';

const SCORES = { n: 100, mae: 1.5, rmse: 2, r2: 0.7 };
const DOCUMENT: TrainDocument = {
  source: { name: 'history.csv', shipped: false, argument: 'history.csv' },
  path: '/models/spring.onnx',
  model: { name: 'spring', version: '1', sha256: 'a' },
  seed: 1,
  data: { rows: 700, from: null, to: null, trainedUntil: null, simulated: false, hash: 'b' },
  split: { by: 'shuffle', train: 490, validation: 105, test: 105 },
  excluded: { not_settled: 0, delay_over_180_min: 0, bad_row: 0 },
  features: ['distance_km'],
  rounds: 12,
  metrics: { train: SCORES, crossValidation: SCORES, test: SCORES },
  interval: null,
  notices: [],
};

async function lastLines(source: TrainDocument['source']): Promise<readonly string[]> {
  const text = trainText({ ...DOCUMENT, source }, await terminalStyle(false), 'Europe/Zurich');
  return text.split('\n').map((line) => line.trim());
}

async function lastLine(source: TrainDocument['source']): Promise<string | undefined> {
  return (await lastLines(source)).at(-3);
}

describe('the text of a training', () => {
  it('ends with the whole commands that compare the model, and have it answer', async () => {
    const model = '--model /models/spring.onnx';
    expect(await lastLine(DOCUMENT.source)).toBe(`atmr-ml ab-test --source history.csv ${model}`);
    expect(await lastLine({ name: "Tom's rides.csv", shipped: false, argument: "Tom's rides.csv" })).toBe(
      `atmr-ml ab-test --source 'Tom'\\''s rides.csv' ${model}`,
    );
    expect(await lastLine({ name: 'stdin', shipped: false, argument: null })).toBe(
      `atmr-ml ab-test --source FILE ${model}`,
    );
    expect(await lastLine({ name: 'the fixture', shipped: true, argument: null })).toBe(
      `atmr-ml ab-test ${model}`,
    );
    expect((await lastLines(DOCUMENT.source)).at(-1)).toBe('atmr-ml model use spring');
  });
});
