import type { CommandModule } from '../src/command.js';
import { AtmrError, EXIT } from '../src/errors.js';
import { t } from '../src/wording/t.js';

const HELP = t`
Prints a script which the shell loads; then Tab completes commands, options and their values.

Examples:
  source <(atmr-ml completion bash)          # in ~/.bashrc
  source <(atmr-ml completion zsh)           # in ~/.zshrc, after compinit
  atmr-ml completion fish | source           # in ~/.config/fish/config.fish
  atmr-ml completion fish > ~/.config/fish/completions/atmr-ml.fish`;

export const configure: CommandModule['configure'] = (command) =>
  void command.argument('<shell>', t`bash, zsh or fish`).addHelpText('after', HELP);

/** How each shell's script is made. */
const SCRIPTS = {
  bash: async () => (await import('../src/completion/bash.js')).bashCompletion,
  zsh: async () => (await import('../src/completion/zsh.js')).zshCompletion,
  fish: async () => (await import('../src/completion/fish.js')).fishCompletion,
};

export const run: CommandModule['run'] = async (command, { terminal }) => {
  const { oneOf } = await import('../src/arguments.js');
  const shells = Object.keys(SCRIPTS) as (keyof typeof SCRIPTS)[];
  const shell = oneOf(t`the shell`, command.args[0], shells);
  // commander has asked for it already.
  if (shell === null) throw new AtmrError('USAGE', t`Which shell is missing: bash, zsh or fish.`);
  const { shapeOf } = await import('../src/completion/program-shape.js');
  const complete = await SCRIPTS[shell]();
  terminal.result(complete(shapeOf(command.parent!)));
  return EXIT.done;
};
