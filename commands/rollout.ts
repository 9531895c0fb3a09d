import { runChange } from '../src/change-command.js';
import { addChangeOptions, PLAIN_CHANGE, wholeNumber } from '../src/change-options.js';
import type { CommandFamily, CommandModule } from '../src/command.js';
import { AtmrError, EXIT, EXIT_CODES } from '../src/errors.js';
import { parsePercentage } from '../src/flag/percentage-text.js';
import type { RolloutSimulationFlags } from '../src/rollout/simulation-flags.js';
import { SCENARIOS } from '../src/simulator/scenario.js';
import { t } from '../src/wording/t.js';

const START_HELP = t`
The first step of the plan; after a rollback, the smaller one before it (5 % by default). It ends forced offs that hold.

Examples:
  atmr-ml rollout start --reason "week 1"
  atmr-ml rollout start --yes --expect-instances 2 --json`;

const start: CommandModule['run'] = (command, surroundings) =>
  runChange(command, surroundings, {
    asks: true,
    writesInitialState: false,
    prepare: async (...given) => (await import('../src/rollout-changes/begin.js')).prepareStart(...given),
  });

const STATUS_HELP = t`
Without a terminal, or with --json, one object: decision (advance, hold, rollback, wait), safeToAdvance, step, percentage,
reasons, gates, nextAt, expectedAt. It exits 0 whatever it says, and 4 where the store that decides did not answer;
\`rollout advance --dry-run\` exits by the verdict.
In a pipe --watch prints a line whenever something changed, with --json one document a look.

Examples:
  atmr-ml rollout status
  atmr-ml rollout status --watch
  atmr-ml rollout status --json | jq -r .decision`;

const status: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const { json, watch } = command.opts<{ json?: boolean; watch?: string | true }>();
  const everyMs = watch === undefined ? null : watchMsOf(watch);
  const config = await readConfig();
  if (everyMs !== null) {
    const { watchRollout } = await import('../src/watching/watch-rollout.js');
    return await watchRollout(everyMs, config, { terminal, clock }, json === true);
  }
  const { readRolloutReport } = await import('../src/rollout-report.js');
  const { rolloutDocument, rolloutText } = await import('../src/render/rollout-status.js');
  const report = await readRolloutReport(config, clock);
  if (json || !terminal.interactive) terminal.result(JSON.stringify(rolloutDocument(report), null, 2));
  else {
    const { terminalStyle } = await import('../src/render/style.js');
    terminal.show(rolloutText(report, await terminalStyle(terminal.colour, terminal.columns)));
  }
  const { recordAnswers } = await import('../src/flag/status.js');
  return recordAnswers(report.survey.status) ? EXIT.done : EXIT_CODES.UNAVAILABLE;
};

const WATCH_SECONDS = '5';

/** How often `--watch` looks, in milliseconds. */
function watchMsOf(watch: string | true): number {
  const seconds = wholeNumber('--watch', watch === true ? WATCH_SECONDS : watch);
  if (seconds > 0) return seconds * 1000;
  throw new AtmrError('USAGE', t`--watch is "0"; expected a whole number of seconds from 1 on.`);
}

const ADVANCE_HELP = t`
Every gate is listed. Nothing is changed, and the exit code is 3, where one fails or the plan is stopped; it is 7 where
something is missing yet: time, bookings, a decided gate, an open window, another approval.

Examples:
  atmr-ml rollout advance
  atmr-ml rollout advance --yes --json
  atmr-ml rollout advance --dry-run
  atmr-ml rollout advance --force --reason "board decision of 2 March"`;

const advance: CommandModule['run'] = (command, surroundings) => {
  const { force } = command.opts<{ force?: boolean }>();
  return runChange(command, surroundings, {
    asks: true,
    writesInitialState: false,
    prepare: async (...given) =>
      (await import('../src/rollout-changes/advance.js')).prepareAdvance(...given, { force: force === true }),
  });
};

const HOLD_HELP = t`
The traffic stays as it is and the guard goes on watching; the plan waits until \`rollout resume\`.

Examples:
  atmr-ml rollout hold --reason "strike on Thursday"`;

const hold: CommandModule['run'] = (command, surroundings) =>
  runChange(command, surroundings, {
    asks: false,
    writesInitialState: false,
    prepare: async (...given) => (await import('../src/rollout-changes/stop.js')).prepareHold(...given),
  });

