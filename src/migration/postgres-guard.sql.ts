/**
 * What the guard remembers, and the way to predictions by the time of their ride. Times are milliseconds since the
 * epoch, UTC.
 */
export const POSTGRES_GUARD_SQL = `
CREATE INDEX prediction_scheduled ON atmr_ml.prediction (scheduled_ms, request_id);

CREATE TABLE atmr_ml.guard_lease (
  key text PRIMARY KEY NOT NULL,
  holder text NOT NULL,
  until_ms bigint NOT NULL
);

CREATE TABLE atmr_ml.guard_episode (
  key text NOT NULL,
  id text NOT NULL,
  rule text NOT NULL,
  level text NOT NULL,
  began_ms bigint NOT NULL,
  ended_ms bigint,
  looks bigint NOT NULL,
  text text NOT NULL,
  value double precision,
  threshold double precision,
  action text,
  dry_run bigint NOT NULL,
  acted_ms bigint,
  acknowledged_ms bigint,
  acknowledged_by text,
  PRIMARY KEY (key, id)
);
CREATE INDEX guard_episode_ended ON atmr_ml.guard_episode (key, ended_ms);
CREATE INDEX guard_episode_unseen ON atmr_ml.guard_episode (key)
  WHERE acted_ms IS NOT NULL AND acknowledged_ms IS NULL;

CREATE TABLE atmr_ml.uptime_minute (
  key text NOT NULL,
  minute_ms bigint NOT NULL,
  PRIMARY KEY (key, minute_ms)
);
`;
