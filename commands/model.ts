import { runChange } from '../src/change-command.js';
import { addChangeOptions } from '../src/change-options.js';
import type { CommandFamily, CommandModule } from '../src/command.js';
import { EXIT } from '../src/errors.js';
import type { DescribeFlags } from '../src/training/describe-flags.js';
import { t } from '../src/wording/t.js';

interface DescribeOptions extends DescribeFlags {
  readonly source?: string;
}

const list: CommandModule['run'] = async (command, { terminal, readConfig }) => {
  const { json } = command.opts<{ json?: boolean }>();
  const { modelsFolder } = await readConfig();
  const { listModels } = await import('../src/model/list-models.js');
  const models = await listModels(modelsFolder);
  if (json || !terminal.interactive) terminal.result(JSON.stringify(models, null, 2));
  else terminal.show((await import('../src/render/models.js')).modelsText(models, terminal.columns));
  return EXIT.done;
};

const LIST_EXAMPLES = t`
Examples:
  atmr-ml model list
  atmr-ml model list --json | jq '.[].name'`;

const configureUse: CommandModule['configure'] = (command) => {
  command.argument('<model>', t`a file of the models folder, or the name of a model in it`);
  addChangeOptions(command).addHelpText('after', USE_EXAMPLES);
};

const USE_EXAMPLES = t`
Examples:
  atmr-ml model use spring --reason "retrained on March"
  atmr-ml model use models/spring.onnx --dry-run`;

const use: CommandModule['run'] = (command, surroundings) => {
  const [wanted = ''] = command.args;
  return runChange(command, surroundings, {
    asks: true,
    writesInitialState: true,
    prepare: async (_, { modelsFolder }) => {
      const { prepareUse } = await import('../src/model/model-changes.js');
      return prepareUse(modelsFolder, wanted);
    },
  });
};

const rollback: CommandModule['run'] = (command, surroundings) =>
  runChange(command, surroundings, {
    asks: true,
    writesInitialState: false,
    prepare: async (holders, { modelsFolder }) => {
      const { prepareRollback } = await import('../src/model/model-changes.js');
      return prepareRollback(modelsFolder, holders);
    },
  });

const configureDescribe: CommandModule['configure'] = (command) => {
  command
    .argument('<file>', t`the .onnx file`)
    .option('--features <names>', t`the columns of the model in their order, separated by commas`)
    .option('--missing <names>', t`those for which it can take a missing value, or all (default: none)`)
    .option('--scaling <file>', t`JSON {"mean": […], "scale": […]} to standardise by before the model`)
    .option(
      '--source <file>',
      t`the bookings it learned from, for ranges and intervals; - is stdin; or postgres`,
    )
    .option('--name <name>', t`of the model (default: that of the file)`)
    .option('--model-version <text>', t`of the model (default: the day and the start of its hash)`)
    .option('--out <file>', t`an .onnx file to copy the model to (default: where it is)`)
    .addHelpText('after', DESCRIBE_EXAMPLES);
};

const DESCRIBE_EXAMPLES = t`
Examples:
  atmr-ml model describe forest.onnx --features distance_km,traffic_density --source history.csv
  atmr-ml predict --model forest.onnx --distance-meters 8000 --at 2026-03-02T17:30`;

const describe: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const [file = ''] = command.args;
  const flags = command.opts<DescribeOptions>();
  const config = await readConfig();
  const { foreignModel } = await import('../src/training/describe-flags.js');
  const { describeModel } = await import('../src/training/describe-model.js');
  const { saveDescription } = await import('../src/training/save-description.js');
  const { chooseSource } = await import('../src/booking/choose-source.js');
  const { oneByOne } = await import('../src/booking/batches.js');
  const request = foreignModel(file, flags);
  const bookings =
    flags.source === undefined
      ? null
      : oneByOne(chooseSource(flags.source, config, { onBadRow: 'fail', needsOutcome: true }).batches);
  const describedAt = new Date(clock.nowMs()).toISOString();
  const manifest = await describeModel({ ...request, bookings, describedAt });
  await saveDescription(file, flags.out, manifest);
  if (manifest.interval === null) {
    terminal.notice(t`notice: without --source there are no ranges and no intervals.`);
  } else {
    terminal.notice(
      t`notice: the intervals rest on the bookings of --source; if the model learned from them, they are too narrow.`,
    );
  }
  terminal.result(JSON.stringify(manifest, null, 2));
  return EXIT.done;
};

const ROLLBACK_EXAMPLES = t`
Examples:
  atmr-ml model rollback --reason "MAE rose"
  atmr-ml model rollback --dry-run`;

export const help = t`
Examples:
  atmr-ml model list
  atmr-ml model use spring --reason "retrained on March"
  atmr-ml model rollback --dry-run`;

export const subcommands: CommandFamily['subcommands'] = {
  list: {
    summary: t`the models of the models folder`,
    configure: (command) => void command.addHelpText('after', LIST_EXAMPLES),
    run: list,
  },
  use: { summary: t`name the model that answers, for every reader`, configure: configureUse, run: use },
  rollback: {
    summary: t`go back to the model that the flag named before`,
    configure: (command) => void addChangeOptions(command).addHelpText('after', ROLLBACK_EXAMPLES),
    run: rollback,
  },
  describe: {
    summary: t`a manifest for a model that other tools made`,
    configure: configureDescribe,
    run: describe,
  },
};
