import type { Sentence } from './sentences.js';

const CHECK_NAME =
  /^(alerts (by|to) \S+|disk space|initial state|time zone|(api|dashboard) port|(flag|model|postgres|redis|weather) [a-z\d]+)$/;

/** Words beside each other, as in a sentence. */
export function readsLikeSentence(text: string): boolean {
  return /[a-z}),”"`] [a-z{(“`"]/i.test(text) && /[a-z]{3}/i.test(text);
}

/** A piece of a page may begin or end within a tag. */
const withoutMarkup = (text: string) =>
  text.replaceAll(/^[^<>]*>|<[^<>]*>|<[^<>]*$/g, '\n').replaceAll(/\{\d+\}/g, '');

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
  // Scripts of shells, and roff around what is said.
  ({ file }) => /^src\/completion\/(bash|zsh|fish)\.ts$/.test(file),
  ({ file, text }) => file === 'src/manual/man-page.ts' && /^(\.[A-Z]{1,2} |LC_ALL|ATMR_ML_TOKEN)/.test(text),
  // Of the library: what is told to the service that uses it, whose language is not known, as any library does.
  ({ file }) => file.startsWith('src/library/') || file === 'src/closing.ts',
  ({ file }) => /^src\/http\/routes\/(events|ofrep|flag)\.ts$/.test(file),
  // What `serve` tells programs of itself: its description, its figures, and its log.
  ({ file }) => /^src\/http\/(.*schemas|open-api|metrics|serve|closing|open-doors)\.ts$/.test(file),
  ({ file, text }) =>
    file.startsWith('src/http/') && /^\d{3} [A-Z]|^(Basic|Bearer) realm=|^private, |^wrong token /.test(text),
  ({ file, property }) =>
    file.startsWith('src/http/') && ['summary', 'description', 'tags'].includes(property ?? ''),
  // Answers to what is no request yet, and the one whose words are a contract.
  ({ file, text }) => file === 'src/http/listen.ts' && /^(The|This) [^.]*$/.test(text),
  ({ text }) => text === 'ML control plane API is disabled',
  ({ file }) => file === 'src/http/routes/monitoring.ts',
  ({ text }) => /^(api \(\{0\} token\)|the route \{0\} names no access in its config)$/.test(text),
  // Reasons and evidence that are stored: every reader finds the same words.
  ({ text }) =>
    ['totals reset', 'alerts acknowledged', 'somebody has seen to it', 'asked for by {0} on {1}'].includes(
      text,
    ),
  ({ logged }) => logged,
  ({ file, text }) => file.startsWith('src/wizard/') && text === 'rolled back',
  // Markup, and words of protocols.
  ({ text }) => /<\/?[a-z]+[ >]|<!doctype/.test(text) && !readsLikeSentence(withoutMarkup(text)),
  ({ text }) => /^(MAIL FROM|RCPT TO|.* SKIP LOCKED|next_ms = .*)$/.test(text),
  // Subjects of letters, and options within a command.
  ({ text }) => text === '{0} report {1} {2}' || text.startsWith(' --'),
  // Names of classes of the page.
  ({ file }) => /^src\/dashboard\/.*\.tsx?$/.test(file),
  // Names of alerts and letters, by which they are told apart.
  ({ file }) => /^src\/alerts\/(alerts-of|routes)\.ts$/.test(file),
  ({ file, text }) =>
    /^src\/alerts\/(letters|test-channels)\.ts$/.test(file) && /^\{0\} \w+( \{1\})?$/.test(text),
  // Commands to copy.
  ({ text }) => /^ *atmr-ml [a-z-]+( [a-z-]+)?( \{\d\})*$/.test(text.replaceAll(/(?<=\})(?=\{)/g, ' ')),
  // SQL in pieces.
  ({ file }) => /^src\/(booking\/(part|production-sql)|migration\/postgres-schema)\.ts$/.test(file),
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
  // A setting, a statement or a script.
  ({ file, text }) =>
    file === 'src/doctor/redis.ts' && /^(appendonly (yes|no)|maxmemory-policy noeviction)\b/.test(text),
  ({ text }) => /redis\.call\(|^Bearer \{0\}$|unixepoch\('subsec'\)/.test(text),
  ({ file }) =>
    /^src\/(flag\/postgres-store|ledger\/(both-scored|postgres-database|read-[a-z]+|score-bearing|sums|sql-ledger|time-counts))\.ts$/.test(
      file,
    ),
  ({ text }) => /^[a-z_]+ WHERE key = \$1|^EXPLAIN \(|^"Index Name":/.test(text),
  // Of what is rendered: markup and style around what is said, and numbers with their unit.
  ({ file, text }) => file.startsWith('src/render/') && /^\s*(\{0\})?(<|:root|@page|\{0\} min$)/.test(text),
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
  ({ text }) => text === 'Fieller {0}' || text === 'Is default: {0}',
];
