/** The one table of rates and thresholds: what is shown, what warns, and what acts. Rates are fractions. */
export const THRESHOLDS = {
  /** Model failures / model attempts, shadow included. */
  failureRate: { warnAbove: 0.2, actAbove: 0.3 },
  /** Settled bookings with |error| > 5 min. */
  missRate: { warnAbove: 0.2 },
  /** Settled bookings with |error| < 3 min. */
  accuracyRate: { shownBelow: 0.8 },
  /** Minutes. */
  mae: { warnAbove: 2.5 },
  r2: { shownBelow: 0.68 },
  /** MAE(model) / MAE(heuristic) − 1. */
  improvement: { shownAbove: -0.32 },
  /** p95, ms. */
  predictionTimeMs: { shownAbove: 1000, warnAbove: 2000 },
  /** Answers whose weather was the default / all. */
  weatherDefaultRate: { shownAbove: 0.1 },
  /** Rides more than 5 min late that were predicted so / all that came so late. */
  lateRecall: { shownBelow: 0.75 },
  /** Minutes of the service with a heartbeat / all minutes. */
  uptime: { shownBelow: 0.999 },
} as const;

/** Fewer attempts, or settled bookings, prove nothing. */
export const FEWEST_FOR_A_VERDICT = 30;
