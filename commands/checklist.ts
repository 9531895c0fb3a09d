import type { ListName } from '../src/checklist/items.js';
import type { CommandFamily, CommandModule, Subcommand } from '../src/command.js';
import { EXIT } from '../src/errors.js';
import { t } from '../src/wording/t.js';

interface Flags {
  readonly answer?: readonly string[];
  readonly by?: string;
  readonly note: string;
  readonly input: boolean;
  readonly format?: string;
  readonly json?: boolean;
}

const configure: CommandModule['configure'] = (command) => {
  command
    .option('--answer <item=yes|no>', t`answer an item; may be repeated`, collect)
    .option('--by <name>', t`who answers (default: the CI actor or the user of the operating system)`)
    .option('--note <text>', t`kept with the answers`, '')
    .option('--no-input', t`never ask`)
    .option('--format <format>', t`text, md or json (default: text on a terminal, else json)`)
    .addHelpText('after', HELP);
};

const HELP = t`
What the tool can check it checks; the rest is asked on a terminal, or answered by --answer, and kept with who and when.

Exit code: 0 all done, 3 something failed, 7 something is open, 130 Ctrl-C at a question; what was answered before it is kept.

Examples:
  atmr-ml checklist before
  atmr-ml checklist before --answer tests=yes --answer team=no --by ana --note "training on Friday"
  atmr-ml checklist week-1
  atmr-ml checklist week-4 --format md > week-4.md`;

function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

function subcommand(list: ListName, summary: string): Subcommand {
  const run: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
    const flags = command.opts<Flags>();
    const { formatOf, workThrough } = await import('../src/checklist/work-through.js');
    const format = formatOf(flags, terminal.interactive);
    const context = { config: await readConfig(), fileFault: null, clock };
    const checklist = await workThrough(list, flags, context, terminal);
    const { checklistMarkdown, checklistText } = await import('../src/render/checklist.js');
    if (format === 'text') {
      const { terminalStyle } = await import('../src/render/style.js');
      terminal.show(checklistText(checklist, await terminalStyle(terminal.colour, terminal.columns)));
    } else
      terminal.result(format === 'md' ? checklistMarkdown(checklist) : JSON.stringify(checklist, null, 2));
    if (checklist.failed > 0) return EXIT.no;
    return checklist.unanswered > 0 ? EXIT.notEnoughData : EXIT.done;
  };
  return { summary, configure, run };
}

export const help = t`
Examples:
  atmr-ml checklist before
  atmr-ml checklist week-1 --format md`;

export const subcommands: CommandFamily['subcommands'] = {
  before: subcommand('before', t`before the deployment: is everything in place?`),
  'week-1': subcommand('week-1', t`during the first week at 10 %`),
  'week-4': subcommand('week-4', t`after the last step, at 100 %`),
};
