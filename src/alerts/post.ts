import { messageOf as textOf } from '../errors.js';
import type { Alert } from './alert.js';
import type { AlertConfig } from './alert-config.js';
import type { Channel } from './channel.js';
import { deliverTo, type Letter, lettersOf } from './letters.js';
import type { ChannelName, NewEntry, Outbox } from './outbox.js';
import { againInMs } from './retry.js';
import { entriesOf, escalationsOf } from './routes.js';

/** Sees to it that alerts arrive: into the outbox, and from there out, again and again. */
export interface Post {
  /** Puts alerts into the outbox; what is there already is left alone. Never rejects. */
  tell(alerts: readonly Alert[]): Promise<void>;
  /** Sends what is due. Returns what became of each; never rejects. */
  deliver(): Promise<readonly Delivered[]>;
  close(): Promise<void>;
}

export interface Delivered {
  readonly id: string;
  readonly channel: ChannelName;
  readonly error: string | null;
}

export interface PostSettings {
  readonly outbox: Outbox;
  readonly channels: ReadonlyMap<ChannelName, Channel>;
  readonly config: AlertConfig;
  readonly timeZone: string;
  readonly dashboardUrl: string | null;
  /** Names this process among those that send. */
  readonly holder: string;
  nowMs(): number;
}

const BATCH = 20;
/** Longer than any attempt takes. */
const CLAIM_MS = 120_000;
/** Without a database: no process remembers more. */
const MOST_UNPOSTED = 200;

/**
 * While the database is away alerts wait here and go out from here, each once a process; those that went do not go again
 * from the outbox. Two processes cannot know of each other then, and may both tell.
 */
export function openPost(settings: PostSettings): Post {
  const { outbox, channels, config, timeZone, holder, nowMs } = settings;
  const open = new Set(channels.keys());
  const unposted = new Map<string, NewEntry>();
  const goneDirectly = new Set<string>();

  async function post(): Promise<boolean> {
    const waiting = [...unposted.values()];
    if (waiting.length === 0) return true;
    try {
      await outbox.add(waiting);
      for (const { id } of waiting) unposted.delete(id);
      return true;
    } catch {
      return false;
    }
  }

  /** Why it did not go; `null` when it went. */
  function send(letter: Letter<NewEntry>): Promise<unknown> {
    return deliverTo(channels.get(letter.channel) ?? null, letter, settings).then(
      () => null,
      (thrown: unknown) => thrown ?? new Error('failed'),
    );
  }

  async function sendDirectly(): Promise<Delivered[]> {
    const due = [...unposted.values()].filter(({ notBeforeMs }) => notBeforeMs <= nowMs());
    return await Promise.all(
      lettersOf(due, config).map(async (letter) => {
        const failure = await send(letter);
        for (const { id } of failure === null ? letter.entries : []) {
          goneDirectly.add(id);
          unposted.delete(id);
        }
        return delivered(letter, failure);
      }),
    );
  }

  async function sendClaimed(): Promise<Delivered[]> {
    const claimed = await outbox.claim(holder, BATCH, CLAIM_MS);
    return await Promise.all(
      lettersOf(claimed, config).map(async (letter) => {
        const failure = await send(letter);
        for (const entry of letter.entries) {
          if (failure === null) await outbox.sent(entry.id, holder);
          else await outbox.failed(entry.id, holder, textOf(failure), againInMs(entry, failure, nowMs()));
        }
        return delivered(letter, failure);
      }),
    );
  }

  return {
    async tell(alerts) {
      const surroundings = { config, open, timeZone };
      for (const alert of alerts) {
        for (const entry of [...entriesOf(alert, surroundings), ...escalationsOf(alert, surroundings)]) {
          if (!goneDirectly.has(entry.id) && unposted.size < MOST_UNPOSTED) unposted.set(entry.id, entry);
        }
      }
      await post();
    },
    async deliver() {
      if (!(await post())) return await sendDirectly();
      return await sendClaimed().catch(() => []);
    },
    async close() {
      for (const channel of channels.values()) await channel.close().catch(() => {});
    },
  };
}

function delivered({ id, channel }: Letter<NewEntry>, failure: unknown): Delivered {
  return { id, channel, error: failure === null ? null : textOf(failure) };
}
