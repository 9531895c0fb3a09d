import type { FoundAlerts } from '../alerts/read-alerts.js';
import type { Drift } from '../analysis/drift.js';
import type { Checklist } from '../checklist/checklist.js';
import type { AuditEntry } from '../flag/store.js';
import type { flagEvent } from '../http/flag-event.js';
import type { improvementDocument } from '../monitoring/improvement-document.js';
import type { metricsDocument } from '../monitoring/metrics-document.js';
import type { anomalyDocument, storedPredictionDocument } from '../monitoring/prediction-document.js';
import type { weatherDocument } from '../monitoring/weather-document.js';
import type { alertsDocument } from '../render/alerts.js';
import type { rolloutDocument } from '../render/rollout-status.js';
import type { statusDocument } from '../render/status.js';
import type { RoiDocument } from '../roi/roi.js';

/** What the API answers, typed by the code that makes it: a field that goes there is missed here by the compiler. */
export type StatusAnswer = ReturnType<typeof statusDocument>;
export type RolloutAnswer = ReturnType<typeof rolloutDocument>;
export type ImprovementAnswer = ReturnType<typeof improvementDocument>;
export type AlertsAnswer = ReturnType<typeof alertsDocument>;
export type Episode = FoundAlerts['episodes'][number];
export type WeatherAnswer = ReturnType<typeof weatherDocument>;
export type ChecklistAnswer = Checklist;
export type RoiAnswer = RoiDocument & { readonly at: string };
export type FlagNow = ReturnType<typeof flagEvent>;

export type Metrics = ReturnType<typeof metricsDocument>;
export interface SummaryAnswer {
  readonly total_predictions: number;
  readonly metrics_24h: Metrics;
  readonly metrics_7d: Metrics;
  readonly metrics_7d_before: Metrics;
  readonly anomalies_count: number;
}
export interface DailyAnswer {
  readonly days: readonly ({ readonly date: string } & Metrics)[];
}
export type Prediction = ReturnType<typeof storedPredictionDocument>;
export interface PredictionsAnswer {
  readonly count: number;
  readonly predictions: readonly Prediction[];
}
export interface AnomaliesAnswer {
  readonly threshold_mae: number;
  readonly count: number;
  readonly anomalies: readonly ReturnType<typeof anomalyDocument>[];
}
export interface HistoryAnswer {
  readonly changes: readonly AuditEntry[];
}
export interface DriftAnswer {
  readonly from: string | null;
  readonly until: string | null;
  readonly model_version: string | null;
  readonly columns: readonly Drift[];
}
