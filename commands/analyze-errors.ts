import type { Command } from 'commander';
import type { CommandModule } from '../src/command.js';
import { EXIT } from '../src/errors.js';
import { t } from '../src/wording/t.js';

interface Options {
  readonly source?: string;
  readonly model?: string;
  readonly since?: string;
  readonly baseline?: string;
  readonly worst?: string;
  readonly seed?: string;
  readonly csv?: string;
  readonly report?: readonly string[];
  readonly onBadRow?: string;
  readonly json?: boolean;
}

export const configure: CommandModule['configure'] = (command: Command) => {
  command
    .option(
      '--source <source>',
      t`ledger, postgres, or a file as ab-test takes (default: the ledger once something settled there)`,
    )
    .option(
      '--model <file>',
      t`an .onnx file with its manifest beside it (default: the model that the flag names)`,
    )
    .option('--since <time>', t`the last 24h or 7d, or from this local day on`)
    .option(
      '--baseline <from..to>',
      t`hold the bookings against those of these local days, not against training`,
    )
    .option('--worst <n>', t`so many of the worst bookings, by id (default: 10)`)
    .option('--seed <n>', t`of the random choices (default: 1)`)
    .option('--csv <file>', t`also write one row a booking: answers, outcome, error`)
    .option('--report <file>', t`also write a report, .html or .md; may be given again`, collected)
    .option('--on-bad-row <action>', t`fail, or skip and count`, 'fail')
    .addHelpText('after', HELP);
};

const HELP = t`
Exit code: 0 nothing found, 3 findings, 7 not enough data to say.

Examples:
  atmr-ml analyze-errors --since 7d
  atmr-ml analyze-errors --source bookings.csv --report errors.html --csv scored.csv
  atmr-ml analyze-errors --source postgres --since 2026-08-01 --baseline 2026-07-01..2026-07-31`;

const VERDICT_EXIT = {
  findings: EXIT.no,
  nothing_found: EXIT.done,
  not_enough_data: EXIT.notEnoughData,
} as const;

export const run: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const options = command.opts<Options>();
  const flags = { ...options, report: options.report ?? [] };
  const config = await readConfig();
  const { analysisRequest } = await import('../src/error-analysis/request.js');
  const request = analysisRequest(flags, config.timeZone, clock.nowMs());
  const { answeringModel } = await import('../src/answering-model.js');
  const { modelInputs, refuseOverwriting } = await import('../src/kept-inputs.js');
  const { loadModel } = await import('../src/model/load.js');
  const { manifestPathOf } = await import('../src/model/read-manifest.js');
  const { analyzeErrors } = await import('../src/error-analysis/analyze-errors.js');
  const { reportedAnalysis } = await import('../src/error-analysis/reported-analysis.js');
  const path = await answeringModel(flags.model, config, clock, terminal.notice);
  const inputs = { '--source': flags.source, ...modelInputs(path, manifestPathOf(path)) };
  await refuseOverwriting({ '--csv': flags.csv }, inputs);
  for (const file of flags.report) await refuseOverwriting({ '--report': file }, { ...inputs });
  const surroundings = { config, clock, terminal };
  const result = await reportedAnalysis(flags.report, config.timeZone, async () => {
    const model = await loadModel(path);
    return analyzeErrors(request, { model, ...surroundings }).finally(() => model.close());
  });
  if (flags.json || !terminal.interactive) {
    terminal.result(JSON.stringify(result, null, 2));
  } else {
    const { analyzeErrorsText } = await import('../src/render/analyze-errors.js');
    const { terminalStyle } = await import('../src/render/style.js');
    const style = await terminalStyle(terminal.colour, terminal.columns);
    terminal.show(analyzeErrorsText(result, style, { timeZone: config.timeZone, unicode: terminal.unicode }));
  }
  return VERDICT_EXIT[result.verdict];
};

function collected(file: string, before: readonly string[] = []): readonly string[] {
  return [...before, file];
}
