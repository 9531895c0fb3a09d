import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { loadModel } from '../../src/model/load.js';
import { booking } from '../replay/booking.js';
import { modelOf } from '../replay/rides.js';
import { asking, CONTROL, HANGS, MODEL, openCounter, SEVEN } from './counter.js';

/** 3 + 0.5 × 4 km. */
const HEURISTIC = 5;

describe('the model arm', () => {
  it('gives the model’s answer, and records both arms', async () => {
    const { answer, rows } = openCounter();
    const { prediction, repeated } = await answer(booking({ id: '42' }), null);
    expect(repeated).toBe(false);
    expect(prediction).toMatchObject({
      ...{ booking_id: '42', variant: 'model', source: 'model', reason: 'SPLIT', detail: null },
      ...{ predicted_minutes: 7, model_minutes: 7, heuristic_minutes: HEURISTIC, risk_level: 'medium' },
      weather: { factor: 0.5, is_default: true, reason: 'no_key' },
      model_version: '1',
    });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      ...{ bookingId: '42', requestId: prediction.request_id, variant: 'model', source: 'model' },
      ...{ attempt: 'answered', modelMinutes: 7, heuristicMinutes: HEURISTIC, predictedMinutes: 7 },
      ...{ revision: 3, percentage: 25, weatherReason: 'no_key', modelName: 'line', modelVersion: '1' },
      ...{ features: { distance_km: 4 }, driverId: '7', answer: null, instance: 'test' },
    });
    expect(rows[0]!.predictionTimeMs).toBeGreaterThan(0);
  });

  it('of the shipped model comes with an interval, a confidence and the factors', async () => {
    const { answer, rows } = openCounter({ model: await loadModel('models/delay_predictor.onnx') });
    const { prediction } = await answer(booking(), null);
    const { interval, confidence, contributing_factors: why } = prediction;
    expect(why!.factors.reduce((sum, { minutes }) => sum + minutes, why!.base + why!.rest)).toBeCloseTo(
      prediction.predicted_minutes,
      6,
    );
    expect(rows[0]).toMatchObject({
      lowerMinutes: interval!.lower,
      upperMinutes: interval!.upper,
      confidence,
    });
    expect(prediction.simulated).toBe(true);
  });

  it.each([
    ['rejects', () => Promise.reject(new AtmrError('BAD_MODEL', 'no')), 'failed'],
    [
      'throws at once',
      () => {
        throw new TypeError('secret 42');
      },
      'failed',
    ],
    [
      'says NaN',
      (_: unknown, __: unknown, minutes: Float64Array): void => void minutes.fill(Number.NaN),
      'not_finite',
    ],
    [
      'says ∞',
      (_: unknown, __: unknown, minutes: Float64Array): void => void minutes.fill(1 / 0),
      'not_finite',
    ],
  ] as const)('falls back on the heuristic when it %s', async (_, predict, attempt) => {
    const { answer, rows, logged } = openCounter({ model: asking(predict) });
    const { prediction } = await answer(booking(), 'r');
    expect(prediction).toMatchObject({
      ...{ source: 'fallback', reason: 'ERROR', predicted_minutes: HEURISTIC, model_minutes: null },
      ...{ interval: null, confidence: null, contributing_factors: null },
    });
    expect(prediction.detail).not.toContain('secret');
    expect(rows[0]).toMatchObject({ attempt, source: 'fallback', modelMinutes: null });
    expect(logged).toEqual(['the model failed']);
  });

  it('falls back at the deadline on a model that never answers, and records it when it is given up', async () => {
    const { answer, rows, stop } = openCounter({ model: HANGS, deadlineMs: 50 });
    const { prediction } = await answer(booking(), null);
    expect(prediction).toMatchObject({ source: 'fallback', reason: 'ERROR', predicted_minutes: HEURISTIC });
    expect(rows).toEqual([]);
    await stop();
    expect(rows).toMatchObject([{ attempt: 'late', predictionTimeMs: null, source: 'fallback' }]);
  });

  it('records how late a late model was', async () => {
    const slow = asking(async (_, __, minutes) => {
      await sleep(200);
      minutes[0] = 9;
    });
    const { answer, rows } = openCounter({ model: slow, deadlineMs: 50 });
    expect((await answer(booking(), null)).prediction.source).toBe('fallback');
    await vi.waitFor(() => expect(rows).toHaveLength(1));
    expect(rows[0]).toMatchObject({ attempt: 'late', modelMinutes: null });
    expect(rows[0]!.predictionTimeMs).toBeGreaterThan(190);
  });

  it('leaves a booking that lacks an input to the heuristic, and that is no failure', async () => {
    const { answer, rows } = openCounter({ model: modelOf(() => 7, false) });
    const { prediction } = await answer(booking({ distanceMeters: null }), null);
    expect(prediction).toMatchObject({ variant: 'model', source: 'heuristic', reason: 'INELIGIBLE' });
    expect(prediction.detail).toContain('distance_km');
    expect(rows[0]).toMatchObject({
      attempt: 'ineligible',
      predictionTimeMs: null,
      features: { distance_km: null },
    });
  });

  it('refuses when the flag forbids falling back; the failure counts, and the request may be made again', async () => {
    let broken = true;
    const model = asking((_, __, minutes) => {
      if (broken) throw new Error('broken');
      minutes[0] = 7;
    });
    const { answer, rows } = openCounter({ model, flag: { fallbackOnError: false } });
    await expect(answer(booking(), 'r')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(rows).toMatchObject([{ attempt: 'failed', answer: null }]);
    broken = false;
    expect((await answer(booking(), 'r')).prediction).toMatchObject({ source: 'model', request_id: 'r' });
    expect(rows[0]!.requestId).not.toBe('r');
  });
});

