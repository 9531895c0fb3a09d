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
  // Of what is rendered: markup and style around what is said, and numbers with their unit.
  ({ file, text }) => file.startsWith('src/render/') && /^\s*(\{0\})?(<|:root|@page|\{0\} min$)/.test(text),
  ({ file, text }) => file.startsWith('src/render/') && text === '{0} min',
  // Commands to copy, and their options.
  ({ file, text }) => /^src\/(render|analysis|error-analysis)\//.test(file) && /^(`?atmr-ml | --)/.test(text),
  // Values of documents, which what is rendered looks up; names of clusters, a file of Redis and a class of a page.
  ({ file, text }) =>
    /^src\/(render|replay|analysis|spread|statistics)\//.test(file) &&
    [
      ...['weather known', 'driver bookings', 'not told', 'too few', 'a day', '{0} and {1}', 'booking {0}'],
      ...['never written', 'forced off', 'rollout status', 'whole wordy', 'CANCELLED the run was ended'],
    ].includes(text),
  // A method's name, and a line that the rollout guide names.
  ({ text }) => text === 'Fieller [{0}, {1}]' || text === 'Is default: {0}',
];
