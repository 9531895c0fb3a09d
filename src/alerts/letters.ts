import { createHash } from 'node:crypto';
import { t } from '../wording/t.js';
import type { Alert } from './alert.js';
import type { AlertConfig } from './alert-config.js';
import type { Channel } from './channel.js';
import { messageOf } from './messages/message-of.js';
import type { ChannelName, NewEntry } from './outbox.js';

/** One message to one place: an alert, or the notices of a day together. */
export interface Letter<T extends NewEntry> {
  readonly id: string;
  readonly channel: ChannelName;
  readonly to: string | null;
  readonly alert: Alert;
  /** What it is made of. */
  readonly entries: readonly T[];
}

const SEND_LIMIT_MS = 30_000;

/** Entries that go now as letters: notices that waited for the digest go to each place in one. */
export function lettersOf<T extends NewEntry>(
  entries: readonly T[],
  { digestHour }: Pick<AlertConfig, 'digestHour'>,
): Letter<T>[] {
  const isGathered = ({ alert, channel, createdMs, notBeforeMs }: T) =>
    digestHour !== null && alert.severity === 'notice' && channel !== 'log' && notBeforeMs > createdMs;
  const places = new Map<string, T[]>();
  for (const entry of entries.filter(isGathered)) {
    const place = `${entry.channel} ${entry.to}`;
    places.set(place, [...(places.get(place) ?? []), entry]);
  }
  const single = entries.filter((entry) => !isGathered(entry)).map((entry) => letterOf([entry], entry.alert));
  return [...single, ...[...places.values()].map((some) => letterOf(some, digestOf(some)))];
}

function letterOf<T extends NewEntry>(entries: readonly T[], alert: Alert): Letter<T> {
  const [first] = entries;
  const ids = entries.map(({ id }) => id);
  // The same entries make the same letter, also at the next try.
  const id =
    entries.length === 1 ? ids[0]! : createHash('sha256').update(ids.toSorted().join('\n')).digest('hex');
  return { id, channel: first!.channel, to: first!.to, alert, entries };
}

function digestOf(entries: readonly NewEntry[]): Alert {
  const items = entries.map(({ alert }) => alert).toSorted((a, b) => a.atMs - b.atMs);
  const [first] = items;
  if (items.length === 1) return first!;
  return {
    ...first!,
    ...{ id: `${first!.id} digest`, subject: 'digest', kind: 'digest', done: null, items },
    simulated: items.some(({ simulated }) => simulated),
  };
}

/** Sends a letter in the language of its readers. Rejects when its channel is not configured any more, or does not take it. */
export async function deliverTo(
  channel: Channel | null,
  { id, to, alert }: Pick<Letter<NewEntry>, 'id' | 'to' | 'alert'>,
  {
    config,
    timeZone,
    dashboardUrl,
  }: { readonly config: AlertConfig; readonly timeZone: string; readonly dashboardUrl: string | null },
): Promise<void> {
  if (channel === null) throw new Error(t`this channel is not configured here`);
  const message = messageOf(alert, {
    language: config.language,
    timeZone,
    contacts: config.contacts,
    dashboardUrl,
  });
  await channel.send(alert, message, { id, to, signal: AbortSignal.timeout(SEND_LIMIT_MS) });
}
