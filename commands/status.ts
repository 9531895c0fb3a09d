import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandModule } from '../src/command.js';
import type { Config } from '../src/config.js';
import { EXIT, EXIT_CODES, messageOf } from '../src/errors.js';
import type { Warning } from '../src/flag/change.js';
import type { Holders } from '../src/flag/holders.js';
import { plannedWarning } from '../src/flag/initial.js';
import { otherModelWarnings } from '../src/flag/model-reference.js';
import { readStatus } from '../src/flag/status.js';
import { sendJournal, sync } from '../src/flag/sync.js';
import { provenanceOf, simulatedWarnings } from '../src/model/provenance.js';
import { type StatusReport, statusDocument, statusLines } from '../src/render/status.js';
import { openRuntime } from '../src/runtime.js';

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
  const asText = terminal.interactive && options.json !== true;
  try {
    while (true) {
      const { holders, place } = runtime;
      await sendJournal(holders);
      const status = await readStatus(holders, config.staleAfterMs);
      if (status.stores.some(({ behind }) => behind)) await sync(holders, await holders.disk.load());
      const model = await provenanceOf(config.modelsFolder, status.flag?.model ?? null);
      const at = new Date(clock.nowMs()).toISOString();
      const report = { status, model, place, at, timeZone: config.timeZone };
      if (asText && options.watch) terminal.result(CLEAR_SCREEN);
      const others = otherModelWarnings(status.flag?.model ?? null, status.instances);
      const planned = status.state === 'never written' ? plannedWarnings(config, holders) : [];
      const warnings = [...planned, ...simulatedWarnings(model), ...others];
      if (asText) terminal.result(textOf(report, warnings));
      else terminal.result(documentText(report, warnings, options.watch === true));
      if (!options.watch) {
        const [record] = status.stores;
        return record?.answers ? EXIT.done : EXIT_CODES.UNAVAILABLE;
      }
      await sleep(WATCH_MS);
    }
  } finally {
    await runtime.close();
  }
};

/** A typo in ML_* must not keep anybody from the status. */
function plannedWarnings(config: Config, { record }: Holders): Warning[] {
  try {
    const initial = config.initial();
    return initial === null ? [] : [plannedWarning(initial, record.name)];
  } catch (thrown) {
    return [{ code: 'CONFIGURATION', text: messageOf(thrown) }];
  }
}

function textOf(report: StatusReport, warnings: readonly Warning[]): string {
  return [...statusLines(report), ...warnings.map(({ text }) => `Warning: ${text}`)].join('\n');
}

/** One document a line when there are many. */
function documentText(report: StatusReport, warnings: readonly Warning[], many: boolean): string {
  return JSON.stringify({ ...statusDocument(report), warnings }, null, many ? 0 : 2);
}
