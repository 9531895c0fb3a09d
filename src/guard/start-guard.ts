import { openConfiguredPost } from '../alerts/open-post.js';
import { openTeller } from '../alerts/teller.js';
import type { Config } from '../config.js';
import { messageOf } from '../errors.js';
import { type Loop, startLoop } from '../loop.js';
import type { Runtime } from '../runtime.js';
import { learnLanguages, speakingTo } from '../wording/language.js';
import type { Acted } from './act.js';
import { type GuardedServer, type OpenGuard, openGuard } from './open-guard.js';
import { type Tick, tick } from './tick.js';

/** Who hears of what a guard does. */
export interface GuardListener {
  info(text: string, fields: Readonly<Record<string, unknown>>): void;
  warn(text: string, fields: Readonly<Record<string, unknown>>): void;
  /** For clients of `/events`. */
  publish(data: unknown): void;
}

/** Also what another instance put into the outbox, or what waits for its time. */
const DELIVER_MS = 5000;

/** The guard inside of a server: ticks until it is stopped, and marks each minute that the service was up. */
export async function startGuard(
  runtime: Runtime,
  config: Config,
  server: GuardedServer,
  listener: GuardListener,
): Promise<{ stop(): Promise<void> }> {
  // What it sees goes into the log, the history and the alerts, where everybody finds the same words.
  await learnLanguages();
  return await speakingTo('en', () => started(runtime, config, server, listener));
}

async function started(
  runtime: Runtime,
  config: Config,
  server: GuardedServer,
  listener: GuardListener,
): Promise<{ stop(): Promise<void> }> {
  const guard = await openGuard(runtime, config, server);
  if (!guard.isShared) {
    const text =
      'with Redis alone each machine has its own guard, by its own ledger; any of them may roll back';
    listener.warn(text, { ledger: guard.guardStore.where });
  }
  const news = whatIsNew();
  const { clock } = runtime.holders;
  const write = (line: string) => listener.warn(line, {});
  // A channel that is set up wrongly must keep nobody from answering bookings, nor the guard from looking.
  const post = await openConfiguredPost(config, runtime.instance, clock.nowMs, write).catch((thrown) => {
    listener.warn(`nobody is told of what the guard finds: ${messageOf(thrown)}`, {});
    return null;
  });
  const telling = { settleMs: config.guard.coolDownMs, remindMs: config.alerts.remindMs };
  const tellPeople = post && openTeller(post, telling);
  // Apart: a mail server that hangs must not keep the guard from looking.
  const delivery = startLoop(
    async () => {
      for (const { channel, error } of (await post?.deliver()) ?? []) {
        if (error !== null)
          listener.warn(`an alert could not be sent by ${channel}; tried again: ${error}`, {});
      }
    },
    () => DELIVER_MS,
  );
  const loop: Loop = startLoop(
    async () => {
      try {
        await markMinute(guard, runtime);
        const ticked = await tick(guard);
        tell(listener, ticked, news);
        await tellPeople?.(ticked);
        delivery.wake();
      } catch (thrown) {
        listener.warn(`the guard could not look: ${messageOf(thrown)}`, {});
      }
    },
    () => config.guard.intervalMs,
  );
  return {
    async stop() {
      await loop.stop();
      await delivery.stop();
      await post?.close();
      await guard.close();
    },
  };
}

/** A database that is away has no uptime of its own to tell either. */
async function markMinute({ guardStore }: OpenGuard, { holders }: Runtime): Promise<void> {
  await guardStore.markMinute(holders.clock.nowMs()).catch(() => {});
}

/** What lasts is told when it begins and when it ends, not at every look. */
function whatIsNew() {
  let known = new Map<string, string>();
  return (now: ReadonlyMap<string, string>) => {
    const begun = [...now].filter(([rule]) => !known.has(rule));
    const over = [...known].filter(([rule]) => !now.has(rule));
    known = new Map(now);
    return { begun, over };
  };
}

function tell(
  listener: GuardListener,
  { survey, leads, acted, moved }: Tick,
  news: ReturnType<typeof whatIsNew>,
) {
  const found = new Map(survey.guard?.findings.map(({ rule, text }) => [String(rule), text]));
  if (survey.telemetryFault !== null) found.set('telemetry', survey.telemetryFault);
  const { begun, over } = news(found);
  for (const [rule, text] of begun) {
    listener.warn(`guard: ${rule}`, { text, leads });
    listener.publish({ rule, text, state: 'begun' });
  }
  for (const [rule] of over) {
    listener.info(`guard: ${rule} is over`, {});
    listener.publish({ rule, state: 'over' });
  }
  for (const did of [acted, moved].filter((one): one is Acted => one !== null)) {
    const { what, done, revision } = did;
    if (done) listener.warn(`guard: ${what}`, { revision });
    else listener.warn(`guard: not done, tried again: ${what}`, {});
    listener.publish({ act: what, done, revision });
  }
}
