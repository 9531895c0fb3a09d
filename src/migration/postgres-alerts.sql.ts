/** Alerts on their way to people, one row for each place they go to. Times are milliseconds since the epoch, UTC. */
export const POSTGRES_ALERTS_SQL = `
CREATE TABLE atmr_ml.alert_outbox (
  key text NOT NULL,
  id text NOT NULL,
  channel text NOT NULL,
  recipient text,
  alert text NOT NULL,
  alert_id text NOT NULL,
  created_ms bigint NOT NULL,
  not_before_ms bigint NOT NULL,
  next_ms bigint NOT NULL,
  attempts bigint NOT NULL,
  claimed_by text,
  claimed_until_ms bigint,
  sent_ms bigint,
  gave_up_ms bigint,
  last_error text,
  PRIMARY KEY (key, id)
);
CREATE INDEX alert_outbox_open ON atmr_ml.alert_outbox (key, created_ms, id)
  WHERE sent_ms IS NULL AND gave_up_ms IS NULL;
CREATE INDEX alert_outbox_created ON atmr_ml.alert_outbox (key, created_ms, id);
CREATE INDEX alert_outbox_ended ON atmr_ml.alert_outbox (key, (coalesce(sent_ms, gave_up_ms)));
`;
