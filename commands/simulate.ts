import type { Command } from 'commander';
import type { CommandModule } from '../src/command.js';
import { SCENARIOS } from '../src/simulator/scenario.js';
import { DEFAULT_SIMULATION, type SimulationFlags, simulationSettings } from '../src/simulator/settings.js';
import { standardOutput } from '../src/terminal.js';
import { t } from '../src/wording/t.js';

interface Flags extends SimulationFlags {
  readonly out: string;
  readonly table: string;
  readonly format: string;
  readonly json?: boolean;
}

export const configure: CommandModule['configure'] = (command: Command) => {
  const { bookings, from, days, seed } = DEFAULT_SIMULATION;
  command
    .option('--bookings <n>', t`how many bookings (default: ${bookings})`)
    .option('--from <date>', t`first day, YYYY-MM-DD (default: ${from})`)
    .option('--days <n>', t`how many days they spread over (default: ${days})`)
    .option('--seed <n>', t`the same seed gives the same bytes (default: ${seed})`)
    .option('--out <file>', t`where to write them, gzipped if it ends in .gz; - is stdout`, '-')
    .option('--table <kind>', t`bookings, or ready: features without timestamps`, 'bookings')
    .option('--format <format>', t`csv or ndjson`, 'csv')
    .option('--unsettled <percent>', t`bookings without an outcome yet (default: 0)`)
    .option('--scenario <name>', t`a change of the world: ${Object.keys(SCENARIOS).join(', ')}`)
    .option('--scenario-day <n>', t`the day it starts, the first being 1 (default: the middle)`)
    .addHelpText('after', scenarioHelp());
};

export const run: CommandModule['run'] = async (command, { terminal, readConfig }) => {
  const flags = command.opts<Flags>();
  // Nothing in it changes a simulation, but a faulty one is best known before the first command that it does.
  await readConfig();
  const settings = simulationSettings(flags);
  const { exportSimulation, tableFormat } = await import('../src/simulator/export.js');
  const { simulationText } = await import('../src/render/simulation.js');
  const toStdout = flags.out === '-';
  const format = tableFormat(flags.table, flags.format);
  const summary = await exportSimulation(settings, format, toStdout ? standardOutput() : flags.out);
  const json = JSON.stringify(summary, null, 2);
  if (toStdout) terminal.notice(flags.json ? json : simulationText(summary));
  else terminal.show(flags.json || !terminal.interactive ? json : simulationText(summary));
  return 0;
};

function scenarioHelp(): string {
  const scenarios = Object.entries(SCENARIOS).map(
    ([name, { summary }]) => `  ${name.padEnd(14)}${summary()}`,
  );
  return t`
Scenarios:
${scenarios.join('\n')}

Examples:
  atmr-ml simulate --out bookings.csv
  atmr-ml simulate --bookings 1000000 --seed 7 --out big.csv
  atmr-ml simulate --from 2026-12-01 --days 60 --scenario snow-week | atmr-ml ab-test --source -`;
}