describe('the control arm', () => {
  it.each([
    CONTROL,
    { variant: 'control', reason: 'DISABLED' },
    { variant: 'control', reason: 'FORCED_OFF' },
    { variant: 'control', reason: 'STALE' },
  ] as const)('answers with the heuristic, for $reason', async (decision) => {
    const { answer, rows } = openCounter({ decision });
    const { prediction } = await answer(booking(), null);
    expect(prediction).toMatchObject({
      ...{ variant: 'control', source: 'heuristic', reason: decision.reason, predicted_minutes: HEURISTIC },
      ...{ model_minutes: null, confidence: null },
    });
    await vi.waitFor(() => expect(rows).toHaveLength(1));
    expect(rows[0]).toMatchObject({ attempt: 'answered', modelMinutes: 7, source: 'heuristic' });
  });

  it('names the fault of a reader', async () => {
    const decision = { variant: 'control', reason: 'ERROR', code: 'MODEL_MISSING' } as const;
    const { prediction } = await openCounter({ decision }).answer(booking(), null);
    expect(prediction).toMatchObject({ source: 'heuristic', reason: 'MODEL_MISSING' });
  });

  it('answers before the model is asked', async () => {
    const predict = vi.fn(SEVEN.predict);
    const { answer, rows } = openCounter({ decision: CONTROL, model: asking(predict) });
    await answer(booking(), null);
    expect(predict).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(rows).toHaveLength(1));
  });

  it.each(['r', null])('answers the same when the model never does (request %s)', async (requestId) => {
    const { answer, rows, stop } = openCounter({ decision: CONTROL, model: HANGS, deadlineMs: 50 });
    const { prediction } = await answer(booking(), requestId);
    expect(prediction).toMatchObject({ source: 'heuristic', predicted_minutes: HEURISTIC });
    await stop();
    expect(rows).toMatchObject([{ attempt: 'late', predictionTimeMs: null, source: 'heuristic' }]);
  });

  it('never reaches the model without a shadow', async () => {
    const predict = vi.fn(SEVEN.predict);
    const { answer, rows } = openCounter({ decision: CONTROL, shadow: false, model: asking(predict) });
    await answer(booking(), null);
    await answer(booking(), 'named');
    await new Promise((resolve) => setImmediate(resolve));
    expect(predict).not.toHaveBeenCalled();
    expect(rows).toMatchObject([{ attempt: 'none' }, { attempt: 'none' }]);
  });

  it('answers where there is no model at all', async () => {
    const { answer, rows } = openCounter({ decision: MODEL, model: null });
    const { prediction } = await answer(booking(), null);
    expect(prediction).toMatchObject({ variant: 'control', source: 'heuristic', reason: 'MODEL_MISSING' });
    expect(rows).toMatchObject([{ attempt: 'none', modelName: 'none', features: {} }]);
  });

  it('drops shadows rather than pile them up', async () => {
    const { answer, rows, counts, stop } = openCounter({ decision: CONTROL, model: HANGS, deadlineMs: 100 });
    await Promise.all(Array.from({ length: 100 }, () => answer(booking(), null)));
    expect(counts()).toEqual({ shadowsDropped: 36, shadowsUnderway: 64 });
    await stop();
    expect(rows.map(({ attempt }) => attempt).toSorted()).toEqual([
      ...Array.from({ length: 64 }, () => 'late'),
      ...Array.from({ length: 36 }, () => 'none'),
    ]);
  });
});

