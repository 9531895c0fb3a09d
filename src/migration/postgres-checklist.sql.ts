/** What people answered to the checklists: only ever added to. Times are milliseconds since the epoch, UTC. */
export const POSTGRES_CHECKLIST_SQL = `
CREATE TABLE atmr_ml.checklist_answer (
  key text NOT NULL,
  list text NOT NULL,
  item text NOT NULL,
  at bigint NOT NULL,
  id uuid NOT NULL,
  answer text NOT NULL CHECK (answer IN ('yes', 'no')),
  by text NOT NULL,
  note text NOT NULL,
  PRIMARY KEY (key, list, item, at, id)
);
`;
