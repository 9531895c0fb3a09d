import { runChange } from '../src/change-command.js';
import { addChangeOptions } from '../src/change-options.js';
import type { CommandModule } from '../src/command.js';
import { AtmrError } from '../src/errors.js';
import { parsePercentage } from '../src/flag/percentage-text.js';

export const configure: CommandModule['configure'] = (command) => {
  addChangeOptions(
    command.option('--percentage <n>', 'share of the bookings, such as 25, 12.5 or 25%', '10'),
  ).addHelpText('after', EXAMPLES);
};

const EXAMPLES = `
It ends the forced offs that hold, and needs every configured store.

Examples:
  atmr-ml activate
  atmr-ml activate --percentage 25 --reason "week 2" --if-revision 6
  atmr-ml activate --percentage 5 --yes --expect-instances 3 --json`;

export const run: CommandModule['run'] = (command, surroundings) => {
  const text = command.opts<{ percentage: string }>().percentage;
  const percentage = parsePercentage(text);
  if (percentage === null) {
    throw new AtmrError(
      'USAGE',
      `--percentage is "${text}"; expected 0 to 100 with at most two decimals, such as 25, 12.5 or 25%.`,
    );
  }
  return runChange(command, surroundings, {
    asks: true,
    writesInitialState: true,
    prepare: async (holders, { modelsFolder }) => {
      const { prepareActivate } = await import('../src/model/model-changes.js');
      return prepareActivate(modelsFolder, percentage, holders);
    },
  });
};
