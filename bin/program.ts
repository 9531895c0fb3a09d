import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { systemClock } from '../src/clock.js';
import type { CommandFamily, CommandModule, Surroundings } from '../src/command.js';
import { AtmrError, EXIT, EXIT_CODES } from '../src/errors.js';
import { failureOf, stdoutFailure } from '../src/failure.js';
import { askToEnd, cleanUpAfterInterruption } from '../src/interruption.js';
import { processTerminal, type Terminal } from '../src/terminal.js';

/** Every subcommand; its module is imported only when it is the one that runs. */
const COMMANDS = {
  activate: {
    summary: 'let the model answer a share of the bookings (10 % unless told otherwise)',
    load: () => import('../commands/activate.js'),
  },
  alerts: {
    summary: 'who is told of what the guard finds: test the channels, list, acknowledge',
    load: () => import('../commands/alerts.js'),
  },
  disable: {
    summary: 'force the model off, everywhere, now',
    load: () => import('../commands/disable.js'),
  },
  status: {
    summary: 'who answers, since when, who changed it, and which processes know',
    load: () => import('../commands/status.js'),
  },
  history: {
    summary: 'every change of the flag; verify the chain, find a change',
    load: () => import('../commands/history.js'),
  },
  watch: {
    summary: 'print each change of the flag and of its readers as it happens',
    load: () => import('../commands/watch.js'),
  },
  config: {
    summary: 'the effective settings and where each came from',
    load: () => import('../commands/config.js'),
  },
  checklist: {
    summary: "the guide's lists: what the tool can check it checks, the rest people answer",
    load: () => import('../commands/checklist.js'),
  },
  doctor: {
    summary: 'is everything ready? stores, model, weather, alerts, ports; what is wrong and what to do',
    load: () => import('../commands/doctor.js'),
  },
  flag: {
    summary: 'the flag as it stands, for another evaluator: export it as a definition of flagd',
    load: () => import('../commands/flag.js'),
  },
  guard: {
    summary: 'look at everything once, or again and again, and take traffic back where a breach is proven',
    load: () => import('../commands/guard.js'),
  },
  migrate: {
    summary: 'bring the schema atmr_ml in Postgres up to date',
    load: () => import('../commands/migrate.js'),
  },
  'ab-test': {
    summary: 'replay bookings through the model and the heuristic, and say which is better',
    load: () => import('../commands/ab-test.js'),
  },
  'analyze-errors': {
    summary: 'where the predictions are off, and the likely causes with what to do next',
    load: () => import('../commands/analyze-errors.js'),
  },
  model: {
    summary: 'the models there are: list, use, roll back, describe one that other tools made',
    load: () => import('../commands/model.js'),
  },
  outcomes: {
    summary: 'what really happened: settle predictions from the database or a file',
    load: () => import('../commands/outcomes.js'),
  },
  predict: {
    summary: 'how late will this ride be? one booking from flags, or those of a file or the database',
    load: () => import('../commands/predict.js'),
  },
  report: {
    summary: 'what happened in a week or a month, what is proven, who decided what, and what is next',
    load: () => import('../commands/report.js'),
  },
  roi: {
    summary: 'what the model returns, measured where it can be and marked where it is assumed',
    load: () => import('../commands/roi.js'),
  },
  rollout: {
    summary: 'give the model more traffic step by step, on evidence: start, status, advance, hold, roll back',
    load: () => import('../commands/rollout.js'),
  },
  serve: {
    summary: 'answer bookings and show how the model does, over HTTP',
    load: () => import('../commands/serve.js'),
  },
  simulate: {
    summary: 'make up bookings for demos, tests and back-tests, whose best attainable scores are known',
    load: () => import('../commands/simulate.js'),
  },
  train: {
    summary: 'learn a delay model from settled bookings, with honest scores and calibrated intervals',
    load: () => import('../commands/train.js'),
  },
  'weather-check': {
    summary: 'is the weather live, what does it do to predictions, and what happens without it?',
    load: () => import('../commands/weather-check.js'),
  },
} satisfies Record<string, { summary: string; load: () => Promise<CommandModule | CommandFamily> }>;

type CommandName = keyof typeof COMMANDS;
const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

function isCommand(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(COMMANDS, name);
}

