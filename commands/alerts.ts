import type { CommandFamily, CommandModule } from '../src/command.js';
import { EXIT } from '../src/errors.js';
import { t } from '../src/wording/t.js';

const TEST_HELP = t`
Sends one message marked as a test to each channel that is configured, at once. Exit code 3 when one did not take it.

Examples:
  atmr-ml alerts test
  atmr-ml alerts test --channel slack`;

const test: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const { channel, json } = command.opts<{ channel?: string; json?: boolean }>();
  const config = await readConfig();
  const { oneOf } = await import('../src/arguments.js');
  const { CHANNEL_NAMES } = await import('../src/alerts/outbox.js');
  const { testChannels } = await import('../src/alerts/test-channels.js');
  const only = oneOf('--channel', channel, CHANNEL_NAMES);
  const results = await testChannels(config, only, clock.nowMs(), terminal.notice);
  const { testDocument, testText } = await import('../src/render/alerts.js');
  if (json || !terminal.interactive) terminal.result(JSON.stringify(testDocument(results), null, 2));
  else terminal.show(testText(results));
  return results.every(({ error }) => error === null) ? EXIT.done : EXIT.no;
};

const LIST_HELP = t`
What the guard found and nobody has acknowledged, or that ended in the last 24 hours; below, the messages on their way.

Examples:
  atmr-ml alerts list
  atmr-ml alerts list --limit 100 --json`;

const list: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const { limit, json } = command.opts<{ limit?: string; json?: boolean }>();
  const config = await readConfig();
  const { wholeNumber } = await import('../src/arguments.js');
  const { readAlerts } = await import('../src/alerts/read-alerts.js');
  const { alertsDocument, alertsText } = await import('../src/render/alerts.js');
  const found = await readAlerts(config, wholeNumber('--limit', limit, 1, 1000) ?? 20, clock.nowMs());
  if (json || !terminal.interactive)
    terminal.result(JSON.stringify(alertsDocument(found, config.alerts), null, 2));
  else terminal.show(alertsText(found, config.alerts, config.timeZone));
  return EXIT.done;
};

const ACK_HELP = t`
What was acted on (or all that a rule found) has been seen: it counts anew, escalation and reminders end.

Examples:
  atmr-ml alerts ack
  atmr-ml alerts ack failure_rate --by ana`;

const ack: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const [rule] = command.args;
  const { by, json } = command.opts<{ by?: string; json?: boolean }>();
  const config = await readConfig();
  const { acknowledgeAlerts } = await import('../src/alerts/acknowledge-alerts.js');
  const seen = await acknowledgeAlerts(config, rule ?? null, by, clock.nowMs());
  const text = seen.length === 0 ? t`There was nothing to acknowledge.` : t`${seen.length} acknowledged.`;
  terminal.result(json || !terminal.interactive ? JSON.stringify({ acknowledged: seen }, null, 2) : text);
  return EXIT.done;
};

export const help = t`
Examples:
  atmr-ml alerts list
  atmr-ml alerts test --channel slack
  atmr-ml alerts ack failure_rate --by ana`;

export const subcommands: CommandFamily['subcommands'] = {
  test: {
    summary: t`send a test message to every channel`,
    configure: (command) =>
      void command
        .option('--channel <name>', t`to this one only: email, slack, sentry, webhook or log`)
        .addHelpText('after', TEST_HELP),
    run: test,
  },
  list: {
    summary: t`what was found, who was told, and what is on its way`,
    configure: (command) =>
      void command.option('--limit <n>', t`messages to show (default: 20)`).addHelpText('after', LIST_HELP),
    run: list,
  },
  ack: {
    summary: t`somebody has seen it`,
    configure: (command) =>
      void command
        .argument('[rule]', t`all that this rule found (default: what was acted on)`)
        .option('--by <name>', t`who (default: the CI actor or the user of the operating system)`)
        .addHelpText('after', ACK_HELP),
    run: ack,
  },
};
