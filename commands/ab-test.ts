import { type Command, Option } from 'commander';
import type { CommandFamily, CommandModule } from '../src/command.js';
import type { Config } from '../src/config.js';
import { AtmrError, EXIT } from '../src/errors.js';
import { t } from '../src/wording/t.js';

interface Flags {
  readonly source?: string;
  readonly limit?: string;
  readonly sample?: string;
  readonly seed?: string;
  readonly from?: string;
  readonly to?: string;
  readonly model?: string;
  readonly runtime?: string;
  readonly against?: string;
  readonly by?: string;
  readonly minImprovement?: string;
  readonly margin?: string;
  readonly report?: readonly string[];
  readonly csv?: string;
  readonly onBadRow?: string;
  readonly verbose?: boolean;
  readonly workers?: string;
  readonly partSize?: string;
  readonly config?: string;
  readonly json?: boolean;
}

const MOST_BOOKINGS = 1e9;
const MOST_WORKERS = 256;

const configure: CommandModule['configure'] = (command: Command) => {
  command
    .option(
      '--source <file>',
      t`CSV, JSON or NDJSON, plain or gzipped; - is stdin; or postgres (default: DATABASE_URL, else the shipped fixture)`,
    )
    .option('--limit <n>', t`the most recent n settled bookings`)
    .option('--sample <n>', t`n settled bookings drawn at random`)
    .option('--seed <n>', t`of the random choices (default: 1)`)
    .option('--from <day>', t`from this local day or ISO time on`)
    .option('--to <day>', t`up to the end of this local day, or to an ISO time`)
    .option('--model <file>', t`an .onnx file with its manifest beside it (default: the shipped model)`)
    .option('--against <file>', t`another model, in place of the heuristic`)
    .option('--by <cluster>', t`day or driver: which whole clusters decide (default: the widest interval)`)
    .option('--min-improvement <percent>', t`better means: by more than this`)
    .option('--margin <percent>', t`ask only whether the model is worse by less than this`)
    .option('--report <file>', t`.html or .md; may be given several times`, (file, all: string[] = []) => [
      ...all,
      file,
    ])
    .option('--verbose', t`say how long each part took`)
    .option('--runtime <name>', t`builtin or onnxruntime (default: what suits the model)`)
    .option('--csv <file>', t`also write one row a booking: both answers and what happened`)
    .option('--on-bad-row <action>', t`fail, or skip and count`, 'fail')
    .option(
      '--workers <n>',
      t`of a database, in parts: 1 in this process, more in so many, 0 on other machines`,
    )
    .option('--part-size <n>', t`bookings of such a part, nearly (default: 50000, fewer where there are few)`)
    .addHelpText('after', HELP);
};

const HELP = t`
Exit code: 0 the model is better, 3 it is worse, 7 not enough data to say; with --margin, 0 it is no worse than
that, 3 it is, 7 not enough data to say.

Examples:
  atmr-ml ab-test --limit 50
  atmr-ml ab-test --source bookings.csv --from 2026-05-01 --csv scored.csv
  atmr-ml ab-test --report replay.html --report replay.md
  atmr-ml ab-test --model models/new.onnx --against models/delay_predictor.onnx --margin 5
  atmr-ml ab-test --source postgres --workers 4
  atmr-ml simulate | atmr-ml ab-test --source - --json`;

const VERDICT_EXIT = { better: EXIT.done, worse: EXIT.no, undecided: EXIT.notEnoughData } as const;
const MARGIN_EXIT = { pass: EXIT.done, fail: EXIT.no, insufficient: EXIT.notEnoughData } as const;

const run: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const flags = command.opts<Flags>();
  const config = await readConfig();
  const request = await replayRequest(flags, config.timeZone);
  const models = await chosenModels(flags, config);
  const spreading = await chosenSpreading(flags);
  const { reportedAbTest } = await import('../src/ab-test-run.js');
  const { loadModels } = await import('../src/model/load-models.js');
  const result = await loadModels(models, (model, against) =>
    reportedAbTest({ ...request, spreading }, { model, against, config, clock, terminal }),
  );
  if (flags.json || !terminal.interactive) {
    terminal.result(JSON.stringify(result, null, 2));
  } else {
    const { abTestText } = await import('../src/render/ab-test.js');
    const { terminalStyle } = await import('../src/render/style.js');
    terminal.show(
      abTestText(result, await terminalStyle(terminal.colour, terminal.columns), config.timeZone),
    );
  }
  return result.notWorse === null ? VERDICT_EXIT[result.verdict] : MARGIN_EXIT[result.notWorse];
};