const RESUME_HELP = t`
Goes back to the share of the step, where that was changed. What the guard acted on counts as seen.

Examples:
  atmr-ml rollout resume --reason "cause found and mended" --yes`;

const resume: CommandModule['run'] = (command, surroundings) =>
  runChange(command, surroundings, {
    asks: true,
    writesInitialState: false,
    prepare: async (...given) => (await import('../src/rollout-changes/begin.js')).prepareResume(...given),
  });

const ROLLBACK_HELP = t`
It asks nobody and looks at no gate. To 0 % it is a forced off: one store that answers is enough.

Examples:
  atmr-ml rollout rollback --reason "complaints"
  atmr-ml rollout rollback --to previous
  atmr-ml rollout rollback --to 10`;

const rollback: CommandModule['run'] = (command, surroundings) => {
  const { to } = command.opts<{ to: string }>();
  const share = to === 'previous' ? to : parsePercentage(to);
  if (share === null) {
    throw new AtmrError('USAGE', t`--to is "${to}"; expected previous, or a share such as 10.`);
  }
  return runChange(command, surroundings, {
    asks: false,
    urgent: true,
    writesInitialState: false,
    prepare: async (...given) =>
      (await import('../src/rollout-changes/stop.js')).prepareRollback(...given, share),
  });
};

const LINT_HELP = t`
Exit code 3 when the plan has an error.

Examples:
  atmr-ml rollout lint --config atmr-ml.config.yaml`;

const lint: CommandModule['run'] = async (command, { terminal, readConfig }) => {
  const { json } = command.opts<{ json?: boolean }>();
  const { rollout } = await readConfig();
  const { lintPlan } = await import('../src/rollout/lint.js');
  const { planDocument, planText } = await import('../src/render/rollout-plan.js');
  const findings = lintPlan(rollout);
  if (json || !terminal.interactive)
    terminal.result(JSON.stringify(planDocument(rollout, findings), null, 2));
  else terminal.show(planText(rollout, findings));
  return findings.some(({ level }) => level === 'error') ? EXIT.no : EXIT.done;
};

interface SimulateFlags extends RolloutSimulationFlags {
  readonly source?: string;
  readonly model?: string;
  readonly onBadRow?: string;
  readonly allowSimulated?: boolean;
  readonly json?: boolean;
}

const configureSimulate: CommandModule['configure'] = (command) => {
  command
    .option(
      '--source <file>',
      t`settled bookings: CSV, JSON, NDJSON, gzipped or not; - is stdin; or postgres`,
    )
    .option('--scenario <name>', t`a made-up world instead: ordinary, ${Object.keys(SCENARIOS).join(', ')}`)
    .option('--scenario-day <n>', t`the day on which the scenario starts (default: 1)`)
    .option('--bookings-per-day <n>', t`of the made-up world (default: 100)`)
    .option('--days <n>', t`how long it is played (default: 60)`)
    .option('--seed <n>', t`the same seed gives the same play (default: 1)`)
    .option('--model <file>', t`the .onnx file to roll out`)
    .option('--on-bad-row <what>', t`fail, or skip and count`)
    .option('--allow-simulated', t`past 50 % also with a model that learned from made-up bookings`)
    .addHelpText('after', SIMULATE_HELP);
};

const SIMULATE_HELP = t`
Plays the plan of the configuration day by day, by the same gates and rules that decide a live rollout. Whoever has to
agree does so at once; nobody resumes after a stop. What the model learned from is left out and counted.

Exit codes: 0 it reached the last step, 3 it was stopped, 7 the bookings ended before.

Examples:
  atmr-ml rollout simulate --scenario model-worse
  atmr-ml rollout simulate --source last-quarter.csv
  atmr-ml rollout simulate --scenario ordinary --allow-simulated --json`;