describe('the weather', () => {
  const known = {
    temperatureC: 20,
    rainMm: 5,
    snowMm: 0,
    windKmh: 0,
    visibilityMeters: null,
    cloudsPercent: 0,
  };

  it('is asked for where the booking brings none', async () => {
    const weather = async () => ({ weather: known, reason: null, stale: false });
    const { answer, rows } = openCounter({ weather });
    const { prediction } = await answer(booking(), null);
    expect(prediction.weather).toEqual({ factor: expect.closeTo(0.605, 3), is_default: false, reason: null });
    expect(rows[0]!.weatherReason).toBeNull();
  });

  it('of the booking is used as it came', async () => {
    const { answer, asked } = openCounter();
    const { prediction } = await answer(booking({ weather: known }), null);
    expect(prediction.weather).toMatchObject({ is_default: false });
    expect(asked.weather).toBe(0);
  });

  it('that does not come is unknown, and the answer does not wait for it', async () => {
    const { answer } = openCounter({ weather: () => new Promise(() => {}) });
    const { prediction } = await answer(booking(), null);
    expect(prediction).toMatchObject({ source: 'model', weather: { is_default: true, reason: 'timeout' } });
  });
});

describe('a named request', () => {
  it('is answered once, also when it comes twice at the same time', async () => {
    const { answer, rows } = openCounter({ model: asking(async (_, __, minutes) => void minutes.fill(7)) });
    const [first, second] = await Promise.all([answer(booking(), 'r'), answer(booking(), 'r')]);
    const third = await answer(booking({ distanceMeters: 9000 }), 'r');
    expect([first.repeated, second.repeated, third.repeated]).toEqual([false, true, true]);
    expect(second.prediction).toEqual(first.prediction);
    expect(third.prediction).toEqual(first.prediction);
    expect(rows).toHaveLength(1);
    expect(JSON.parse(rows[0]!.answer!)).toEqual(first.prediction);
  });

  it('is found in the ledger', async () => {
    const { prediction } = await openCounter().answer(booking(), 'r');
    const { answer, rows } = openCounter({ answerOf: async () => JSON.stringify(prediction) });
    expect(await answer(booking(), 'r')).toEqual({ prediction, repeated: true });
    expect(rows).toEqual([]);
  });

  it('is refused for another booking', async () => {
    const { answer } = openCounter();
    const both = await Promise.allSettled([answer(booking(), 'r'), answer(booking({ id: '2' }), 'r')]);
    expect(both[1]).toMatchObject({ status: 'rejected', reason: { code: 'CONFLICT' } });
    await expect(answer(booking({ id: '3' }), 'r')).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it.each([CONTROL, MODEL])('is durable before it is answered ($variant)', async (decision) => {
    let kept = false;
    const keep = async () => {
      await sleep(50);
      kept = true;
    };
    const model = await loadModel('models/delay_predictor.onnx');
    const { answer, rows } = openCounter({ decision, model, keep });
    await answer(booking(), 'r');
    expect(kept).toBe(true);
    expect(rows).toMatchObject([{ attempt: 'answered', requestId: 'r' }]);
  });

  it.each([
    ['the disk does not take it', { keep: () => new Promise<void>(() => {}) }],
    ['the disk refuses it', { keep: () => Promise.reject(new Error('full')) }],
    ['the ledger hangs', { answerOf: () => new Promise<null>(() => {}) }],
    ['the ledger fails', { answerOf: () => Promise.reject(new AtmrError('UNAVAILABLE', 'away')) }],
    [
      'the ledger is known to be away',
      { fault: 'away', answerOf: () => Promise.reject(new TypeError('asked')) },
    ],
  ])('is answered when %s', async (_, wishes) => {
    const { prediction } = await openCounter({ ...wishes, deadlineMs: 300 }).answer(booking(), 'r');
    expect(prediction).toMatchObject({ source: 'model', request_id: 'r' });
  });

  it('keeps its answer while a late model is waited for', async () => {
    const { answer, rows, stop } = openCounter({ model: HANGS, deadlineMs: 50 });
    const { prediction } = await answer(booking(), 'r');
    expect(rows).toEqual([]);
    expect(await answer(booking(), 'r')).toEqual({ prediction, repeated: true });
    await stop();
    expect(rows).toHaveLength(1);
  });
});

it('tells once that a model fails, and that it answers again', async () => {
  let broken = true;
  const model = asking((_, __, minutes) => {
    if (broken) throw new Error('broken');
    minutes[0] = 7;
  });
  const { answer, logged } = openCounter({ model });
  for (let i = 0; i < 5; i++) await answer(booking(), null);
  broken = false;
  await answer(booking(), null);
  expect(logged).toEqual(['the model failed', 'the model answers again']);
});
