/** What the guard remembers in SQLite: the tables and units of those in Postgres. */
export const SQLITE_GUARD_SQL = `
CREATE INDEX prediction_scheduled ON prediction (scheduled_ms, request_id);

CREATE TABLE guard_lease (
  key TEXT PRIMARY KEY NOT NULL,
  holder TEXT NOT NULL,
  until_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE guard_episode (
  key TEXT NOT NULL,
  id TEXT NOT NULL,
  rule TEXT NOT NULL,
  level TEXT NOT NULL,
  began_ms INTEGER NOT NULL,
  ended_ms INTEGER,
  looks INTEGER NOT NULL,
  text TEXT NOT NULL,
  value REAL,
  threshold REAL,
  action TEXT,
  dry_run INTEGER NOT NULL,
  acted_ms INTEGER,
  acknowledged_ms INTEGER,
  acknowledged_by TEXT,
  PRIMARY KEY (key, id)
) STRICT;
CREATE INDEX guard_episode_ended ON guard_episode (key, ended_ms);
CREATE INDEX guard_episode_unseen ON guard_episode (key)
  WHERE acted_ms IS NOT NULL AND acknowledged_ms IS NULL;

CREATE TABLE uptime_minute (
  key TEXT NOT NULL,
  minute_ms INTEGER NOT NULL,
  PRIMARY KEY (key, minute_ms)
) STRICT, WITHOUT ROWID;
`;
