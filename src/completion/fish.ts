import { type OptionValue, optionValue, takesFile } from './option-values.js';
import { type CommandShape, commandsIn, type OptionShape } from './program-shape.js';

/** The completion of fish, with what each command and option does. All is in the script. */
export function fishCompletion(program: CommandShape): string {
  const commands = commandsIn(program);
  return `# fish completion of ${program.name}; load it with: ${program.name} completion fish | source
function __atmr_ml_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    switch "$at/$word"
      case ${commands
        .slice(1)
        .map(({ path }) => quoted(path))
        .join(' ')}
        set at "$at/$word"
    end
  end
  test "$at" = "$argv[1]"
end
complete -c ${program.name} -f
${commands.flatMap((command) => linesOf(program.name, command)).join('\n')}
`;
}

function linesOf(program: string, command: CommandShape): string[] {
  const here = `complete -c ${program} -n ${quoted(`__atmr_ml_at ${quoted(command.path)}`)}`;
  return [
    ...(takesFile(command) ? [`${here} -F`] : []),
    ...command.subcommands.map(({ name, summary }) => `${here} -a ${name} -d ${quoted(summary)}`),
    ...command.options.map((option) => `${here} ${optionText(command, option)}`),
  ];
}

function optionText(command: CommandShape, option: OptionShape): string {
  const short = option.short === null ? '' : ` -s ${option.short.slice(1)}`;
  const what = `-l ${option.long.slice(2)}${short} -d ${quoted(option.summary)}`;
  return `${what}${valueText(optionValue(command, option))}`;
}

function valueText(value: OptionValue): string {
  if (value.kind === 'none') return '';
  if (value.kind === 'file') return ' -r -F';
  return value.kind === 'one-of' ? ` -x -a ${quoted(value.names.join(' '))}` : ' -x';
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
