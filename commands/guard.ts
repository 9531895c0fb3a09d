import type { CommandModule } from '../src/command.js';
import { EXIT, EXIT_CODES, messageOf } from '../src/errors.js';
import type { Tick } from '../src/guard/tick.js';
import { t } from '../src/wording/t.js';

interface Flags {
  readonly once?: boolean;
  readonly dryRun?: boolean;
  readonly ack?: string | true;
  readonly by?: string;
  readonly json?: boolean;
}

export const configure: CommandModule['configure'] = (command) => {
  command
    .option('--once', t`look once and end, for cron and CI (default: again and again until Ctrl-C)`)
    .option('--dry-run', t`look and decide, change nothing`)
    .option('--ack [rule]', t`what was acted on, or all that this rule found, has been seen: it counts anew`)
    .option('--by <name>', t`who acknowledges (default: the CI actor or the user of the operating system)`)
    .addHelpText('after', HELP);
};

const HELP = t`
One look: what is proven, and what is done about it. Traffic goes back by itself; it never rises here but by the plan.
\`serve\` does the same every 15 s. Of several guards one leads; with Redis alone each machine has its own.

Exit codes: 0 nothing proven, 3 a breach (acted on, or not), 4 nothing could be looked at.

Examples:
  atmr-ml guard --once
  * * * * *  atmr-ml guard --once --json >> /var/log/atmr-ml-guard.ndjson
  atmr-ml guard --ack miss_rate --by ana`;

export const run: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const { once, dryRun, ack, by, json } = command.opts<Flags>();
  const config = await readConfig();
  const { openRuntime } = await import('../src/runtime.js');
  const { openGuard } = await import('../src/guard/open-guard.js');
  const runtime = await openRuntime(config, clock);
  const guard = await openGuard(runtime, config);
  const asText = terminal.interactive && json !== true;
  const closing: (() => Promise<void>)[] = [];
  try {
    if (ack !== undefined) {
      const { acknowledgeByName } = await import('../src/guard/acknowledge.js');
      const rule = ack === true ? null : ack;
      const seen = await acknowledgeByName(guard.guardStore, rule, by, clock.nowMs());
      terminal.result(
        asText ? t`${seen.length} acknowledged.` : JSON.stringify({ acknowledged: seen }, null, 2),
      );
      return EXIT.done;
    }
    if (!guard.isShared) {
      terminal.notice(
        t`notice: with Redis alone each machine has its own guard, which remembers in ${guard.guardStore.where}.`,
      );
    }
    const { tick } = await import('../src/guard/tick.js');
    const { surveyOnly } = await import('../src/guard/survey-only.js');
    const { tickDocument, tickText } = await import('../src/render/guard.js');
    const { terminalStyle } = await import('../src/render/style.js');
    const style = await terminalStyle(terminal.colour, terminal.columns);
    const { openConfiguredPost } = await import('../src/alerts/open-post.js');
    const { openTeller } = await import('../src/alerts/teller.js');
    // A channel that is set up wrongly must not keep the guard from looking.
    const post = await openConfiguredPost(config, runtime.instance, clock.nowMs, terminal.notice).catch(
      (thrown) => {
        terminal.notice(t`warning: nobody is told: ${messageOf(thrown)}`);
        return null;
      },
    );
    if (post !== null) closing.push(post.close);
    const { settleMs, remindMs } = { settleMs: config.guard.coolDownMs, remindMs: config.alerts.remindMs };
    const tellPeople = post && openTeller(post, { settleMs, remindMs });
    const one = async () => {
      const ticked = await (dryRun ? surveyOnly : tick)(guard);
      if (!dryRun) {
        await tellPeople?.(ticked);
        await post?.deliver();
      }
      terminal.show(
        asText ? tickText(ticked, style) : JSON.stringify(tickDocument(ticked), null, once ? 2 : 0),
      );
      return ticked;
    };
    if (once) return exitOf(await one());
    const { repeatUntilInterrupted } = await import('../src/outcomes/repeat.js');
    return await repeatUntilInterrupted(
      async () => void (await one()),
      config.guard.intervalMs,
      terminal.notice,
    );
  } finally {
    for (const close of closing) await close();
    await guard.close();
    await runtime.close();
  }
};

function exitOf({ survey, acted }: Tick): number {
  if (acted !== null) return acted.done ? EXIT.no : EXIT_CODES.UNAVAILABLE;
  if (survey.telemetryFault !== null) return EXIT_CODES.UNAVAILABLE;
  const isBreached = survey.guard?.findings.some(({ level, dryRun }) => level === 'act' && !dryRun);
  return isBreached ? EXIT.no : EXIT.done;
}
