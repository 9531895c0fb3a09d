/**
 * The ledger in Postgres. Times are milliseconds since the epoch, UTC; documents are JSON text. A span of sums is
 * named by its length in milliseconds and its start; 0 is all since the last reset. Minutes are summed in whole
 * thousandths, their squares in millionths, confidence in millionths, prediction times in microseconds.
 */
export const POSTGRES_LEDGER_SQL = `
CREATE TABLE atmr_ml.prediction (
  request_id text PRIMARY KEY NOT NULL,
  booking_id text NOT NULL,
  created_ms bigint NOT NULL,
  scheduled_ms bigint,
  variant text NOT NULL,
  source text NOT NULL,
  reason text,
  revision bigint,
  percentage double precision,
  predicted_minutes double precision NOT NULL,
  model_minutes double precision,
  heuristic_minutes double precision NOT NULL,
  lower_minutes double precision,
  upper_minutes double precision,
  confidence double precision,
  attempt text NOT NULL,
  prediction_time_ms double precision,
  weather_factor double precision NOT NULL,
  weather_reason text,
  out_of_range bigint NOT NULL,
  features text NOT NULL,
  driver_id text,
  model_name text NOT NULL,
  model_version text NOT NULL,
  simulated bigint NOT NULL,
  instance text NOT NULL,
  answer text
);
CREATE INDEX prediction_created ON atmr_ml.prediction (created_ms, request_id);
CREATE INDEX prediction_booking ON atmr_ml.prediction (booking_id, created_ms, request_id);

CREATE TABLE atmr_ml.outcome (
  booking_id text PRIMARY KEY NOT NULL,
  actual_minutes double precision NOT NULL,
  pickup_ms bigint,
  origin text NOT NULL,
  known_ms bigint NOT NULL,
  settled_ms bigint NOT NULL,
  standing text NOT NULL,
  request_id text,
  error_minutes double precision
);
CREATE INDEX outcome_settled ON atmr_ml.outcome (settled_ms, booking_id);
CREATE INDEX outcome_missed ON atmr_ml.outcome (settled_ms, error_minutes) WHERE error_minutes > 5;
CREATE INDEX outcome_largest ON atmr_ml.outcome ((settled_ms / 86400000), error_minutes, settled_ms)
  WHERE error_minutes > 5;

CREATE TABLE atmr_ml.outcome_correction (
  booking_id text NOT NULL,
  at_ms bigint NOT NULL,
  origin text NOT NULL,
  actual_minutes double precision NOT NULL,
  pickup_ms bigint,
  old_origin text NOT NULL,
  old_actual_minutes double precision NOT NULL,
  old_pickup_ms bigint,
  old_settled_ms bigint NOT NULL
);
CREATE INDEX outcome_correction_at ON atmr_ml.outcome_correction (at_ms);

CREATE TABLE atmr_ml.traffic_sum (
  span_ms bigint NOT NULL,
  start_ms bigint NOT NULL,
  requests bigint NOT NULL,
  model_variant bigint NOT NULL,
  source_model bigint NOT NULL,
  source_heuristic bigint NOT NULL,
  source_fallback bigint NOT NULL,
  attempts bigint NOT NULL,
  failures bigint NOT NULL,
  ineligible bigint NOT NULL,
  weather_defaults bigint NOT NULL,
  out_of_range bigint NOT NULL,
  simulated bigint NOT NULL,
  confidence_count bigint NOT NULL,
  confidence_sum bigint NOT NULL,
  time_count bigint NOT NULL,
  time_sum bigint NOT NULL,
  PRIMARY KEY (span_ms, start_ms)
);

CREATE TABLE atmr_ml.accuracy_sum (
  span_ms bigint NOT NULL,
  start_ms bigint NOT NULL,
  scored bigint NOT NULL,
  unscored bigint NOT NULL,
  unpredicted bigint NOT NULL,
  late bigint NOT NULL,
  late_predicted bigint NOT NULL,
  covered bigint NOT NULL,
  with_interval bigint NOT NULL,
  model_count bigint NOT NULL,
  model_actual bigint NOT NULL,
  model_actual_squares bigint NOT NULL,
  model_error bigint NOT NULL,
  model_absolute bigint NOT NULL,
  model_squares bigint NOT NULL,
  model_accurate bigint NOT NULL,
  model_missed bigint NOT NULL,
  heuristic_count bigint NOT NULL,
  heuristic_actual bigint NOT NULL,
  heuristic_actual_squares bigint NOT NULL,
  heuristic_error bigint NOT NULL,
  heuristic_absolute bigint NOT NULL,
  heuristic_squares bigint NOT NULL,
  heuristic_accurate bigint NOT NULL,
  heuristic_missed bigint NOT NULL,
  served_count bigint NOT NULL,
  served_actual bigint NOT NULL,
  served_actual_squares bigint NOT NULL,
  served_error bigint NOT NULL,
  served_absolute bigint NOT NULL,
  served_squares bigint NOT NULL,
  served_accurate bigint NOT NULL,
  served_missed bigint NOT NULL,
  served_by_model_count bigint NOT NULL,
  served_by_model_actual bigint NOT NULL,
  served_by_model_actual_squares bigint NOT NULL,
  served_by_model_error bigint NOT NULL,
  served_by_model_absolute bigint NOT NULL,
  served_by_model_squares bigint NOT NULL,
  served_by_model_accurate bigint NOT NULL,
  served_by_model_missed bigint NOT NULL,
  PRIMARY KEY (span_ms, start_ms)
);

CREATE TABLE atmr_ml.time_count (
  span_ms bigint NOT NULL,
  start_ms bigint NOT NULL,
  bucket bigint NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (span_ms, start_ms, bucket)
);

CREATE TABLE atmr_ml.ledger_mark (
  name text PRIMARY KEY NOT NULL,
  value text NOT NULL
);
`;
