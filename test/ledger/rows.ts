import type { Outcome, PredictionRow } from '../../src/ledger/ledger.js';

/** 1 June 2026, 10:00 UTC. */
export const START_MS = Date.UTC(2026, 5, 1, 10);
export const MINUTE_MS = 60_000;

/** An answer by the model, an hour before the pickup. */
export function prediction(overrides: Partial<PredictionRow> = {}): PredictionRow {
  const createdMs = overrides.createdMs ?? START_MS;
  return {
    requestId: 'request-1',
    bookingId: 'booking-1',
    createdMs,
    scheduledMs: createdMs + 60 * MINUTE_MS,
    variant: 'model',
    source: 'model',
    reason: null,
    revision: 3,
    percentage: 25,
    predictedMinutes: 6,
    modelMinutes: 6,
    heuristicMinutes: 4,
    lowerMinutes: 2,
    upperMinutes: 10,
    confidence: 0.75,
    attempt: 'answered',
    predictionTimeMs: 12.5,
    weatherFactor: 0.5,
    weatherReason: null,
    outOfRange: 0,
    features: { distance_km: 4.25, driver_total_bookings: null },
    driverId: null,
    modelName: 'delay_predictor',
    modelVersion: '1.0.0',
    simulated: false,
    instance: 'here-1',
    answer: null,
    ...overrides,
  };
}

export function outcome(overrides: Partial<Outcome> = {}): Outcome {
  return {
    bookingId: 'booking-1',
    actualDelayMinutes: 7,
    actualPickupMs: null,
    origin: 'api',
    ...overrides,
  };
}
