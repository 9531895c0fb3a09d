import { takesFile, valuesIn } from './option-values.js';
import { type CommandShape, commandsIn } from './program-shape.js';

/**
 * The completion of bash. All is in the script: no program is started while somebody types. Needs nothing of the package
 * bash-completion.
 */
export function bashCompletion(program: CommandShape): string {
  const commands = commandsIn(program);
  return `# bash completion of ${program.name}; load it with: source <(${program.name} completion bash)
_atmr_ml() {
  local at='' word current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$at/$word" in
      ${commands
        .slice(1)
        .map(({ path }) => path)
        .join('|')}) at="$at/$word" ;;
    esac
  done
  COMPREPLY=()
  case "$at $before" in
${valueCases(program)}
  esac
  case "$at" in
${commands.map(offers).join('\n')}
  esac
}
complete -o default -F _atmr_ml ${program.name}
`;
}

function valueCases(program: CommandShape): string {
  const values = [...valuesIn(program)];
  const names = (kind: string) =>
    values.filter(([, value]) => value.kind === kind).map(([name]) => `'${name}'`);
  const chosen = values.map(([name, value]) =>
    value.kind === 'one-of'
      ? `    '${name}') COMPREPLY=($(compgen -W '${value.names.join(' ')}' -- "$current")); return ;;\n`
      : '',
  );
  return `${chosen.join('')}    ${names('file').join('|')}) compopt -o filenames; COMPREPLY=($(compgen -f -- "$current")); return ;;
    ${names('free').join('|')}) compopt +o default; return ;;`;
}

function offers(command: CommandShape): string {
  const options = command.options.map(({ long }) => long).join(' ');
  const subcommands = command.subcommands.map(({ name }) => name).join(' ');
  const others = takesFile(command)
    ? 'compopt -o filenames; COMPREPLY=($(compgen -f -- "$current"))'
    : `compopt +o default; COMPREPLY=($(compgen -W '${subcommands}' -- "$current"))`;
  return `    '${command.path}') if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '${options}' -- "$current")); else ${others}; fi ;;`;
}
