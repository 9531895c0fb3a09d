import type { Sentence } from './sentences.js';

const CHECK_NAME =
  /^(alerts (by|to) \S+|disk space|initial state|time zone|(api|dashboard) port|(flag|model|postgres|redis|weather) [a-z\d]+)$/;

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
  // Kept by the flag, the guard and the ledger, or written to the log of a server: the same words for every reader.
  ({ file }) =>
    /^src\/guard\/(follow-plan|start-guard|lost-instances|heartbeat|drift-watch|episodes)\.ts$/.test(file),
  ({ file }) => /^src\/(answer\/model-fault-log|ledger\/retention|model\/serving-model)\.ts$/.test(file),
  ({ file, text }) => file.startsWith('src/flag/') && text.startsWith('[ML] '),
  ({ file, text }) =>
    /^src\/ledger\/(keep|start-recorder)\.ts$/.test(file) &&
    /^(The ledger takes|Answers are lost|The spool |\{0\} answers of processes)/.test(text),
  ({ text }) =>
    /^(no reason given|unreadable journal file|\{0\}, directly: \{1\}|every live instance has it|an answer was not recorded|\{0\} \(forced past \{1\}\))$/.test(
      text,
    ),
  // Mistakes of the program.
  ({ text }) => /^a (refused change was written|play did what is not possible: \{0\})$/.test(text),
  // Names that documents hold and code compares, said to people by a function beside them.
  ({ file }) => /^src\/(doctor\/check-title|checklist\/items)\.ts$/.test(file),
  ({ file, text }) => file.startsWith('src/doctor/') && CHECK_NAME.test(text),
  ({ file }) => /^src\/flag\/(audit|chain-fault)\.ts$/.test(file),
  ({ file, text }) =>
    /^src\/(flag|doctor)\//.test(file) && /^(never written|forced off( ended)?)$/.test(text),
  ({ file }) => file === 'src/monitoring/metrics-document.ts',
  // What a command, a setting, a statement or a script is, and who a connection says it is.
  ({ text }) => /^atmr-ml (rollout )?[a-z]+$/.test(text),
  ({ file, text }) =>
    file === 'src/doctor/redis.ts' && /^(appendonly (yes|no)|maxmemory-policy noeviction)\b/.test(text),
  ({ text }) => /redis\.call\(|^Bearer \{0\}$|unixepoch\('subsec'\)/.test(text),
  ({ file }) =>
    /^src\/(flag\/postgres-store|ledger\/(both-scored|postgres-database|read-[a-z]+|score-bearing|sums|sql-ledger|time-counts))\.ts$/.test(
      file,
    ),
  ({ text }) => /^[a-z_]+ WHERE key = \$1|^EXPLAIN \(|^"Index Name":/.test(text),
];
