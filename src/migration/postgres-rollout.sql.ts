/** The rollout under way, a part of the flag. The commit is the one before, with its column. */
export const POSTGRES_ROLLOUT_SQL = `
ALTER TABLE atmr_ml.flag ADD COLUMN rollout text;

CREATE OR REPLACE FUNCTION atmr_ml.flag_commit(command json) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
  flag_key text := command->>'key';
  mark json := nullif(command->>'mark', '')::json;
  after json := (command->>'after')::json;
  named_ids uuid[] := ARRAY(SELECT json_array_elements_text(command->'named'))::uuid[];
  new_revision bigint := (command->>'revision')::bigint;
  current atmr_ml.flag;
  newest atmr_ml.flag_audit;
  done bigint;
BEGIN
  PERFORM set_config('synchronous_commit', 'on', true);
  -- A row that does not exist yet cannot be locked; its name can.
  PERFORM pg_advisory_xact_lock(hashtextextended('atmr_ml.flag ' || flag_key, 0));

  SELECT a.revision INTO done FROM atmr_ml.flag_audit a
    WHERE a.key = flag_key AND a.change_id = (command->>'changeId')::uuid;
  IF FOUND THEN RETURN json_build_object('kind', 'committed', 'revision', done); END IF;

  SELECT * INTO current FROM atmr_ml.flag f WHERE f.key = flag_key;
  IF mark IS NOT NULL AND EXISTS (
    SELECT FROM atmr_ml.flag_mark m WHERE m.key = flag_key AND m.id = (mark->>'id')::uuid
  ) THEN RETURN json_build_object('kind', 'committed', 'revision', coalesce(current.revision, 0)); END IF;

  SELECT * INTO newest FROM atmr_ml.flag_audit a WHERE a.key = flag_key ORDER BY a.revision DESC LIMIT 1;
  IF coalesce(current.revision, 0) <> (command->>'expected')::bigint
    OR newest.hash IS DISTINCT FROM command->>'previousHash'
  THEN
    RETURN json_build_object('kind', 'conflict', 'winner',
      CASE WHEN newest.revision IS NOT NULL THEN row_to_json(newest) END);
  END IF;

  IF NOT (command->>'hasCopy')::boolean THEN
    UPDATE atmr_ml.flag_mark m SET ended_revision = new_revision
      WHERE m.key = flag_key AND m.id = ANY (named_ids) AND m.ended_revision IS NULL;
  END IF;
  INSERT INTO atmr_ml.flag AS f
    SELECT flag_key, (after->>'enabled')::boolean, (after->>'percentage')::numeric,
      (after->>'fallbackOnError')::boolean, after->>'salt', after->>'model', new_revision,
      (command->>'changeId')::uuid,
      ARRAY(SELECT unnest(current.clears || named_ids) EXCEPT
            SELECT m.id FROM atmr_ml.flag_mark m WHERE m.key = flag_key AND m.ended_revision IS NOT NULL),
      (command->>'at')::bigint, after->>'updatedBy', after->>'reason', after->>'action', after->>'rollout'
    ON CONFLICT (key) DO UPDATE SET enabled = excluded.enabled, percentage = excluded.percentage,
      fallback_on_error = excluded.fallback_on_error, salt = excluded.salt, model = excluded.model,
      revision = excluded.revision, change_id = excluded.change_id, clears = excluded.clears,
      updated_at = excluded.updated_at, updated_by = excluded.updated_by, reason = excluded.reason,
      action = excluded.action, rollout = excluded.rollout;
  INSERT INTO atmr_ml.flag_audit
    VALUES (flag_key, new_revision, (command->>'changeId')::uuid, (command->>'at')::bigint, after->>'updatedBy',
      after->>'action', after->>'reason', named_ids, newest.after, command->>'after', command->>'previousHash',
      command->>'hash');
  IF mark IS NOT NULL THEN
    INSERT INTO atmr_ml.flag_mark (key, id, at, by, reason, host)
      VALUES (flag_key, (mark->>'id')::uuid, (command->>'markAt')::bigint, mark->>'by', mark->>'reason',
        mark->>'host');
  END IF;
  PERFORM pg_notify('atmr_ml_changed', flag_key);
  RETURN json_build_object('kind', 'committed', 'revision', new_revision);
END $$;
`;
