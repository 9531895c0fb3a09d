/** The ledger in SQLite: the tables and units of the one in Postgres. */
export const SQLITE_LEDGER_SQL = `
CREATE TABLE prediction (
  request_id TEXT PRIMARY KEY NOT NULL,
  booking_id TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  scheduled_ms INTEGER,
  variant TEXT NOT NULL,
  source TEXT NOT NULL,
  reason TEXT,
  revision INTEGER,
  percentage REAL,
  predicted_minutes REAL NOT NULL,
  model_minutes REAL,
  heuristic_minutes REAL NOT NULL,
  lower_minutes REAL,
  upper_minutes REAL,
  confidence REAL,
  attempt TEXT NOT NULL,
  prediction_time_ms REAL,
  weather_factor REAL NOT NULL,
  weather_reason TEXT,
  out_of_range INTEGER NOT NULL,
  features TEXT NOT NULL,
  driver_id TEXT,
  model_name TEXT NOT NULL,
  model_version TEXT NOT NULL,
  simulated INTEGER NOT NULL,
  instance TEXT NOT NULL,
  answer TEXT
) STRICT;
CREATE INDEX prediction_created ON prediction (created_ms, request_id);
CREATE INDEX prediction_booking ON prediction (booking_id, created_ms, request_id);

CREATE TABLE outcome (
  booking_id TEXT PRIMARY KEY NOT NULL,
  actual_minutes REAL NOT NULL,
  pickup_ms INTEGER,
  origin TEXT NOT NULL,
  known_ms INTEGER NOT NULL,
  settled_ms INTEGER NOT NULL,
  standing TEXT NOT NULL,
  request_id TEXT,
  error_minutes REAL
) STRICT;
CREATE INDEX outcome_settled ON outcome (settled_ms, booking_id);
CREATE INDEX outcome_missed ON outcome (settled_ms, error_minutes) WHERE error_minutes > 5;
CREATE INDEX outcome_largest ON outcome ((settled_ms / 86400000), error_minutes, settled_ms)
  WHERE error_minutes > 5;

CREATE TABLE outcome_correction (
  booking_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  origin TEXT NOT NULL,
  actual_minutes REAL NOT NULL,
  pickup_ms INTEGER,
  old_origin TEXT NOT NULL,
  old_actual_minutes REAL NOT NULL,
  old_pickup_ms INTEGER,
  old_settled_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX outcome_correction_at ON outcome_correction (at_ms);

CREATE TABLE traffic_sum (
  span_ms INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  model_variant INTEGER NOT NULL,
  source_model INTEGER NOT NULL,
  source_heuristic INTEGER NOT NULL,
  source_fallback INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  ineligible INTEGER NOT NULL,
  weather_defaults INTEGER NOT NULL,
  out_of_range INTEGER NOT NULL,
  simulated INTEGER NOT NULL,
  confidence_count INTEGER NOT NULL,
  confidence_sum INTEGER NOT NULL,
  time_count INTEGER NOT NULL,
  time_sum INTEGER NOT NULL,
  PRIMARY KEY (span_ms, start_ms)
) STRICT;

CREATE TABLE accuracy_sum (
  span_ms INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  scored INTEGER NOT NULL,
  unscored INTEGER NOT NULL,
  unpredicted INTEGER NOT NULL,
  late INTEGER NOT NULL,
  late_predicted INTEGER NOT NULL,
  covered INTEGER NOT NULL,
  with_interval INTEGER NOT NULL,
  model_count INTEGER NOT NULL,
  model_actual INTEGER NOT NULL,
  model_actual_squares INTEGER NOT NULL,
  model_error INTEGER NOT NULL,
  model_absolute INTEGER NOT NULL,
  model_squares INTEGER NOT NULL,
  model_accurate INTEGER NOT NULL,
  model_missed INTEGER NOT NULL,
  heuristic_count INTEGER NOT NULL,
  heuristic_actual INTEGER NOT NULL,
  heuristic_actual_squares INTEGER NOT NULL,
  heuristic_error INTEGER NOT NULL,
  heuristic_absolute INTEGER NOT NULL,
  heuristic_squares INTEGER NOT NULL,
  heuristic_accurate INTEGER NOT NULL,
  heuristic_missed INTEGER NOT NULL,
  served_count INTEGER NOT NULL,
  served_actual INTEGER NOT NULL,
  served_actual_squares INTEGER NOT NULL,
  served_error INTEGER NOT NULL,
  served_absolute INTEGER NOT NULL,
  served_squares INTEGER NOT NULL,
  served_accurate INTEGER NOT NULL,
  served_missed INTEGER NOT NULL,
  served_by_model_count INTEGER NOT NULL,
  served_by_model_actual INTEGER NOT NULL,
  served_by_model_actual_squares INTEGER NOT NULL,
  served_by_model_error INTEGER NOT NULL,
  served_by_model_absolute INTEGER NOT NULL,
  served_by_model_squares INTEGER NOT NULL,
  served_by_model_accurate INTEGER NOT NULL,
  served_by_model_missed INTEGER NOT NULL,
  PRIMARY KEY (span_ms, start_ms)
) STRICT;

CREATE TABLE time_count (
  span_ms INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (span_ms, start_ms, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_mark (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT;
`;
