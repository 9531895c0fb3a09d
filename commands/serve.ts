import type { CommandModule } from '../src/command.js';
import type { Config, ServeSettings } from '../src/config.js';
import { AtmrError, EXIT } from '../src/errors.js';
import { endWhenInterrupted } from '../src/interruption.js';

export const configure: CommandModule['configure'] = (command) => {
  command
    .option('--port <n>', 'of the API (default: 5000); 0 takes any free one')
    .option('--dashboard-port <n>', 'of the dashboard (default: 3000); 0 takes any free one')
    .option('--host <address>', 'where to listen (default: 127.0.0.1); others need ATMR_ML_TOKEN')
    .addHelpText('after', EXAMPLES);
};

const EXAMPLES = `
Both ports serve the same application. Ctrl-C or SIGTERM ends it when what is under way is done; twice, at once.

Examples:
  atmr-ml serve
  atmr-ml serve --port 8080 --dashboard-port 8081
  ATMR_ML_TOKEN=$(openssl rand -hex 32) atmr-ml serve --host 0.0.0.0
  curl http://localhost:5000/api/feature-flags/status`;

export const run: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const options = command.opts<{ port?: string; dashboardPort?: string; host?: string; json?: boolean }>();
  const { tokenNotices } = await import('../src/http/addresses.js');
  const { serve } = await import('../src/http/serve.js');
  const interrupted = new Promise<number>(endWhenInterrupted);
  const read = await readConfig();
  const config: Config = { ...read, serve: chosen(read.serve, options) };
  for (const text of [...config.warnings, ...tokenNotices(config.serve, config.tokens)]) {
    terminal.notice(`warning: ${text}`);
  }
  const serving = await serve(config, clock, terminal.notice);
  const { instance, apiUrl, dashboardUrl } = serving;
  terminal.notice(`API: ${apiUrl}/api\nDashboard: ${dashboardUrl}/ml-monitoring\nCtrl-C ends it.`);
  if (options.json || !terminal.interactive) {
    terminal.result(JSON.stringify({ instance, api: apiUrl, dashboard: dashboardUrl }));
  }
  await interrupted;
  await serving.stop();
  return EXIT.done;
};

function chosen(
  settings: ServeSettings,
  { port, dashboardPort, host }: { port?: string; dashboardPort?: string; host?: string },
): ServeSettings {
  return {
    ...settings,
    host: host ?? settings.host,
    apiPort: port === undefined ? settings.apiPort : portOf('--port', port),
    dashboardPort:
      dashboardPort === undefined ? settings.dashboardPort : portOf('--dashboard-port', dashboardPort),
  };
}

const MOST = 65_535;

function portOf(flag: string, text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= MOST) return Number(text);
  throw new AtmrError('USAGE', `${flag} is "${text}"; expected a port from 0 to ${MOST}.`);
}
