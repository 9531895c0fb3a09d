import { describe, expect, it } from 'vitest';
import { healthOf, isHealthy, type Observed } from '../../src/health/health.js';
import { readUsage } from '../../src/health/usage.js';
import type { Accuracy, ArmScores, Ledger, Traffic } from '../../src/ledger/ledger.js';

const traffic: Traffic = {
  ...{ requests: 100, modelVariant: 25, bySource: { model: 25, heuristic: 75, fallback: 0 } },
  ...{ attempts: 100, failures: 0, ineligible: 0, weatherDefaults: 0, outOfRange: 0, simulated: 0 },
  ...{ avgConfidence: 0.8, avgPredictionTimeMs: 12, predictionTimeMs: { p50: 9, p95: 30, p99: 60 } },
  ...{ timed: 100, slow: 0 },
};
const scores = (over: Partial<ArmScores> = {}): ArmScores => ({
  ...{ count: 100, mae: 2, rmse: 2.6, r2: 0.7, bias: 0, accuracyRate: 0.8, missRate: 0.05 },
  ...over,
});
const NOTHING: Observed = {
  hour: {
    traffic: { ...traffic, requests: 0, attempts: 0, predictionTimeMs: null },
    accuracy: accuracyOf({}),
  },
  requestsIn24h: 0,
};

function accuracyOf(model: Partial<ArmScores>): Accuracy {
  const arm = scores(model);
  return {
    ...{ settled: arm.count, model: arm, heuristic: arm, served: arm, servedByModel: arm },
    ...{ improvement: -0.3, late: 5, latePredicted: 4, covered: 90, withInterval: 100 },
  } as Accuracy;
}

function observed(over: Partial<Traffic> = {}, model: Partial<ArmScores> = {}): Observed {
  return { hour: { traffic: { ...traffic, ...over }, accuracy: accuracyOf(model) }, requestsIn24h: 100 };
}

describe('healthOf', () => {
  it.each<[string, boolean, Observed | null, string]>([
    ['the flag off', false, observed({ failures: 100 }), 'off'],
    ['the flag off and no ledger', false, null, 'off'],
    ['nothing asked in a day', true, NOTHING, 'idle'],
    ['nothing asked in an hour', true, { ...NOTHING, requestsIn24h: 5 }, 'collecting'],
    ['29 attempts, all failed', true, observed({ attempts: 29, failures: 29 }), 'collecting'],
    ['30 attempts', true, observed({ attempts: 30 }), 'healthy'],
    ['20 % failures, which may be', true, observed({ failures: 20 }), 'healthy'],
    ['21 % failures', true, observed({ failures: 21 }), 'degraded'],
    [
      '40 % failures of 30, which proves more than 20',
      true,
      observed({ attempts: 30, failures: 12 }),
      'failing',
    ],
    ['35 % failures of 31, which proves little', true, observed({ attempts: 31, failures: 10 }), 'degraded'],
    [
      '29 % of many: proven above 20, not lately above 30',
      true,
      observed({ attempts: 1000, failures: 290 }),
      'degraded',
    ],
    ['45 % failures', true, observed({ failures: 45 }), 'failing'],
    ['a MAE of 2.6 that proves nothing', true, observed({}, { mae: 2.6, rmse: 3.4 }), 'healthy'],
    ['a MAE of 3.5', true, observed({}, { mae: 3.5, rmse: 4.2 }), 'failing'],
    ['a MAE of 3.5 of 20 bookings', true, observed({}, { count: 20, mae: 3.5, rmse: 3.6 }), 'healthy'],
    ['40 % far off', true, observed({}, { missRate: 0.4 }), 'failing'],
    ['a slow second', true, observed({ predictionTimeMs: { p50: 1, p95: 1500, p99: 1600 } }), 'healthy'],
    ['slower than 2 s', true, observed({ predictionTimeMs: { p50: 1, p95: 2100, p99: 2200 } }), 'degraded'],
    ['no weather at all', true, observed({ weatherDefaults: 100 }), 'healthy'],
    ['no ledger', true, null, 'degraded'],
  ])('%s', (_, serving, seen, status) => {
    expect(healthOf(serving, seen).status).toBe(status);
  });

  it('gives rates only where something was asked, and names what it found', () => {
    expect(healthOf(true, NOTHING)).toEqual({
      status: 'idle',
      successRate: null,
      errorRate: null,
      findings: [],
    });
    expect(healthOf(true, observed({ failures: 25, weatherDefaults: 50 }))).toMatchObject({
      ...{ successRate: 0.75, errorRate: 0.25 },
      findings: [
        {
          name: 'failureRate',
          level: 'warn',
          value: 0.25,
          threshold: 0.2,
          text: expect.stringContaining('25.0 %'),
        },
        { name: 'weatherDefaultRate', level: 'shown', value: 0.5 },
      ],
    });
  });

  it('calls off, idle and collecting healthy: nothing is wrong', () => {
    expect((['off', 'idle', 'collecting', 'healthy', 'degraded', 'failing'] as const).map(isHealthy)).toEqual(
      [true, true, true, true, false, false],
    );
  });
});

describe('readUsage', () => {
  it('looks at an hour and a day, and knows nothing without a ledger', async () => {
    const windows: number[] = [];
    const ledger: Pick<Ledger, 'totals' | 'metrics'> = {
      totals: async () => ({ sinceMs: null, traffic }),
      async metrics(fromMs, untilMs) {
        windows.push(untilMs - fromMs);
        return { fromMs, untilMs, traffic, accuracy: accuracyOf({}) };
      },
    };
    expect(await readUsage(ledger, 1e12)).toMatchObject({ totals: traffic, since: null, requestsIn24h: 100 });
    expect(windows).toEqual([3_600_000, 86_400_000]);
    const away = () => Promise.reject(new Error('away'));
    expect(await readUsage({ ...ledger, totals: away }, 1e12)).toBeNull();
  });
});
