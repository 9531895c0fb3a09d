import { sqlitePath } from '../flag/stores.js';
import { sqliteAt } from '../sqlite.js';
import { t } from '../wording/t.js';
import { answersOf, rowOf } from './answer-rows.js';
import type { AnswerStore } from './answers.js';

/** The answers in the embedded file: for one machine. */
export function sqliteAnswers(home: string, key: string): AnswerStore {
  const path = sqlitePath(home);
  const sqlite = sqliteAt(path);
  const where = t`SQLite at ${path}`;
  return {
    where,
    add: (answers) =>
      sqlite.write((database) => {
        const insert = database.prepare('INSERT INTO checklist_answer VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
        for (const answer of answers) insert.run(...rowOf(key, answer));
      }),
    async read(list) {
      const sql = `SELECT list, item, at, answer, "by", note FROM checklist_answer
                   WHERE key = ? AND list = ? ORDER BY at, id`;
      return answersOf(await sqlite.read((database) => database.prepare(sql).all(key, list)), where);
    },
    close: async () => sqlite.close(),
  };
}
