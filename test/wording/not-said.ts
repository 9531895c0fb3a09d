import type { Sentence } from './sentences.js';

/** What reads like a sentence and is none of ours to translate, by kind. */
export const NOT_SAID: readonly ((sentence: Sentence) => boolean)[] = [
  // Word tables that are complete in both languages by their types.
  ({ file }) => /^src\/(wording|wizard|report|alerts\/messages)\/.*(english|french|numbers)\.ts$/.test(file),
  ({ file }) => file.startsWith('src/wording/fr/'),
  // Statements.
  ({ text }) =>
    /^\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|WITH|ALTER|COPY|BEGIN|SET|DROP|GRANT|PRAGMA|WHERE|AND|FROM|LEFT JOIN|JOIN|ON CONFLICT|ORDER BY|RETURNING|VALUES|LOCK|LISTEN|NOTIFY|COMMIT|ROLLBACK|SAVEPOINT|START)\b/.test(
      text,
    ),
];
