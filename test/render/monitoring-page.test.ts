import { describe, expect, it } from 'vitest';
import { changedContent, type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import type { Accuracy, ArmScores, StoredPrediction, Traffic } from '../../src/ledger/ledger.js';
import { type Monitoring, monitoringPage } from '../../src/render/monitoring-page.js';

const HOSTILE = '"><script>alert(1)</script>';
const author = { at: '2026-03-01T09:42:00.000Z', by: HOSTILE, reason: HOSTILE };
const content = changedContent(unwrittenFlag('k'), { enabled: true, percentage: 25 }, 'activate', author);
const flag: Flag = { ...content, revision: 7, changeId: 'c7', clears: [] };
const NO_SCORES: ArmScores = {
  ...{ count: 0, mae: null, rmse: null, r2: null, bias: null, accuracyRate: null, missRate: null },
};
const traffic = {
  ...{ requests: 0, attempts: 0, failures: 0, weatherDefaults: 0, predictionTimeMs: null },
  bySource: { model: 0, heuristic: 0, fallback: 0 },
} as unknown as Traffic;
const accuracy = {
  settled: 0,
  model: NO_SCORES,
  heuristic: NO_SCORES,
  improvement: null,
} as unknown as Accuracy;
const window = { fromMs: 0, untilMs: 1, traffic, accuracy };
const answered = {
  row: {
    ...{ bookingId: HOSTILE, createdMs: Date.parse(author.at), variant: 'model', source: 'fallback' },
    ...{ reason: HOSTILE, predictedMinutes: 7.25, heuristicMinutes: 7.25 },
  },
  ...{ actualDelayMinutes: -2, settledMs: null },
} as unknown as StoredPrediction;
const monitoring: Monitoring = {
  report: {
    status: {
      ...{ state: 'on', flag, regressed: false, marks: [], foreignMarks: [], since: flag, stores: [] },
      instances: [
        {
          ...{ instance: HOSTILE, host: HOSTILE, pid: 1, url: null, revision: 7, changeId: 'c7', off: [] },
          ...{ model: null, seenAgoMs: 400, live: false, confirmed: false },
        },
      ],
    },
    model: { name: HOSTILE, version: '1', simulated: true },
    ...{ usage: null, place: HOSTILE, at: '2026-03-01T11:43:00.000Z', timeZone: 'Europe/Zurich' },
    health: { status: 'healthy', successRate: null, errorRate: null, findings: [] },
    warnings: [{ code: 'SIMULATED_MODEL', text: HOSTILE }],
  },
  ledger: { day: window, week: window, latest: [answered], anomalies: [], anomalyCount: 0 },
};

describe('monitoringPage', () => {
  it('escapes whatever came from outside', () => {
    const page = monitoringPage(monitoring);
    expect(page).not.toContain('<script');
    expect(page.match(/&lt;script&gt;/g)?.length).toBeGreaterThanOrEqual(7);
  });

  it('invents no numbers where nothing is known, and gives local times', () => {
    const page = monitoringPage(monitoring);
    expect(page).not.toMatch(/NaN|undefined|null|Infinity/);
    expect(page).toContain('2026-03-01 10:42');
    expect(page).toContain('<td>−2.0</td>');
    expect(monitoringPage({ ...monitoring, ledger: null })).toContain('does not answer');
  });

  it('says first what matters', () => {
    const { report } = monitoring;
    const verdict = (over: object) => {
      const page = monitoringPage({
        ...monitoring,
        report: { ...report, status: { ...report.status, ...over } },
      });
      return /class="verdict tone-(\w+)">([^<]*)</.exec(page)?.slice(1);
    };
    expect(verdict({})).toEqual(['good', 'On, 25 % of the bookings · healthy']);
    expect(verdict({ regressed: true })).toEqual(['bad', 'The store lost data: control answers']);
    expect(verdict({ state: 'forced off' })?.[1]).toBe('Forced off: the heuristic answers');
  });
});
