import type { CommandModule } from '../src/command.js';
import { thisProcess } from '../src/config.js';
import { startReader } from '../src/flag/reader.js';
import { readStatus, type Status } from '../src/flag/status.js';
import { eventLine, eventsBetween, overtakenFlags, withSilent } from '../src/flag/watch-events.js';
import { endWhenInterrupted } from '../src/interruption.js';
import { startLoop } from '../src/loop.js';
import { openRuntime } from '../src/runtime.js';
import { t } from '../src/wording/t.js';

/** Instances fall silent without a hint; changes of the flag are told at once. */
const LOOK_MS = 1000;

export const configure: CommandModule['configure'] = (command) => {
  command.addHelpText('after', EXAMPLES);
};

const EXAMPLES = t`
It is a reader itself: it reports to the stores and confirms changes, as a service would.

Examples:
  atmr-ml watch
  atmr-ml watch --json | jq 'select(.event == "forced off")'`;

export const run: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const asText = terminal.interactive && command.opts<{ json?: boolean }>().json !== true;
  const config = await readConfig();
  const runtime = await openRuntime(config, clock);
  const { holders, instance, place } = runtime;
  const { staleAfterMs, timeZone } = config;
  terminal.notice(t`Watching ${place}; times are those of ${timeZone}; Ctrl-C ends it.`);
  const interrupted = new Promise<number>(endWhenInterrupted);
  let before: Status | null = null;

  async function look(): Promise<void> {
    const status = await readStatus(holders, staleAfterMs);
    const at = new Date(clock.nowMs()).toISOString();
    const overtaken = await overtakenFlags(holders, before, status);
    for (const event of eventsBetween(before, status, overtaken)) {
      terminal.result(asText ? eventLine(event, at, timeZone) : JSON.stringify({ at, ...event }));
    }
    before = withSilent(before, status);
  }

  let wake = () => {};
  const reader = await startReader(holders, {
    ...{ instance, pid: thisProcess().pid, url: null, model: null, staleAfterMs, repairs: true },
    onNotice: terminal.notice,
    onChange: () => wake(),
  });
  const loop = startLoop(look, () => LOOK_MS);
  wake = loop.wake;
  try {
    return await interrupted;
  } finally {
    await loop.stop();
    await reader.stop();
    await runtime.close();
  }
};
