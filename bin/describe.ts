import { Command, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { systemClock } from '../src/clock.js';
import type { CommandFamily, CommandModule, Surroundings } from '../src/command.js';
import { reflowed } from '../src/render/wrapped.js';
import { descriptionSaid, errorSaid, titleSaid, wrappedText } from '../src/said-by-commander.js';
import type { Terminal } from '../src/terminal.js';
import { t } from '../src/wording/t.js';
import { COMMAND_NAMES, COMMANDS, isCommand } from './commands.js';

/** What a running command needs of whoever runs it. */
export interface Runner {
  readonly terminal: Terminal;
  setExitCode(code: number): void;
}

/** Commands that speak of all the others. */
const OF_ALL: readonly (string | undefined)[] = ['help', 'completion'];

/**
 * The program as far as `args` ask for it: one command with its options, or the names of all, or all with their options.
 */
export async function describeProgram(args: readonly string[], runner: Runner): Promise<Command> {
  const program = emptyProgram(args, runner.terminal);
  const asked = args.find((arg) => !arg.startsWith('-'));
  const describesAll = OF_ALL.includes(asked);
  for (const name of isCommand(args[0]) && !describesAll ? [args[0]] : COMMAND_NAMES) {
    const command = program
      .command(name)
      .description(COMMANDS[name].summary())
      .helpOption(...helpOption());
    if (name !== asked && !describesAll) continue;
    const module: CommandModule | CommandFamily = await COMMANDS[name].load();
    if (!('subcommands' in module)) {
      addAction(command, module, runner);
      continue;
    }
    command.showHelpAfterError(moreAt(command));
    if (module.help !== undefined) command.addHelpText('after', module.help);
    if (module.alone !== undefined && (describesAll || isAlone(args, name, module))) {
      addAction(command, module.alone, runner);
    }
    for (const [subname, { summary, ...submodule }] of Object.entries(module.subcommands)) {
      const subcommand = command
        .command(subname)
        .description(summary)
        .helpOption(...helpOption());
      addAction(subcommand, submodule, runner);
    }
  }
  return program;
}

function emptyProgram(args: readonly string[], terminal: Terminal): Command {
  const isQuiet = args.includes('--json');
  let isSuggested = false;
  return new Command('atmr-ml')
    .description(
      t`Roll out a machine-learning delay predictor on evidence: replay, activate, watch, roll back.`,
    )
    .version(packageJson.version, '-V, --version', t`the version`)
    .helpOption(...helpOption())
    .helpCommand('help [command]', t`what a command does and takes`)
    .addOption(langOption())
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError(moreAt())
    .configureHelp({
      styleTitle: titleSaid,
      styleOptionDescription: descriptionSaid,
      boxWrap: wrappedText,
    })
    .configureOutput({
      writeOut: (text) => terminal.result(reflowed(text, terminal.columns)),
      // Who is told what was meant need not read the help.
      writeErr: (text) => {
        if (!isQuiet && !isSuggested) terminal.notice(text);
      },
      outputError: (text, write) => {
        write(`${t`error:`} ${errorSaid(text)}`);
        // Commander puts its suggestion on a second line; the way to the help, which it writes next, is left out then.
        isSuggested = text.trimEnd().includes('\n');
      },
    });
}

function helpOption(): [string, string] {
  return ['-h, --help', t`what it does and takes`];
}

/** Where a mistake in the arguments of that command is put right. */
function moreAt(command?: Command): string {
  const names = [command?.parent?.parent?.name(), command?.parent?.name(), command?.name() ?? 'atmr-ml'];
  return t`More: ${`\`${names.filter((name) => name !== undefined).join(' ')} --help\``}`;
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
function addAction(command: Command, module: CommandModule, { terminal, setExitCode }: Runner): void {
  module.configure(addCommonOptions(command));
  command.showHelpAfterError(moreAt(command));
  command.action(async () => {
    const common = command.opts<{ config?: string; flag?: string }>();
    const readConfig: Surroundings['readConfig'] = async (reading) =>
      (await import('../src/config.js')).readConfig(common.config, common.flag, reading);
    setExitCode(await module.run(command, { terminal, clock: systemClock, readConfig }));
  });
}

function addCommonOptions(command: Command): Command {
  return command
    .option('--json', t`print one JSON document, as a pipe gets`)
    .option('--config <file>', t`configuration file (default: atmr-ml.config.yaml when present)`)
    .option('--flag <key>', t`another flag than ml-delay-prediction`)
    .addOption(langOption())
    .option('--no-color', t`no colour`);
}

/** For the help alone: the program has taken it before commander sees the rest. */
function langOption(): Option {
  return new Option('--lang <language>', t`en or fr (default: that of the locale)`);
}
