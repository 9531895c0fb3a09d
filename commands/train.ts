import type { Command } from 'commander';
import type { CommandModule } from '../src/command.js';
import type { TrainFlags } from '../src/training/train-flags.js';
import { t } from '../src/wording/t.js';

interface Flags extends TrainFlags {
  readonly json?: boolean;
}

export const configure: CommandModule['configure'] = (command: Command) => {
  command
    .option(
      '--source <file>',
      t`CSV, JSON or NDJSON, plain or gzipped; - is stdin; or postgres (default: DATABASE_URL, else the shipped fixture)`,
    )
    .option('--out <file>', t`the .onnx file to write, its manifest beside it (default: models/<name>.onnx)`)
    .option('--name <name>', t`of the model (default: that of --out, else delay_predictor)`)
    .option('--seed <n>', t`of the random choices; the same seed gives the same bytes (default: 1)`)
    .option('--features <names>', t`what the model looks at, separated by commas`)
    .option('--on-bad-row <action>', t`fail, or skip and count`, 'fail')
    .addHelpText('after', HELP);
};

const HELP = t`
The earliest 70 % of the bookings train, the next 15 % choose the number of trees, the latest 15 % only test.
A table without times is split by a seeded shuffle instead.

Examples:
  atmr-ml train --source bookings.csv --out models/spring.onnx
  atmr-ml simulate --seed 7 | atmr-ml train --source - --out /tmp/demo.onnx --json`;

export const run: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const { json, ...flags } = command.opts<Flags>();
  const config = await readConfig();
  const { trainRequest } = await import('../src/training/train-flags.js');
  const request = trainRequest(flags, config.newModelsFolder);
  const { trainSource } = await import('../src/training/train-source.js');
  const result = await trainSource(request, { config, clock, terminal });
  if (json || !terminal.interactive) {
    terminal.result(JSON.stringify(result, null, 2));
  } else {
    const { trainText } = await import('../src/render/train.js');
    const { terminalStyle } = await import('../src/render/style.js');
    terminal.show(trainText(result, await terminalStyle(terminal.colour, terminal.columns), config.timeZone));
  }
  return 0;
};
