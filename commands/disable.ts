import { runChange } from '../src/change-command.js';
import { addChangeOptions } from '../src/change-options.js';
import type { CommandModule } from '../src/command.js';
import { disableDirectly } from '../src/flag/disable-directly.js';
import { t } from '../src/wording/t.js';

export const configure: CommandModule['configure'] = (command) => {
  addChangeOptions(command).addHelpText('after', EXAMPLES);
};

const EXAMPLES = t`
It asks nobody, and one store that answers is enough. Only \`activate\` or \`rollout start\` ends it. Where no store answers, each
running instance that is known here is asked at its own address, with ATMR_ML_TOKEN.

Examples:
  atmr-ml disable --reason "error rate 30 %"
  atmr-ml disable --no-wait
  atmr-ml disable --dry-run`;

export const run: CommandModule['run'] = (command, surroundings) =>
  runChange(command, surroundings, {
    asks: false,
    urgent: true,
    writesInitialState: false,
    prepare: async (_holders, { tokens }) => ({ write: disableDirectly(tokens.write), warnings: [] }),
  });
