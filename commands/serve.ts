import type { CommandModule } from '../src/command.js';
import type { Config, ServeSettings } from '../src/config.js';
import { EXIT } from '../src/errors.js';
import { endWhenInterrupted } from '../src/interruption.js';
import { t } from '../src/wording/t.js';

interface Flags {
  readonly port?: string;
  readonly dashboardPort?: string;
  readonly host?: string;
  readonly keepDays?: string;
  readonly json?: boolean;
}

export const configure: CommandModule['configure'] = (command) => {
  command
    .option('--port <n>', t`of the API (default: 5000); 0 takes any free one`)
    .option('--dashboard-port <n>', t`of the dashboard (default: 3000); 0 takes any free one`)
    .option('--keep-days <n>', t`how long answers and outcomes are kept (default: 400); their sums stay`)
    .option('--host <address>', t`where to listen (default: 127.0.0.1); others need ATMR_ML_TOKEN`)
    .addHelpText('after', EXAMPLES);
};

const EXAMPLES = t`
Both ports serve the same application. Ctrl-C or SIGTERM ends it when what is under way is done; twice, at once.

Examples:
  atmr-ml serve
  atmr-ml serve --port 8080 --dashboard-port 8081
  ATMR_ML_TOKEN=$(openssl rand -hex 32) atmr-ml serve --host 0.0.0.0
  curl http://localhost:5000/api/feature-flags/status`;

export const run: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const options = command.opts<Flags>();
  const { tokenNotices } = await import('../src/http/addresses.js');
  const { serve } = await import('../src/http/serve.js');
  const interrupted = new Promise<number>(endWhenInterrupted);
  const read = await readConfig();
  const config: Config = { ...read, serve: await chosen(read.serve, options) };
  for (const text of [...config.warnings, ...tokenNotices(config.serve, config.tokens)]) {
    terminal.notice(t`warning: ${text}`);
  }
  const serving = await serve(config, clock, terminal.notice);
  const { instance, apiUrl, dashboardUrl } = serving;
  terminal.notice(t`API: ${apiUrl}/api\nDashboard: ${dashboardUrl}/ml-monitoring\nCtrl-C ends it.`);
  if (options.json || !terminal.interactive) {
    terminal.result(JSON.stringify({ instance, api: apiUrl, dashboard: dashboardUrl }));
  }
  await interrupted;
  await serving.stop();
  return EXIT.done;
};

async function chosen(settings: ServeSettings, flags: Flags): Promise<ServeSettings> {
  const { wholeNumber } = await import('../src/arguments.js');
  return {
    ...settings,
    host: flags.host ?? settings.host,
    apiPort: wholeNumber('--port', flags.port, 0, LAST_PORT) ?? settings.apiPort,
    dashboardPort:
      wholeNumber('--dashboard-port', flags.dashboardPort, 0, LAST_PORT) ?? settings.dashboardPort,
    keepDays: wholeNumber('--keep-days', flags.keepDays, LEAST_DAYS, MOST_DAYS) ?? settings.keepDays,
  };
}

const LAST_PORT = 65_535;
/** A pickup is settled within days of its prediction, and then nothing is scored any more. */
const LEAST_DAYS = 7;
const MOST_DAYS = 36_500;
