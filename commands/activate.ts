import { runChange } from '../src/change-command.js';
import { addChangeOptions } from '../src/change-options.js';
import type { CommandModule } from '../src/command.js';
import { AtmrError } from '../src/errors.js';
import { parsePercentage } from '../src/flag/percentage-text.js';
import { t } from '../src/wording/t.js';

export const configure: CommandModule['configure'] = (command) => {
  addChangeOptions(
    command
      .option('--percentage <n>', t`share of the bookings, such as 25, 12.5 or 25%`, '10')
      .option('--gated', t`refuse where a gate of the present step fails (exit 3) or is undecided (7)`),
  ).addHelpText('after', EXAMPLES);
};

const EXAMPLES = t`
It ends the forced offs that hold, and needs every configured store. The gates of the present step are printed; only
--gated has them decide. While a rollout is under way, a share set by hand puts it on hold.

Examples:
  atmr-ml activate
  atmr-ml activate --percentage 25 --reason "week 2" --if-revision 6
  atmr-ml activate --percentage 25 --gated --yes
  atmr-ml activate --percentage 5 --yes --expect-instances 3 --json`;

export const run: CommandModule['run'] = (command, surroundings) => {
  const { percentage: text, gated } = command.opts<{ percentage: string; gated?: boolean }>();
  const percentage = parsePercentage(text);
  if (percentage === null) {
    throw new AtmrError(
      'USAGE',
      t`--percentage is "${text}"; expected 0 to 100 with at most two decimals, such as 25, 12.5 or 25%.`,
    );
  }
  return runChange(command, surroundings, {
    asks: true,
    writesInitialState: true,
    prepare: async (holders, config) => {
      const { prepareGatedActivate } = await import('../src/rollout-changes/gated-activate.js');
      return prepareGatedActivate(holders, config, percentage, gated === true);
    },
  });
};
