import type { CommandModule } from '../src/command.js';
import { AtmrError, EXIT } from '../src/errors.js';
import { currentLanguage } from '../src/wording/language.js';
import { t } from '../src/wording/t.js';

interface Flags {
  readonly week?: string | true;
  readonly month?: string | true;
  readonly format?: string;
  readonly out?: readonly string[];
  readonly mail?: string | true;
  readonly inputs?: string;
  readonly json?: boolean;
}

export const configure: CommandModule['configure'] = (command) => {
  command
    .option('--week [week]', t`Monday to Sunday: last (the default), this, or one such as 2026-W12`)
    .option('--month [month]', t`the same of a month: last, this, or one such as 2026-03`)
    .option('--format <format>', t`md, html or json (default: md on a terminal, else json)`)
    .option('--out <file>', t`write it to a .md, .html or .json file; may be given again`, collected)
    .option('--mail [address]', t`mail it to this address (default: ALERT_EMAIL_TO)`)
    .option(
      '--inputs <file>',
      t`YAML of prices, volumes and assumptions of the return (default: the guide's)`,
    )
    .addHelpText('after', HELP);
};

const HELP = t`
What happened, what is proven, who decided what, incidents, the return and the next step. With --out or --mail nothing is
printed unless --format asks for it. The HTML file needs nothing else, and prints on A4.

Exit code: 0 done, 4 a store or the mail server did not answer and no file was written or no mail sent, 7 nothing is recorded.

Examples:
  atmr-ml report
  atmr-ml report --week 2026-W12 --out week.html --out week.md
  atmr-ml report --month --lang fr --mail direction@example.org
  7 6 * * 1  atmr-ml report --week --lang fr --mail        # in a crontab, which has no locale`;

export const run: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const flags = command.opts<Flags>();
  const config = await readConfig();
  const { handOut } = await import('../src/report/hand-out.js');
  const nowMs = clock.nowMs();
  const asked = await requestOf(flags, nowMs, config.timeZone);
  const format = await formatOf(flags, terminal.interactive);
  const found = await handOut(asked, config, clock, terminal.notice);
  if ('nothing' in found) {
    if (format === 'json') terminal.result(JSON.stringify({ period: asked.period.name, ...found }, null, 2));
    else terminal.notice(`${found.nothing}.`);
    return EXIT.notEnoughData;
  }
  if (format !== null) terminal.result(found.texts[format]());
  // Whoever started it from a crontab is written to about each line.
  if (terminal.interactive) for (const line of found.done) terminal.notice(line);
  return EXIT.done;
};

async function requestOf(flags: Flags, nowMs: number, timeZone: string) {
  const { exclusive } = await import('../src/arguments.js');
  const { periodOf } = await import('../src/report/period.js');
  const { readRoiInputs } = await import('../src/roi/read-inputs.js');
  const { refuseOverwriting } = await import('../src/kept-inputs.js');
  exclusive({ '--week': flags.week, '--month': flags.month });
  const kind = flags.month === undefined ? 'week' : 'month';
  const name = flags[kind] ?? true;
  const files = flags.out ?? [];
  for (const file of files) await refuseOverwriting({ '--out': file }, { '--inputs': flags.inputs });
  return {
    period: periodOf(kind, name === true ? null : name, nowMs, timeZone),
    inputs: await readRoiInputs(flags.inputs),
    language: currentLanguage(),
    files,
    mail: flags.mail === undefined ? null : flags.mail === true ? '' : givenAddress(flags.mail),
  } as const;
}

/** What is printed; `null` for nothing, where the report goes elsewhere and nobody asked for it here. */
async function formatOf({ format, json, out, mail }: Flags, interactive: boolean) {
  const { exclusive, oneOf } = await import('../src/arguments.js');
  const { REPORT_FORMATS } = await import('../src/report/hand-out.js');
  exclusive({ '--json': json, '--format': format });
  if (json) return 'json';
  const asked = oneOf('--format', format, REPORT_FORMATS);
  if (asked !== null) return asked;
  if (out !== undefined || mail !== undefined) return null;
  return interactive ? 'md' : 'json';
}

/** An empty variable in a crontab must not send it to somebody else. */
function givenAddress(address: string): string {
  if (address.trim() !== '') return address;
  throw new AtmrError(
    'USAGE',
    t`--mail is empty; expected an e-mail address, or --mail alone for ALERT_EMAIL_TO.`,
  );
}

function collected(file: string, before: readonly string[] = []): readonly string[] {
  return [...before, file];
}
