import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { AtmrError } from '../../src/errors.js';
import { explainer } from '../../src/model/explain.js';
import { DEFAULT_HEURISTIC } from '../../src/model/heuristic.js';
import { loadModel } from '../../src/model/load.js';
import type { Model } from '../../src/model/model.js';
import { bookingPredictor } from '../../src/model/predict.js';
import { scoreBookings } from '../../src/replay/score.js';
import { booking } from '../replay/booking.js';

const shipped = await loadModel('models/delay_predictor.onnx');
const late = new AtmrError('UNAVAILABLE', 'm.onnx did not answer within 1000 ms');

function withPredict(predict: Model['predict']): Model {
  return { ...shipped, forest: null, predict };
}

describe('a model that fails', () => {
  const ask = (predict: Model['predict']) =>
    bookingPredictor(withPredict(predict), DEFAULT_HEURISTIC, systemClock)(booking());

  it('leaves the heuristic’s answer, and why', async () => {
    const answers = await ask(() => Promise.reject(late));
    expect(answers).toMatchObject({ model: null, failure: { reason: 'ERROR', detail: late.message } });
    expect(Number.isFinite(answers.heuristicMinutes)).toBe(true);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('includes one that answers %f', async (value) => {
    const { model, failure } = await ask((_, count, minutes) => void minutes.fill(value, 0, count));
    expect(model).toBeNull();
    expect(failure?.detail).toContain(String(value));
  });

  it('does not hide a bug of ours', async () => {
    await expect(ask(() => Promise.reject(new TypeError('bug')))).rejects.toThrow(TypeError);
  });

  it('is counted in a replay, booking by booking', async () => {
    const arms = {
      model: withPredict(() => Promise.reject(late)),
      heuristic: DEFAULT_HEURISTIC,
      clock: systemClock,
    };
    const answers: number[] = [];
    for await (const { bookings, modelMinutes } of scoreBookings([[booking(), booking()]], arms)) {
      answers.push(...modelMinutes.subarray(0, bookings.length));
    }
    expect(answers).toEqual([Number.NaN, Number.NaN]);
  });
});

describe('an explanation', () => {
  const width = shipped.manifest.features.length;
  const medians = shipped.manifest.features.map(({ quantiles }) => quantiles[5]!);

  it('by occlusion gives a sum its own terms', async () => {
    const sum: Model['predict'] = (rows, count, minutes) => {
      for (let row = 0; row < count; row += 1) {
        minutes[row] = rows.subarray(row * width, (row + 1) * width).reduce((a, b) => a + b, 0);
      }
    };
    const row = Float32Array.from(medians, (median, i) => (i < 3 ? median + 2 ** i : median));
    const total = row.reduce((a, b) => a + b, 0);
    const { method, base, factors, rest } = await explainer(withPredict(sum))(row, total);
    expect(method).toBe('occlusion');
    expect(base).toBeCloseTo(total - 7, 3);
    expect(factors.slice(0, 3).map(({ minutes }) => Math.round(minutes))).toEqual([4, 2, 1]);
    expect(rest).toBeCloseTo(0, 3);
  });

  it('of the shipped forest is exact, and names at most five features', async () => {
    const row = Float32Array.from(medians);
    const minutes = new Float64Array(1);
    await shipped.predict(row, 1, minutes);
    const { method, base, factors, rest } = await explainer(shipped)(row, minutes[0]!);
    expect(method).toBe('tree_shap');
    expect(factors.length).toBeLessThanOrEqual(5);
    const sizes = factors.map((factor) => Math.abs(factor.minutes));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(factors.reduce((sum, factor) => sum + factor.minutes, base + rest)).toBeCloseTo(minutes[0]!, 9);
  });
});
