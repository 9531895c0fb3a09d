/** Alerts on their way to people in SQLite: the table and units of the one in Postgres. */
export const SQLITE_ALERTS_SQL = `
CREATE TABLE alert_outbox (
  key TEXT NOT NULL,
  id TEXT NOT NULL,
  channel TEXT NOT NULL,
  recipient TEXT,
  alert TEXT NOT NULL,
  alert_id TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  not_before_ms INTEGER NOT NULL,
  next_ms INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  claimed_by TEXT,
  claimed_until_ms INTEGER,
  sent_ms INTEGER,
  gave_up_ms INTEGER,
  last_error TEXT,
  PRIMARY KEY (key, id)
) STRICT;
-- The two that are null are named: else SQLite, which does not know how few are open, takes another index.
CREATE INDEX alert_outbox_open ON alert_outbox (key, sent_ms, gave_up_ms, created_ms, id)
  WHERE sent_ms IS NULL AND gave_up_ms IS NULL;
CREATE INDEX alert_outbox_created ON alert_outbox (key, created_ms, id);
CREATE INDEX alert_outbox_ended ON alert_outbox (key, coalesce(sent_ms, gave_up_ms));
`;
