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
  // What `serve` tells programs of itself: its description, its figures, and its log.
  ({ file }) => /^src\/http\/(.*schemas|open-api|metrics|serve|closing|open-doors)\.ts$/.test(file),
  ({ file, text }) =>
    file.startsWith('src/http/') && /^\d{3} [A-Z]|^(Basic|Bearer) realm=|^private, |^wrong token /.test(text),
  // Names of classes of the page.
  ({ file }) => /^src\/dashboard\/.*\.tsx?$/.test(file),
  // Names of alerts and letters, by which they are told apart.
  ({ file }) => /^src\/alerts\/(alerts-of|routes)\.ts$/.test(file),
  ({ file, text }) => /^src\/alerts\/(letters|test-channels)\.ts$/.test(file) && /^\{0\} \w+( \{1\})?$/.test(text),
  // Commands to copy.
  ({ text }) => /^atmr-ml [a-z-]+( [a-z-]+)?( \{\d\})*$/.test(text.replaceAll(/(?<=\})(?=\{)/g, ' ')),
];
