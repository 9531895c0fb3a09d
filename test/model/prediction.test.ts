import { describe, expect, it, test } from 'vitest';
import type { FeatureName } from '../../src/features/features.js';
import { rangeChecker } from '../../src/features/out-of-range.js';
import { type Answers, assemblePrediction, riskLevel } from '../../src/model/prediction.js';

const answers: Answers = {
  bookingId: '7',
  heuristicMinutes: 6,
  model: {
    minutes: 11,
    interval: { lower: 7, upper: 15, level: 0.9 },
    confidence: 0.8,
    explanation: { method: 'tree_shap', base: 6, factors: [{ name: 'distance_km', minutes: 4 }], rest: 1 },
  },
  failure: null,
  weather: { factor: 0.5, is_default: true, reason: 'no_key' },
  outOfRange: [],
  simulated: false,
  modelVersion: '1',
  latencyMs: 0.2,
};

describe('a prediction', () => {
  it('is the model’s where the model answers, with all that belongs to it', () => {
    const assignment = { requestId: 'r', variant: 'model', source: 'model', reason: 'SPLIT' } as const;
    expect(assemblePrediction(answers, assignment, 0)).toMatchObject({
      predicted_minutes: 11,
      interval: { lower: 7, upper: 15 },
      confidence: 0.8,
      risk_level: 'high',
      created_at: '1970-01-01T00:00:00.000Z',
    });
  });

  it('keeps the model’s minutes beside the control’s answer, but not its interval', () => {
    const assignment = { requestId: null, variant: 'control', source: 'heuristic', reason: 'SPLIT' } as const;
    expect(assemblePrediction(answers, assignment, 0)).toMatchObject({
      predicted_minutes: 6,
      model_minutes: 11,
      interval: null,
      confidence: null,
      contributing_factors: null,
      risk_level: 'medium',
    });
  });

  it('tells why the heuristic stands in for a model that failed', () => {
    const failed = { ...answers, model: null, failure: { reason: 'ERROR', detail: 'too late' } } as const;
    const assignment = { requestId: null, variant: 'model', source: 'fallback', reason: 'ERROR' } as const;
    expect(assemblePrediction(failed, assignment, 0)).toMatchObject({
      source: 'fallback',
      predicted_minutes: 6,
      model_minutes: null,
      detail: 'too late',
    });
  });

  test.each([
    [-12, 'low'],
    [4.999, 'low'],
    [5, 'medium'],
    [9.999, 'medium'],
    [10, 'high'],
  ])('of %f minutes is of %s risk', (minutes, level) => {
    expect(riskLevel(minutes)).toBe(level);
  });
});

describe('values outside the training range', () => {
  const profile = (name: FeatureName, min: number | null, max: number | null) => ({
    ...{ name, min, max },
    ...{ unit: '', quantiles: [], missing: true },
  });

  it('are named, except where time alone moves them', () => {
    const profiles = [
      profile('distance_km', 1, 20),
      profile('month', 1, 6),
      profile('driver_total_bookings', 0, 50),
      profile('weather_factor', 0.5, 0.8),
      profile('duration_seconds', null, null),
    ];
    const row = Float32Array.of(21, 12, 900, Number.NaN, 60);
    const beyond = rangeChecker(profiles);
    expect(beyond(row)).toEqual([{ name: 'distance_km', value: 21, min: 1, max: 20 }]);
    expect(beyond(Float32Array.of(20, 1, 0, 0.5, 1))).toEqual([]);
  });
});
