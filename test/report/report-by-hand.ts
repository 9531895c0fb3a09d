import { changesIn } from '../../src/report/changes.js';
import { answerOf, armEvidence, evidenceDays, knownByDay } from '../../src/report/evidence.js';
import { figuresOf, type Measured } from '../../src/report/figures.js';
import { periodOf } from '../../src/report/period.js';
import type { PeriodReport } from '../../src/report/report.js';
import { DEFAULT_INPUTS } from '../../src/roi/inputs.js';
import { roiDocument } from '../../src/roi/roi.js';
import { emptySavings, estimateSavings } from '../../src/roi/savings.js';
import type { DayFigures } from '../../src/rollout/day-figures.js';
import { days, NOW_MS, surveyBy, TIME_ZONE } from '../render/survey-by-hand.js';

export const MEASURED: Measured = {
  traffic: {
    ...{ requests: 700, modelVariant: 180, bySource: { model: 175, heuristic: 520, fallback: 5 } },
    ...{ attempts: 700, failures: 7, ineligible: 0, weatherDefaults: 0, outOfRange: 0, simulated: 0 },
    ...{ avgConfidence: 0.8, avgPredictionTimeMs: 12, predictionTimeMs: { p50: 10, p95: 40, p99: 80 } },
    ...{ timed: 700, slow: 0 },
  },
  accuracy: {
    ...{ settled: 690, unscored: 0, unpredicted: 0, improvement: -0.4, late: 300, latePredicted: 240 },
    ...{ covered: 620, withInterval: 690 },
    model: scores(1.6, 0.75),
    heuristic: scores(3, 0.2),
    served: scores(2.5, 0.4),
    servedByModel: scores(1.6, 0.75),
  },
  uptime: 0.9995,
};

function scores(mae: number, r2: number) {
  return { count: 690, mae, rmse: mae * 1.3, r2, bias: 0, accuracyRate: 0.9, missRate: 0.02 };
}

const NOTHING = { count: 0, mae: null, rmse: null, r2: null, bias: null, accuracyRate: null, missRate: null };
/** Of a system that was never asked anything. */
export const UNMEASURED: Measured = {
  traffic: {
    ...{ requests: 0, modelVariant: 0, bySource: { model: 0, heuristic: 0, fallback: 0 } },
    ...{ attempts: 0, failures: 0, ineligible: 0, weatherDefaults: 0, outOfRange: 0, simulated: 0 },
    ...{ avgConfidence: null, avgPredictionTimeMs: null, predictionTimeMs: null, timed: 0, slow: 0 },
  },
  accuracy: {
    ...{ settled: 0, unscored: 0, unpredicted: 0, improvement: null, late: 0, latePredicted: 0 },
    ...{ covered: 0, withInterval: 0 },
    ...{ model: NOTHING, heuristic: NOTHING, served: NOTHING, servedByModel: NOTHING },
  },
  uptime: null,
};

interface ByHand {
  readonly known?: readonly DayFigures[];
  readonly measured?: Measured;
  readonly changes?: Partial<PeriodReport>;
}

/** A report as the real functions make it of what a test gives. By default the model is better. */
export function reportBy({
  known = days(14, 1.6, 3),
  measured = MEASURED,
  changes = {},
}: ByHand = {}): PeriodReport {
  const period = periodOf('week', '2026-W24', NOW_MS, TIME_ZONE);
  const { assessment } = surveyBy();
  const { decisions, shares } = changesIn([], period, 'guard', (text) => text);
  const all = armEvidence(known, period.firstDay);
  const { decision, phase, step, steps, percentage, nextPercentage, reasons, nextCommand, approvals } =
    assessment;
  return {
    period: {
      ...{
        kind: 'week',
        name: period.name,
        from: '2026-06-07T22:00:00.000Z',
        until: '2026-06-14T22:00:00.000Z',
      },
      ...{ firstDay: '2026-06-08', lastDay: '2026-06-14', finished: true, before: '2026-W23' },
    },
    ...{ at: '2026-06-15T04:07:00.000Z', timeZone: TIME_ZONE, flag: 'ml-delay-prediction', place: 'here' },
    model: { name: 'delay_predictor', version: '1' },
    simulated: { bookings: false, model: false },
    verdict: {
      ...{ answer: answerOf(all.improvement), improvement: all.improvement, since: '2026-06-01' },
      ...{ shareAtEnd: 25, shareNow: 25, takenBack: 0 },
    },
    traffic: {
      ...{ answers: measured.traffic.requests, answersBefore: 0, shares },
      ...{ bySource: measured.traffic.bySource, bySourceBefore: UNMEASURED.traffic.bySource },
    },
    figures: figuresOf(measured, UNMEASURED),
    evidence: {
      ...{
        period: armEvidence(known.slice(7), period.firstDay),
        before: armEvidence(known.slice(0, 7), period.firstDay - 7),
      },
      ...{ sinceBaseline: all, days: evidenceDays(known), improvementByDay: knownByDay(known) },
      gates: assessment.gates,
    },
    decisions,
    incidents: { known: [], fault: null },
    messages: { known: { sent: 0, failed: 0, waiting: 0 }, fault: null },
    roi: {
      known: roiDocument(
        DEFAULT_INPUTS,
        {
          savings: estimateSavings(emptySavings(), 1),
          ...{ source: { name: 'the ledger', shipped: false }, excluded: {} },
          simulated: { bookings: false, model: false },
        },
        { percentage: 25, percentageFrom: 'flag' },
        1,
      ),
      fault: null,
    },
    checklist: { known: null, fault: null },
    next: {
      ...{ decision, phase, step, steps, percentage, nextPercentage, reasons, nextCommand, approvals },
      ...{ earliestAt: '2026-06-15T06:00:00.000Z', expectedAt: null, guard: null },
      bookings: { settled: 690, needed: 100 },
    },
    ...changes,
  };
}
