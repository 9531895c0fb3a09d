import { takesFile, valuesIn } from './option-values.js';
import { type CommandShape, commandsIn } from './program-shape.js';

/** The completion of zsh, with what each command and option does. All is in the script. */
export function zshCompletion(program: CommandShape): string {
  const commands = commandsIn(program);
  return `#compdef ${program.name}
# zsh completion of ${program.name}; load it with: source <(${program.name} completion zsh)
_atmr_ml() {
  local at='' word
  for word in \${words[2,CURRENT-1]}; do
    case "$at/$word" in
      (${commands
        .slice(1)
        .map(({ path }) => path)
        .join('|')}) at="$at/$word" ;;
    esac
  done
  case "$at \${words[CURRENT-1]}" in
${valueCases(program)}
  esac
  local -a found
  case "$at" in
${commands.map(offers).join('\n')}
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _atmr_ml "$@"; else compdef _atmr_ml ${program.name}; fi
`;
}

function valueCases(program: CommandShape): string {
  const lines: string[] = [];
  for (const [name, value] of valuesIn(program)) {
    if (value.kind === 'one-of')
      lines.push(`    (${quoted(name)}) compadd -- ${value.names.join(' ')}; return ;;`);
    if (value.kind === 'file') lines.push(`    (${quoted(name)}) _files; return ;;`);
    if (value.kind === 'free') lines.push(`    (${quoted(name)}) return ;;`);
  }
  return lines.join('\n');
}

function offers(command: CommandShape): string {
  const options = command.options.map(({ long, summary }) => described(long, summary));
  const subcommands = command.subcommands.map(({ name, summary }) => described(name, summary));
  const others = takesFile(command)
    ? '_files'
    : `found=(${subcommands.join(' ')}); _describe -t commands command found`;
  return `    (${quoted(command.path)})
      if [[ $PREFIX == -* ]]; then found=(${options.join(' ')}); _describe -o -t options option found
      else ${others}
      fi ;;`;
}

/** A colon parts the name from what it does. */
function described(name: string, summary: string): string {
  return quoted(`${name}:${summary}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
