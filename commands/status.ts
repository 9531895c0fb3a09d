import type { CommandModule } from '../src/command.js';
import { EXIT, EXIT_CODES } from '../src/errors.js';
import { recordAnswers } from '../src/flag/status.js';
import { sendJournal, sync } from '../src/flag/sync.js';
import { openLedger } from '../src/ledger/open-ledger.js';
import { type StatusReport, statusDocument, statusLines } from '../src/render/status.js';
import { openRuntime } from '../src/runtime.js';
import { readStatusReport } from '../src/status-report.js';
import { t } from '../src/wording/t.js';

export const configure: CommandModule['configure'] = (command) => {
  command
    .option('--watch', t`keep it on the screen, looking each second, until Ctrl-C or q`)
    .addHelpText('after', EXAMPLES);
};

const EXAMPLES = t`
Exit code: 0 the store that decides answered, 4 it did not.
With --watch, the last 24 hours by hour as well. In a pipe --watch prints a line whenever something changed, with --json
one document a second.

Examples:
  atmr-ml status
  atmr-ml status --watch
  atmr-ml status --watch >> atmr-ml.log
  atmr-ml status --json | jq .state`;

export const run: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const { json = false, watch } = command.opts<{ json?: boolean; watch?: boolean }>();
  const config = await readConfig();
  for (const warning of config.warnings) terminal.notice(warning);
  const runtime = await openRuntime(config, clock);
  const { holders } = runtime;
  const ledger = await openLedger(config);
  const look = async () => {
    await sendJournal(holders);
    const report = await readStatusReport(holders, ledger, config);
    if (report.status.stores.some(({ behind }) => behind)) await sync(holders, await holders.disk.load());
    await holders.disk.peers.remember(report.status.instances).catch(() => {});
    return report;
  };
  try {
    if (watch) {
      const { watchStatus } = await import('../src/watching/watch-status.js');
      return await watchStatus(look, ledger, config, { terminal, clock }, json);
    }
    const report = await look();
    if (terminal.interactive && !json) terminal.show(textOf(report));
    else terminal.result(JSON.stringify(statusDocument(report), null, 2));
    return recordAnswers(report.status) ? EXIT.done : EXIT_CODES.UNAVAILABLE;
  } finally {
    await ledger.close();
    await runtime.close();
  }
};

function textOf(report: StatusReport): string {
  return [...statusLines(report), ...report.warnings.map(({ text }) => t`Warning: ${text}`)].join('\n');
}
