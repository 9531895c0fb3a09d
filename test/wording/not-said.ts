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
  // SQL in pieces, and Lua.
  ({ file }) => /^src\/(booking\/(part|production-sql)|migration\/postgres-schema)\.ts$/.test(file),
  ({ text }) => /\bredis\.call\(/.test(text),
  // Names by which code decides, and those that files and stores keep.
  ({ text }) =>
    /^(json (array|object)|(bookings|ready) (csv|ndjson)|never written|uid \{0\}|HTTP \{0\}|atmr-ml migrate|day, Monday = 0|ln bookings)$/.test(
      text,
    ),
  // Lines of the log of `serve`.
  ({ file }) => /^src\/weather\/(outage-notice|open-weather-source)\.ts$/.test(file),
  // Bugs.
  ({ text }) =>
    /^(no binary COPY|a row of \{0\} columns where|nobody opens in the hour|the simulated weather report is malformed)/.test(
      text,
    ),
  // What the runtime of models says from its own process, as a library would.
  ({ file }) => file === 'bin/onnxruntime-process.ts',
  // Of an option that no help shows.
  ({ text }) => text === 'ends when standard input does',
];
