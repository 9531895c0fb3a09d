import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandModule } from '../src/command.js';
import { EXIT, EXIT_CODES } from '../src/errors.js';
import { sendJournal, sync } from '../src/flag/sync.js';
import { openLedger } from '../src/ledger/open-ledger.js';
import { type StatusReport, statusDocument, statusLines } from '../src/render/status.js';
import { openRuntime } from '../src/runtime.js';
import { readStatusReport } from '../src/status-report.js';

const WATCH_MS = 1000;
const CLEAR_SCREEN = '\u001b[2J\u001b[H';

export const configure: CommandModule['configure'] = (command) => {
  command.option('--watch', 'print it again every second, until Ctrl-C').addHelpText('after', EXAMPLES);
};

const EXAMPLES = `
Exit code: 0 the store that decides answered, 4 it did not.

Examples:
  atmr-ml status
  atmr-ml status --watch
  atmr-ml status --json | jq .state`;

export const run: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const options = command.opts<{ json?: boolean; watch?: boolean }>();
  const config = await readConfig();
  for (const warning of config.warnings) terminal.notice(warning);
  const runtime = await openRuntime(config, clock);
  const { holders } = runtime;
  const ledger = await openLedger(config);
  const asText = terminal.interactive && options.json !== true;
  try {
    while (true) {
      await sendJournal(holders);
      const report = await readStatusReport(holders, ledger, config);
      if (report.status.stores.some(({ behind }) => behind)) await sync(holders, await holders.disk.load());
      await holders.disk.peers.remember(report.status.instances).catch(() => {});
      if (asText && options.watch) terminal.result(CLEAR_SCREEN);
      if (asText) terminal.result(textOf(report));
      else terminal.result(documentText(report, options.watch === true));
      if (!options.watch) {
        const [record] = report.status.stores;
        return record?.answers ? EXIT.done : EXIT_CODES.UNAVAILABLE;
      }
      await sleep(WATCH_MS);
    }
  } finally {
    await ledger.close();
    await runtime.close();
  }
};

function textOf(report: StatusReport): string {
  return [...statusLines(report), ...report.warnings.map(({ text }) => `Warning: ${text}`)].join('\n');
}

/** One document a line when there are many. */
function documentText(report: StatusReport, many: boolean): string {
  return JSON.stringify(statusDocument(report), null, many ? 0 : 2);
}
