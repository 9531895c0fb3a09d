import { parseDurationMs } from '../environment.js';
import type { AlertSection, ContactsSection, EscalationSection } from './alert-schema.js';
import type { ChannelName } from './outbox.js';

/** Who is told what, and when. */
export interface AlertConfig {
  readonly language: 'en' | 'fr';
  /** Local hours in which warnings wait; critical alerts never do. `null` for none. */
  readonly quiet: { readonly fromHour: number; readonly untilHour: number } | null;
  /** Local hour at which the notices of a day go out together; `null` for each at once. */
  readonly digestHour: number | null;
  /** How long after an unacknowledged critical alert it is told again; `null` for never. */
  readonly remindMs: number | null;
  /** By rule or severity: instead of the usual channels. */
  readonly routes: Readonly<Record<string, readonly ChannelName[]>>;
  readonly contacts: readonly Contact[];
  /** In the order of their times. */
  readonly escalation: readonly EscalationLevel[];
}

export interface Contact {
  readonly name: string;
  readonly role: string;
  readonly email: string | null;
}

/** Who hears of an alert that nobody has acknowledged for so long. */
export interface EscalationLevel {
  readonly afterMs: number;
  readonly channel: ChannelName;
  /** An address instead of the channel's own; for e-mail. */
  readonly to: string | null;
}

/** The settings that the three sections mean. */
export function alertConfigOf(
  section: AlertSection | undefined,
  contacts: ContactsSection | undefined,
  escalation: EscalationSection | undefined,
): AlertConfig {
  const levels = (escalation ?? []).map(({ after, channel: name, to = null }): EscalationLevel => {
    return { afterMs: parseDurationMs(after) ?? 0, channel: name, to };
  });
  return {
    language: section?.language ?? 'en',
    quiet: section?.quietHours === undefined ? null : quietOf(section.quietHours),
    digestHour: section?.digestHour === undefined ? DEFAULT_DIGEST_HOUR : section.digestHour,
    remindMs: parseDurationMs(section?.remindAfter ?? DEFAULT_REMIND),
    routes: section?.routes ?? {},
    contacts: (contacts ?? []).map((contact) => ({ ...contact, email: contact.email ?? null })),
    escalation: levels.toSorted((a, b) => a.afterMs - b.afterMs),
  };
}

const DEFAULT_DIGEST_HOUR = 8;
const DEFAULT_REMIND = '4h';

const HOURS = /^(\d{1,2})-(\d{1,2})$/;

/** `22-7`, also over midnight; `null` for anything else. */
export function quietOf(hours: string): AlertConfig['quiet'] {
  const [, from = '', until = ''] = HOURS.exec(hours) ?? [];
  const [fromHour, untilHour] = [Number(from), Number(until)];
  return from !== '' && fromHour <= 23 && untilHour <= 24 && fromHour !== untilHour
    ? { fromHour, untilHour }
    : null;
}