const simulate: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const flags = command.opts<SimulateFlags>();
  const { exclusive, oneOf } = await import('../src/arguments.js');
  const { rolloutWorld } = await import('../src/rollout/simulation-flags.js');
  const { PLAY_EXIT, simulateRollout } = await import('../src/rollout/simulate-rollout.js');
  const { chooseModel } = await import('../src/model/choose-model.js');
  const { loadModels } = await import('../src/model/load-models.js');
  exclusive({ '--source': flags.source, '--scenario': flags.scenario });
  const request = {
    world: rolloutWorld(flags),
    source: flags.source,
    onBadRow: oneOf('--on-bad-row', flags.onBadRow, ['fail', 'skip'] as const) ?? 'fail',
    allowSimulated: flags.allowSimulated === true,
  };
  const config = await readConfig();
  const path = await chooseModel(flags.model, config);
  const play = await loadModels({ path, against: null, runtime: null }, (model) =>
    simulateRollout(request, { model, config, clock, terminal }),
  );
  if (flags.json || !terminal.interactive) terminal.result(JSON.stringify(play, null, 2));
  else {
    const { rolloutPlayText } = await import('../src/render/rollout-play.js');
    const { terminalStyle } = await import('../src/render/style.js');
    const style = await terminalStyle(terminal.colour, terminal.columns);
    terminal.show(rolloutPlayText(play, style, config.timeZone));
  }
  return PLAY_EXIT[play.outcome];
};

const WIZARD_HELP = t`
On a terminal, and without the name of a subcommand: the weekly look. Where the rollout is, the week's evidence, the
checklist, the return so far, then one change if you want it, and its first minutes. In French with --lang fr, or where
the locale is. Ctrl-C at any question changes nothing and exits 130. It prints the command that does the same.

Examples:
  atmr-ml rollout
  atmr-ml rollout --lang fr --watch 300`;

const configureWizard: CommandModule['configure'] = (command) => {
  command
    .option('--reason <text>', t`why; asked for when left out`, '')
    .option('--by <name>', t`who (default: the user of the operating system)`)
    .option('--watch <seconds>', t`how long the first minutes after a change are watched`, '120')
    .addHelpText('after', WIZARD_HELP);
};

const wizard: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const { watch, json, ...flags } = command.opts<{
    json?: boolean;
    watch: string;
    reason: string;
    by?: string;
  }>();
  if (json || !terminal.canAsk || !terminal.interactive) {
    throw new AtmrError(
      'USAGE',
      t`The weekly look needs a terminal. Run \`atmr-ml rollout status\`, or a subcommand: \`atmr-ml rollout --help\`.`,
    );
  }
  const { runWizard } = await import('../src/wizard/wizard.js');
  const watchMs = wholeNumber('--watch', watch) * 1000;
  const options = { ...PLAIN_CHANGE, yes: true, reason: flags.reason, by: flags.by ?? null };
  return await runWizard({ watchMs, options }, { config: await readConfig(), clock, terminal });
};

export const alone: CommandModule = { configure: configureWizard, run: wizard };

const withChanges = (help: string): CommandModule['configure'] => {
  return (command) => void addChangeOptions(command).addHelpText('after', help);
};

export const subcommands: CommandFamily['subcommands'] = {
  start: { summary: t`begin with the first step`, configure: withChanges(START_HELP), run: start },
  status: {
    summary: t`where it stands, what is missing, and what to do next`,
    configure: (command) =>
      void command
        .option('--watch [seconds]', t`keep it on the screen, looking every 5 seconds, until Ctrl-C or q`)
        .addHelpText('after', STATUS_HELP),
    run: status,
  },
  advance: {
    summary: t`the next step, where every gate passes`,
    configure: (command) =>
      withChanges(ADVANCE_HELP)(
        command.option('--force', t`past gates, time and calendar; needs --reason, and is recorded`),
      ),
    run: advance,
  },
  hold: { summary: t`stay where it is`, configure: withChanges(HOLD_HELP), run: hold },
  resume: { summary: t`go on with the step`, configure: withChanges(RESUME_HELP), run: resume },
  rollback: {
    summary: t`less traffic, or none, now`,
    configure: (command) =>
      withChanges(ROLLBACK_HELP)(command.option('--to <share>', t`previous, or a share`, '0')),
    run: rollback,
  },
  simulate: {
    summary: t`play the whole plan on past bookings or in a made-up world`,
    configure: configureSimulate,
    run: simulate,
  },
  lint: {
    summary: t`check the plan of the configuration`,
    configure: (command) => void command.addHelpText('after', LINT_HELP),
    run: lint,
  },
};
