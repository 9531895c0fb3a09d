import type { CommandFamily, Subcommand } from '../src/command.js';
import { EXIT } from '../src/errors.js';
import { t } from '../src/wording/t.js';

interface ExportFlags {
  readonly format: string;
  readonly out?: string;
}

const exporting: Subcommand = {
  summary: t`the flag as it stands, for a tool that evaluates it by itself`,
  configure(command) {
    command
      .option('--format <name>', t`flagd: its JSON definition, with the same cohort`, 'flagd')
      .option('--out <file>', t`write it to a file, whole or not at all, instead of printing it`)
      .addHelpText('after', EXAMPLES);
  },
  async run(command, { terminal, clock, readConfig }) {
    const { format, out } = command.opts<ExportFlags>();
    const { oneOf } = await import('../src/arguments.js');
    oneOf('--format', format, ['flagd']);
    const config = await readConfig();
    const { openRuntime } = await import('../src/runtime.js');
    const { flagdDefinition } = await import('../src/flag/flagd-definition.js');
    const { readStanding } = await import('../src/flag/read-standing.js');
    const runtime = await openRuntime(config, clock);
    try {
      const standing = await readStanding(runtime.holders, config.staleAfterMs);
      const text = `${JSON.stringify(flagdDefinition(standing), null, 2)}\n`;
      if (out === undefined) {
        terminal.result(text);
        return EXIT.done;
      }
      const { writeWholeFile } = await import('../src/whole-file.js');
      await writeWholeFile(out, '--out', [text]);
      terminal.notice(
        t`${out} holds revision ${standing.flag?.revision ?? 0}; it does not follow what comes later.`,
      );
      return EXIT.done;
    } finally {
      await runtime.close();
    }
  },
};

const EXAMPLES = t`
It is a copy of one moment: what comes later, a forced off too, reaches flagd with the next export.

Examples:
  atmr-ml flag export --format flagd
  atmr-ml flag export --format flagd --out flags.json && flagd start --uri file:flags.json`;

export const subcommands: CommandFamily['subcommands'] = { export: exporting };

export const help = t`
Examples:
  atmr-ml flag export --format flagd`;
