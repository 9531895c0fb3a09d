import { postgresAt } from '../postgres.js';
import { answersOf, rowOf } from './answer-rows.js';
import type { AnswerStore } from './answers.js';

const LIMIT_MS = 3000;
const COLUMNS = 8;

/** The answers in Postgres, schema `atmr_ml`: for all who share it. */
export function postgresAnswers(url: string, key: string): AnswerStore {
  const postgres = postgresAt(url);
  return {
    where: postgres.where,
    async add(answers) {
      if (answers.length === 0) return;
      const rows = answers.map((_, i) => {
        const places = Array.from({ length: COLUMNS }, (_column, j) => `$${i * COLUMNS + j + 1}`);
        return `(${places.join(', ')})`;
      });
      const values = answers.flatMap((answer) => rowOf(key, answer));
      await postgres.query(
        `INSERT INTO atmr_ml.checklist_answer VALUES ${rows.join(', ')}`,
        values,
        LIMIT_MS,
      );
    },
    async read(list) {
      const sql = `SELECT list, item, at, answer, by, note FROM atmr_ml.checklist_answer
                   WHERE key = $1 AND list = $2 ORDER BY at, id`;
      return answersOf(await postgres.query(sql, [key, list], LIMIT_MS), postgres.where);
    },
    close: postgres.close,
  };
}
