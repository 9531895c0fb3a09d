import type { OutOfRange } from '../features/out-of-range.js';
import type { WeatherDefaultReason } from '../weather/default-reason.js';
import type { Explanation } from './explain.js';
import type { PredictionInterval } from './interval.js';

/** The answer to one booking: the document of POST /predictions and of `predict`. */
export interface Prediction {
  readonly booking_id: string;
  readonly request_id: string | null;
  /** The arm that the booking was assigned to; `null` where nobody assigned it. */
  readonly variant: 'model' | 'control' | null;
  /** What answered; `fallback` is the heuristic in place of a model that failed. */
  readonly source: PredictionSource;
  /** Why, where it is not just the model's answer. */
  readonly reason: string | null;
  /** What happened, for people, where `reason` is INELIGIBLE or ERROR. */
  readonly detail: string | null;
  readonly predicted_minutes: number;
  readonly model_minutes: number | null;
  readonly heuristic_minutes: number;
  readonly interval: PredictionInterval | null;
  /** The probability, 0–1, that the model is wrong by no more than 3 minutes. */
  readonly confidence: number | null;
  readonly risk_level: RiskLevel;
  readonly contributing_factors: Explanation | null;
  readonly weather: WeatherUsed;
  readonly out_of_range: readonly OutOfRange[];
  /** True when the model or the booking is simulated. */
  readonly simulated: boolean;
  readonly model_version: string;
  /** Features and model. */
  readonly latency_ms: number;
  /** ISO 8601, UTC. */
  readonly created_at: string;
}

export type PredictionSource = 'model' | 'heuristic' | 'fallback';
export type RiskLevel = 'low' | 'medium' | 'high';

export interface WeatherUsed {
  readonly factor: number;
  readonly is_default: boolean;
  readonly reason: WeatherDefaultReason | null;
}

/** Who answers, and why. */
export interface Assignment {
  readonly requestId: string | null;
  readonly variant: Prediction['variant'];
  readonly source: PredictionSource;
  readonly reason: string | null;
}

/** What both arms said about one booking. */
export interface Answers {
  readonly bookingId: string;
  readonly heuristicMinutes: number;
  /** `null` when the model could not be asked or failed; `failure` then says why. */
  readonly model: ModelAnswer | null;
  readonly failure: { readonly reason: 'INELIGIBLE' | 'ERROR'; readonly detail: string } | null;
  readonly weather: WeatherUsed;
  readonly outOfRange: readonly OutOfRange[];
  readonly simulated: boolean;
  readonly modelVersion: string;
  readonly latencyMs: number;
}

export interface ModelAnswer {
  readonly minutes: number;
  readonly interval: PredictionInterval | null;
  readonly confidence: number | null;
  readonly explanation: Explanation | null;
}

const MEDIUM_RISK_MINUTES = 5;
const HIGH_RISK_MINUTES = 10;

/** Puts the answers together; interval, confidence and factors belong to the model's answer only. */
export function assemblePrediction(answers: Answers, assignment: Assignment, nowMs: number): Prediction {
  const { heuristicMinutes, model, failure } = answers;
  const shown = assignment.source === 'model' ? model : null;
  const minutes = shown?.minutes ?? heuristicMinutes;
  return {
    booking_id: answers.bookingId,
    request_id: assignment.requestId,
    variant: assignment.variant,
    source: assignment.source,
    reason: assignment.reason,
    detail: failure?.detail ?? null,
    predicted_minutes: minutes,
    model_minutes: model?.minutes ?? null,
    heuristic_minutes: heuristicMinutes,
    interval: shown?.interval ?? null,
    confidence: shown?.confidence ?? null,
    risk_level: riskLevel(minutes),
    contributing_factors: shown?.explanation ?? null,
    weather: answers.weather,
    out_of_range: answers.outOfRange,
    simulated: answers.simulated,
    model_version: answers.modelVersion,
    latency_ms: answers.latencyMs,
    created_at: new Date(nowMs).toISOString(),
  };
}

/** By predicted minutes late: from 5 medium, from 10 high. Early is never high. */
export function riskLevel(minutes: number): RiskLevel {
  if (minutes < MEDIUM_RISK_MINUTES) return 'low';
  return minutes < HIGH_RISK_MINUTES ? 'medium' : 'high';
}
