import type { Command } from 'commander';
import type { CommandModule, Surroundings } from '../src/command.js';
import type { Config } from '../src/config.js';
import { AtmrError, EXIT } from '../src/errors.js';
import type { Measured } from '../src/roi/roi.js';
import { t } from '../src/wording/t.js';

interface Flags {
  readonly guide?: boolean;
  readonly inputs?: string;
  readonly percentage?: string;
  readonly source?: string;
  readonly limit?: string;
  readonly sample?: string;
  readonly seed?: string;
  readonly from?: string;
  readonly to?: string;
  readonly model?: string;
  readonly runtime?: string;
  readonly onBadRow?: string;
  readonly json?: boolean;
}

const MOST_BOOKINGS = 1e9;

export const configure: CommandModule['configure'] = (command: Command) => {
  command
    .option('--guide', t`the rollout guide's figures, and which of them do not follow`)
    .option('--inputs <file>', t`YAML of prices, volumes and assumptions (default: the guide's)`)
    .option('--percentage <n>', t`of the traffic (default: the flag's; 100 while it is off)`)
    .option(
      '--source <file>',
      t`bookings to measure on: CSV, JSON or NDJSON; - is stdin; or postgres, or ledger: what was served`,
    )
    .option('--limit <n>', t`the most recent n settled bookings`)
    .option('--sample <n>', t`n settled bookings drawn at random`)
    .option('--seed <n>', t`of the random choices (default: 1)`)
    .option('--from <day>', t`from this local day or ISO time on`)
    .option('--to <day>', t`up to the end of this local day, or to an ISO time`)
    .option('--model <file>', t`an .onnx file with its manifest beside it (default: the shipped model)`)
    .option('--runtime <name>', t`builtin or onnxruntime (default: what suits the model)`)
    .option('--on-bad-row <action>', t`fail, or skip and count`, 'fail')
    .addHelpText('after', HELP);
};

const HELP = t`
Exit code: 0 there is a figure, 7 not enough data for one.

Examples:
  atmr-ml roi --guide
  atmr-ml roi --source bookings.csv --percentage 25
  atmr-ml roi --inputs roi.yaml --json | jq .gates`;

export const run: CommandModule['run'] = async (command, surroundings) => {
  const flags = command.opts<Flags>();
  const { terminal, clock, readConfig } = surroundings;
  const asText = terminal.interactive && flags.json !== true;
  const { terminalStyle } = await import('../src/render/style.js');
  const style = await terminalStyle(terminal.colour, terminal.columns);
  const { exclusive, seedOf } = await import('../src/arguments.js');
  if (flags.guide) {
    for (const flag of ['inputs', 'percentage', ...MEASURING] as const) {
      exclusive({ '--guide': flags.guide, [`--${flag}`]: flags[flag] });
    }
    const { guideRoi } = await import('../src/roi/guide.js');
    const { guideText } = await import('../src/render/roi-guide.js');
    const guide = guideRoi();
    terminal.show(asText ? guideText(guide, style) : JSON.stringify(guide, null, 2));
    return EXIT.done;
  }
  const config = await readConfig();
  const { readRoiInputs } = await import('../src/roi/read-inputs.js');
  const { needsMeasuring, roiDocument } = await import('../src/roi/roi.js');
  const { trafficPercentage } = await import('../src/roi/traffic.js');
  const inputs = await readRoiInputs(flags.inputs);
  const seed = seedOf(flags.seed) ?? 1;
  const at = await trafficPercentage(flags.percentage, config, clock);
  const measures = needsMeasuring(inputs);
  if (!measures) refuseMeasuring(flags);
  const measured = measures ? await measure(flags, seed, config, surroundings) : null;
  const document = roiDocument(inputs, measured, at, seed);
  const { roiText } = await import('../src/render/roi.js');
  terminal.show(asText ? roiText(document, style) : JSON.stringify(document, null, 2));
  return document.insufficient === null ? EXIT.done : EXIT.notEnoughData;
};

/** What says on which bookings to measure. */
const MEASURING = ['source', 'limit', 'sample', 'from', 'to', 'model', 'runtime'] as const;

/** Whoever names bookings expects figures of them. */
function refuseMeasuring(flags: Flags): void {
  const flag = MEASURING.find((name) => flags[name] !== undefined);
  if (flag === undefined) return;
  const fact = t`--${flag} says what to measure, but ${String(flags.inputs)} assumes minutesSaved and anticipatedShare`;
  throw new AtmrError('USAGE', t`${fact}. Leave out the one or the other.`);
}

async function measure(
  flags: Flags,
  seed: number,
  config: Config,
  { terminal, clock }: Surroundings,
): Promise<Measured> {
  const { exclusive, oneOf, timeWindow, wholeNumber } = await import('../src/arguments.js');
  const { chooseModel } = await import('../src/model/choose-model.js');
  const { loadModel } = await import('../src/model/load.js');
  const { RUNTIME_NAMES } = await import('../src/model/runtime.js');
  const { measureByReplay } = await import('../src/roi/roi.js');
  const { LEDGER, measureByLedger } = await import('../src/roi/measure-by-ledger.js');
  const window = timeWindow(flags, config.timeZone);
  if (flags.source === LEDGER) {
    const sourceLedger = ['--source', LEDGER].join(' ');
    for (const flag of ['limit', 'sample', 'model', 'runtime'] as const) {
      exclusive({ [sourceLedger]: flags.source, [`--${flag}`]: flags[flag] });
    }
    return await measureByLedger(window, seed, config, clock);
  }
  exclusive({ '--limit': flags.limit, '--sample': flags.sample });
  const request = {
    window,
    limit: wholeNumber('--limit', flags.limit, 1, MOST_BOOKINGS),
    sample: wholeNumber('--sample', flags.sample, 1, MOST_BOOKINGS),
    seed,
    onBadRow: oneOf('--on-bad-row', flags.onBadRow, ['fail', 'skip'] as const) ?? 'fail',
    source: flags.source,
  };
  const runtime = oneOf('--runtime', flags.runtime, RUNTIME_NAMES);
  const model = await loadModel(await chooseModel(flags.model, config), runtime);
  return await measureByReplay(request, { model, config, clock, terminal }).finally(() => model.close());
}
