import { wholeNumber } from '../src/change-options.js';
import type { CommandModule } from '../src/command.js';
import { EXIT } from '../src/errors.js';
import { findChange, verifyHistory } from '../src/flag/history.js';
import { sendJournal } from '../src/flag/sync.js';
import { changeFoundLines, historyLines, verdictLine } from '../src/render/history.js';
import { openRuntime } from '../src/runtime.js';
import { t } from '../src/wording/t.js';

export const configure: CommandModule['configure'] = (command) => {
  command
    .option('--limit <n>', t`how many changes, newest first`, '20')
    .option('--verify', t`check the whole chain of hashes; exit 3 when it is broken`)
    .option('--change <id>', t`one change: whether it was recorded; exit 3 when it was not`)
    .addHelpText('after', EXAMPLES);
};

const EXAMPLES = t`
Examples:
  atmr-ml history --limit 50
  atmr-ml history --verify
  atmr-ml history --change 0b9f2c1e-7d0a-4c1c-9a55-2f1d3e4b5a6c`;

export const run: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const options = command.opts<{ limit: string; verify?: boolean; change?: string; json?: boolean }>();
  const limit = wholeNumber('--limit', options.limit);
  const config = await readConfig();
  const runtime = await openRuntime(config, clock);
  const asText = terminal.interactive && options.json !== true;
  const print = (lines: readonly string[], document: unknown) =>
    terminal.show(asText ? lines.join('\n') : JSON.stringify(document, null, 2));
  try {
    const { holders } = runtime;
    await sendJournal(holders);
    if (options.change !== undefined) {
      const found = await findChange(holders, options.change);
      print(changeFoundLines(found, options.change, config.timeZone), found);
      return found.recorded === null && found.mark === null ? EXIT.no : EXIT.done;
    }
    if (options.verify) {
      const verdict = await verifyHistory(holders);
      print([verdictLine(verdict)], verdict);
      return verdict.kind === 'intact' ? EXIT.done : EXIT.no;
    }
    const entries = await holders.record.history(limit);
    print(historyLines(entries, config.timeZone), entries);
    return EXIT.done;
  } finally {
    await runtime.close();
  }
};