/** The model files, none of which an output may overwrite. */
async function chosenModels(flags: Flags, config: Config) {
  const { chooseModel } = await import('../src/model/choose-model.js');
  const { modelInputs, refuseOverwriting } = await import('../src/kept-inputs.js');
  const { manifestPathOf } = await import('../src/model/read-manifest.js');
  const { oneOf } = await import('../src/arguments.js');
  const { RUNTIME_NAMES } = await import('../src/model/runtime.js');
  const runtime = oneOf('--runtime', flags.runtime, RUNTIME_NAMES);
  const path = await chooseModel(flags.model, config);
  const against = flags.against === undefined ? null : await chooseModel(flags.against, config, '--against');
  const other = t`the manifest of --against`;
  const inputs = {
    '--source': flags.source,
    ...modelInputs(path, manifestPathOf(path)),
    ...(against !== null && { '--against': against, [other]: manifestPathOf(against) }),
  };
  await refuseOverwriting({ '--csv': flags.csv }, inputs);
  for (const report of flags.report ?? []) {
    await refuseOverwriting({ '--report': report }, { ...inputs, '--csv': flags.csv });
  }
  return { path, against, runtime };
}

/** What concerns single bookings of all parts at once. */
const OF_ALL_PARTS = {
  limit: () => t`no part knows which bookings of all are the latest`,
  sample: () => t`no part knows how many bookings there are to draw from`,
  csv: () => t`of a part only sums come back, and no single booking`,
} as const;

/** How the replay is spread; `null` where it is not. */
async function chosenSpreading(flags: Flags) {
  const { wholeNumber } = await import('../src/arguments.js');
  const workers = wholeNumber('--workers', flags.workers, 0, MOST_WORKERS);
  if (workers === null && flags.partSize !== undefined) {
    throw new AtmrError('USAGE', t`--part-size is of a replay in parts. Add --workers, or leave it out.`);
  }
  if (workers === null) return null;
  for (const [name, why] of Object.entries(OF_ALL_PARTS)) {
    if (flags[name as keyof typeof OF_ALL_PARTS] === undefined) continue;
    throw new AtmrError('USAGE', t`--workers and --${name} exclude each other: ${why()}. Leave one out.`);
  }
  const partSize = wholeNumber('--part-size', flags.partSize, 1, MOST_BOOKINGS);
  const { config, model, against, runtime } = flags;
  const workArguments = Object.entries({ config, model, against, runtime }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  return { workers, partSize, workArguments };
}

async function replayRequest(flags: Flags, timeZone: string) {
  const { exclusive, oneOf, percentOf, seedOf, timeWindow, wholeNumber } = await import(
    '../src/arguments.js'
  );
  const { CLUSTERS } = await import('../src/replay/compare.js');
  exclusive({ '--limit': flags.limit, '--sample': flags.sample });
  exclusive({ '--min-improvement': flags.minImprovement, '--margin': flags.margin });
  return {
    window: timeWindow(flags, timeZone),
    limit: wholeNumber('--limit', flags.limit, 1, MOST_BOOKINGS),
    sample: wholeNumber('--sample', flags.sample, 1, MOST_BOOKINGS),
    seed: seedOf(flags.seed) ?? 1,
    question: {
      by: oneOf('--by', flags.by, CLUSTERS),
      minImprovement: percentOf('--min-improvement', flags.minImprovement) ?? 0,
      margin: percentOf('--margin', flags.margin),
    },
    source: flags.source,
    csv: flags.csv,
    reports: flags.report ?? [],
    verbose: flags.verbose ?? false,
    onBadRow: oneOf('--on-bad-row', flags.onBadRow, ['fail', 'skip'] as const) ?? 'fail',
  };
}

const WORK_HELP = t`
Takes parts of replays that \`ab-test --workers\` puts into Redis, until Ctrl-C. The machine needs the same configuration,
models and bookings; a part that asks for others is left to those who have them, and ends this with exit code 2.

Examples:
  atmr-ml ab-test work
  atmr-ml ab-test work --run 77fe8185875f5308
  atmr-ml ab-test work --model models/new.onnx`;

const configureWork: CommandModule['configure'] = (command) =>
  void command
    .option('--model <file>', t`an .onnx file with its manifest beside it (default: the shipped model)`)
    .option('--against <file>', t`another model, in place of the heuristic`)
    .option('--runtime <name>', t`builtin or onnxruntime (default: what suits the model)`)
    .option('--run <name>', t`of this replay alone, until it is over (default: of any, until Ctrl-C)`)
    .addOption(new Option('--with-parent', 'ends when standard input does').hideHelp())
    .addHelpText('after', WORK_HELP);

const work: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const flags = command.opts<Flags & { run?: string; withParent?: boolean }>();
  const config = await readConfig();
  const models = await chosenModels(flags, config);
  const { workOnParts } = await import('../src/spread/work.js');
  const { untilTold } = await import('../src/spread/until-told.js');
  const { loadModels } = await import('../src/model/load-models.js');
  const told = untilTold(flags.withParent === true);
  let exitCode: number = EXIT.done;
  const stop = told.then((code) => {
    exitCode = code;
  });
  await loadModels(models, (model, against) =>
    workOnParts({ model, against, config, clock, terminal }, flags.run ?? null, stop),
  );
  return exitCode;
};

export const alone: CommandModule = { configure, run };

export const subcommands: CommandFamily['subcommands'] = {
  work: { summary: t`take parts of replays that run on other machines`, configure: configureWork, run: work },
};
