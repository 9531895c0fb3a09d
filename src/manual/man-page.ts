import type { CommandShape, OptionShape } from '../completion/program-shape.js';
import { commandsIn } from '../completion/program-shape.js';
import { t } from '../wording/t.js';

/** Options of every command are told once. */
const COMMON = ['--json', '--config', '--flag', '--lang', '--no-color', '--help'];

const EXIT_STATUS = [
  ['0', t`done, or the verdict is yes`],
  ['1', t`a bug`],
  ['2', t`wrong usage, configuration or input; nothing was changed`],
  ['3', t`it worked and the verdict is no`],
  ['4', t`something it depends on did not answer`],
  ['5', t`somebody else changed the flag first`],
  ['6', t`written, but not confirmed everywhere in time`],
  ['7', t`not enough data for a verdict`],
  ['130', 'cancelled'],
] as const;

const ENVIRONMENT = [
  ['DATABASE_URL', t`Postgres, which keeps the flag, its history, predictions and outcomes`],
  ['REDIS_URL', t`Redis beside Postgres, or alone`],
  ['ATMR_ML_HOME', t`the folder of the embedded store`],
  ['BOOKINGS_DATABASE_URL', t`a replica to read bookings from`],
  ['OPENWEATHER_API_KEY', t`live weather`],
  [
    'ATMR_ML_TOKEN, ATMR_ML_INGEST_TOKEN, ATMR_ML_READ_TOKEN',
    t`who may change the flag, send bookings, read`,
  ],
  ['LC_ALL, LC_MESSAGES, LANG', t`the language: English, or French where it begins with fr`],
  ['NO_COLOR', t`no colour`],
] as const;

/** The manual page, atmr-ml(1), in roff for man(7). */
export function manPage(program: CommandShape, version: string): string {
  const commands = commandsIn(program).slice(1);
  return `${[
    `.TH ATMR\\-ML 1 "" "atmr\\-ml ${escaped(version)}" "User Commands"`,
    '.SH NAME',
    `atmr\\-ml \\- ${escaped(firstLower(program.summary).replace(/\.$/, ''))}`,
    '.SH SYNOPSIS',
    '.B atmr\\-ml',
    '.I command',
    '.RI [ options ]',
    '.SH COMMANDS',
    ...commands.filter(isWorking).flatMap(commandLines),
    '.SH OPTIONS OF EVERY COMMAND',
    ...common(commands).flatMap(optionLines),
    '.SH EXIT STATUS',
    ...EXIT_STATUS.flatMap(([code, meaning]) => tagged(`.B ${code}`, meaning)),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.flatMap(([name, meaning]) => tagged(`.B ${escaped(name)}`, meaning)),
    '.SH FILES',
    ...tagged('.B atmr\\-ml.config.yaml', t`the configuration, in the working directory`),
    ...tagged('.B .env', t`variables, in the working directory`),
  ].join('\n')}\n`;
}

/** Families that do nothing without a subcommand are told by these. */
function isWorking({ subcommands, options }: CommandShape): boolean {
  return subcommands.length === 0 || options.some(({ long }) => long === '--json');
}

function commandLines(command: CommandShape): string[] {
  const typed = [command.path.slice(1).replaceAll('/', ' '), ...command.arguments].join(' ');
  const own = command.options.filter(({ long }) => !COMMON.includes(long));
  return [
    `.SS ${escaped(typed)}`,
    paragraph(capitalised(command.summary)),
    ...own.flatMap(optionLines),
    ...(command.notes === '' ? [] : ['.P', '.nf', escaped(command.notes), '.fi']),
  ];
}

function common(commands: readonly CommandShape[]): OptionShape[] {
  const [first] = commands.filter(isWorking);
  return first?.options.filter(({ long }) => COMMON.includes(long)) ?? [];
}

function optionLines({ short, long, value, summary }: OptionShape): string[] {
  const names = [short, long].filter((name) => name !== null).map((name) => `\\fB${escaped(name)}\\fR`);
  const taken = value === null ? '' : ` \\fI${escaped(value)}\\fR`;
  return tagged(`${names.join(', ')}${taken}`, summary);
}

function tagged(tag: string, text: string): string[] {
  return ['.TP', tag, escaped(text)];
}

function paragraph(text: string): string {
  return `${escaped(text)}.`;
}

/** A backslash, a hyphen that is to be copied, and a line that would be a request mean something to roff. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function firstLower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