/** What people try first, and what it is called here. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['enable', 'activate'],
  ['--enable', 'activate'],
  ['--activate', 'activate'],
  ['--disable', 'disable'],
]);

process.stdout.on('error', (error) => {
  const { text, exitCode } = stdoutFailure(error, process.argv.includes('--json'));
  if (text !== null) process.stderr.write(`${text}\n`);
  cleanUpAfterInterruption();
  process.exit(exitCode);
});
// Notices that nobody takes are no reason to stop.
process.stderr.on('error', () => {});
for (const [signal, exitCode] of [
  ['SIGINT', EXIT_CODES.CANCELLED],
  ['SIGTERM', EXIT.terminated],
  ['SIGHUP', EXIT.hungUp],
] as const) {
  process.on(signal, () => {
    if (askToEnd(exitCode)) return;
    cleanUpAfterInterruption();
    process.exit(exitCode);
  });
}

/** After the result is out, for what is still saying good-bye. */
const GOODBYE_MS = 2000;

// What nothing is left to wait for and is not done is not going to be.
process.once('beforeExit', () => {
  process.exitCode ??= EXIT.bug;
});
void main(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
  // A server that stands still keeps its connection open, and must not keep the program.
  process.stdout.write('', () => void setTimeout(() => process.exit(), GOODBYE_MS).unref());
});

async function main(args: readonly string[]): Promise<number> {
  const terminal = processTerminal({ colour: !args.includes('--no-color') });
  let exitCode: number = EXIT.done;
  try {
    refuseOtherNames(args);
    const program = await describeProgram(args, terminal, (code) => {
      exitCode = code;
    });
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (thrown) {
    const failure = failureOf(thrown, args.includes('--json'));
    if (failure.text !== null) terminal.notice(failure.text);
    return failure.exitCode;
  }
}

function refuseOtherNames([first = '']: readonly string[]): void {
  const meant = OTHER_NAMES.get(first);
  if (meant === undefined) return;
  throw new AtmrError('USAGE', `Nothing was changed: there is no \`${first}\`. Run \`atmr-ml ${meant}\`.`);
}

/** The program as far as it is asked for: one command with its options, else the names of all. */
async function describeProgram(
  args: readonly string[],
  terminal: Terminal,
  setExitCode: (code: number) => void,
) {
  const program = new Command('atmr-ml')
    .description(packageJson.description)
    .version(packageJson.version)
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: terminal.result,
      writeErr: args.includes('--json') ? () => {} : terminal.notice,
    });
  const asked = args.find((arg) => !arg.startsWith('-'));
  for (const name of isCommand(args[0]) ? [args[0]] : COMMAND_NAMES) {
    const command = program.command(name).description(COMMANDS[name].summary);
    if (name !== asked && asked !== 'help') continue;
    const module: CommandModule | CommandFamily = await COMMANDS[name].load();
    if (!('subcommands' in module)) {
      addAction(command, module, terminal, setExitCode);
      continue;
    }
    if (module.alone !== undefined && isAlone(args, name, module)) {
      addAction(command, module.alone, terminal, setExitCode);
    }
    for (const [subname, { summary, ...submodule }] of Object.entries(module.subcommands)) {
      addAction(command.command(subname).description(summary), submodule, terminal, setExitCode);
    }
  }
  return program;
}

/** A family's own options would be taken from its subcommands: they are there only where none is named. */
function isAlone(args: readonly string[], name: string, { subcommands }: CommandFamily): boolean {
  const given = args.slice(args.indexOf(name) + 1);
  const [first = '-'] = given;
  // What follows an option may be its value, whatever it is called.
  const isNamed = (arg: string, i: number) =>
    Object.hasOwn(subcommands, arg) && given[i - 1]?.startsWith('-') !== true;
  return first.startsWith('-') && !given.some(isNamed);
}

/** What a command takes, and what it does. */
function addAction(
  command: Command,
  module: CommandModule,
  terminal: Terminal,
  setExitCode: (code: number) => void,
): void {
  module.configure(addCommonOptions(command));
  command.action(async () => {
    const common = command.opts<{ config?: string; flag?: string }>();
    const readConfig: Surroundings['readConfig'] = async (reading) =>
      (await import('../src/config.js')).readConfig(common.config, common.flag, reading);
    setExitCode(await module.run(command, { terminal, clock: systemClock, readConfig }));
  });
}

function addCommonOptions(command: Command): Command {
  return command
    .option('--json', 'print one JSON document, as a pipe gets')
    .option('--config <file>', 'configuration file (default: atmr-ml.config.yaml when present)')
    .option('--flag <key>', 'another flag than ml-delay-prediction')
    .option('--no-color', 'no colour');
}
