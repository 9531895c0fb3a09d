import type { Command } from 'commander';
import type { CommandModule } from '../src/command.js';
import { EXIT } from '../src/errors.js';

interface Flags {
  readonly source?: string;
  readonly limit?: string;
  readonly sample?: string;
  readonly seed?: string;
  readonly from?: string;
  readonly to?: string;
  readonly model?: string;
  readonly runtime?: string;
  readonly csv?: string;
  readonly onBadRow?: string;
  readonly json?: boolean;
}

const MOST_BOOKINGS = 1e9;

export const configure: CommandModule['configure'] = (command: Command) => {
  command
    .option(
      '--source <file>',
      'CSV, JSON or NDJSON, plain or gzipped; - is stdin; or postgres (default: DATABASE_URL, else the shipped fixture)',
    )
    .option('--limit <n>', 'the most recent n settled bookings')
    .option('--sample <n>', 'n settled bookings drawn at random')
    .option('--seed <n>', 'of the random choices (default: 1)')
    .option('--from <day>', 'from this local day or ISO time on')
    .option('--to <day>', 'up to the end of this local day, or to an ISO time')
    .option('--model <file>', 'an .onnx file with its manifest beside it (default: the shipped model)')
    .option('--runtime <name>', 'builtin or onnxruntime (default: what suits the model)')
    .option('--csv <file>', 'also write one row a booking: both answers and what happened')
    .option('--on-bad-row <action>', 'fail, or skip and count', 'fail')
    .addHelpText('after', HELP);
};

const HELP = `
Exit code: 0 the model is better, 3 it is worse, 7 not enough data to say.

Examples:
  atmr-ml ab-test --limit 50
  atmr-ml ab-test --source bookings.csv --from 2026-05-01 --csv scored.csv
  atmr-ml simulate | atmr-ml ab-test --source - --json`;

const VERDICT_EXIT = { better: EXIT.done, worse: EXIT.no, undecided: EXIT.notEnoughData } as const;

export const run: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const flags = command.opts<Flags>();
  const config = await readConfig();
  const request = await replayRequest(flags, config.timeZone);
  const { chooseModel } = await import('../src/model/choose-model.js');
  const { refuseOverwriting } = await import('../src/kept-inputs.js');
  const { loadModel, manifestPathOf } = await import('../src/model/load.js');
  const { abTest } = await import('../src/replay/ab-test.js');
  const { oneOf } = await import('../src/arguments.js');
  const { RUNTIME_NAMES } = await import('../src/model/runtime.js');
  const runtime = oneOf('--runtime', flags.runtime, RUNTIME_NAMES);
  const path = await chooseModel(flags.model, config);
  await refuseOverwriting(
    { '--csv': flags.csv },
    { '--source': flags.source, 'the model': path, 'its manifest': manifestPathOf(path) },
  );
  const model = await loadModel(path, runtime);
  const asked = { ...request, source: flags.source, csv: flags.csv };
  const result = await abTest(asked, { model, config, clock, terminal }).finally(() => model.close());
  if (flags.json || !terminal.interactive) {
    terminal.result(JSON.stringify(result, null, 2));
  } else {
    const { abTestText } = await import('../src/render/ab-test.js');
    const { terminalStyle } = await import('../src/render/style.js');
    terminal.result(
      abTestText(result, await terminalStyle(terminal.colour, terminal.columns), config.timeZone),
    );
  }
  return VERDICT_EXIT[result.verdict];
};

async function replayRequest(flags: Flags, timeZone: string) {
  const { exclusive, oneOf, seedOf, timeWindow, wholeNumber } = await import('../src/arguments.js');
  exclusive({ '--limit': flags.limit, '--sample': flags.sample });
  return {
    window: timeWindow(flags, timeZone),
    limit: wholeNumber('--limit', flags.limit, 1, MOST_BOOKINGS),
    sample: wholeNumber('--sample', flags.sample, 1, MOST_BOOKINGS),
    seed: seedOf(flags.seed) ?? 1,
    onBadRow: oneOf('--on-bad-row', flags.onBadRow, ['fail', 'skip'] as const) ?? 'fail',
  };
}
