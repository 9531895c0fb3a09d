import type { Command, Option } from 'commander';

/** What a command takes, as plain data: for completion and for the manual. */
export interface CommandShape {
  readonly name: string;
  /** As typed from the program on, such as `/alerts/test`; empty for the program itself. */
  readonly path: string;
  readonly summary: string;
  /** `<file>`, `[rule]`. */
  readonly arguments: readonly string[];
  readonly options: readonly OptionShape[];
  /** What its help says below the options: exit codes and examples. */
  readonly notes: string;
  readonly subcommands: readonly CommandShape[];
}

export interface OptionShape {
  readonly short: string | null;
  readonly long: string;
  /** As in its help: `<file>`, `[name]`; `null` where it takes none. */
  readonly value: string | null;
  readonly summary: string;
}

/** The shape of a command that is described whole, and of all below it. */
export function shapeOf(command: Command, above = ''): CommandShape {
  const isProgram = command.parent === null;
  const path = isProgram ? '' : `${above}/${command.name()}`;
  const help = command.createHelp();
  return {
    name: command.name(),
    path,
    summary: command.description(),
    arguments: command.registeredArguments.map((one) =>
      one.required ? `<${one.name()}>` : `[${one.name()}]`,
    ),
    options: help.visibleOptions(command).map(optionShape),
    notes: notesOf(command),
    subcommands: command.commands.map((one) => shapeOf(one, path)),
  };
}

/** Every command of a program, itself first. */
export function commandsIn(shape: CommandShape): CommandShape[] {
  return [shape, ...shape.subcommands.flatMap(commandsIn)];
}

function optionShape({ short, long, flags, description }: Option): OptionShape {
  const [value = null] = /[<[][^>\]]+[>\]]/.exec(flags) ?? [];
  return { short: short ?? null, long: long ?? flags, value, summary: description };
}

/** commander gives a command's notes to whoever prints the help, and to nobody else. */
function notesOf(command: Command): string {
  let printed = '';
  const { writeOut } = command.configureOutput();
  command.configureOutput({
    writeOut: (text) => {
      printed += text;
    },
  });
  command.outputHelp();
  command.configureOutput(writeOut === undefined ? {} : { writeOut });
  return printed.replace(command.helpInformation(), '').trim();
}
