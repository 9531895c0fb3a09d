import * as v from 'valibot';
import { parseDurationMs } from '../environment.js';
import { RULE_NAMES } from '../guard/rule-names.js';
import type { Severity } from './alert.js';
import { CHANNEL_NAMES, type ChannelName } from './outbox.js';

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

const text = v.string('expected a text');
const channel = v.picklist(CHANNEL_NAMES, `expected a channel: ${CHANNEL_NAMES.join(', ')}`);
const duration = v.pipe(
  text,
  v.check((value) => parseDurationMs(value) !== null, 'expected a time such as 15m or 4h'),
);
const email = v.pipe(text, v.email('expected an e-mail address'));
const SEVERITIES = ['critical', 'warning', 'notice'] as const satisfies readonly Severity[];
/** What a route may be about. */
export const ROUTED = [...SEVERITIES, ...RULE_NAMES, 'telemetry', 'rollout'] as const;
const HOURS = /^(\d{1,2})-(\d{1,2})$/;

/** The section `alerts` of the configuration file. */
export const alertSchema = v.strictObject({
  language: v.optional(v.picklist(['en', 'fr'], 'expected en or fr')),
  quietHours: v.optional(
    v.pipe(
      text,
      v.check((value) => quietOf(value) !== null, 'expected hours such as 22-7'),
    ),
  ),
  digestHour: v.optional(
    v.nullable(
      v.pipe(
        v.number('expected an hour from 0 to 23'),
        v.integer('expected an hour from 0 to 23'),
        v.minValue(0, 'expected an hour from 0 to 23'),
        v.maxValue(23, 'expected an hour from 0 to 23'),
      ),
    ),
  ),
  remindAfter: v.optional(duration),
  routes: v.optional(
    v.record(
      v.picklist(ROUTED, `expected a rule or a severity: ${ROUTED.join(', ')}`),
      v.array(channel, 'expected a list of channels'),
    ),
  ),
});

export const contactsSchema = v.array(
  v.strictObject({ name: text, role: v.optional(text, ''), email: v.optional(email) }),
  'expected a list of contacts',
);

export const escalationSchema = v.array(
  v.strictObject({ after: duration, channel, to: v.optional(email) }),
  'expected a list of levels, each with after and channel',
);

type AlertSection = v.InferOutput<typeof alertSchema>;

/** The settings that the three sections mean. */
export function alertConfigOf(
  section: AlertSection | undefined,
  contacts: v.InferOutput<typeof contactsSchema> | undefined,
  escalation: v.InferOutput<typeof escalationSchema> | undefined,
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

function quietOf(hours: string): AlertConfig['quiet'] {
  const [, from = '', until = ''] = HOURS.exec(hours) ?? [];
  const [fromHour, untilHour] = [Number(from), Number(until)];
  return from !== '' && fromHour <= 23 && untilHour <= 24 && fromHour !== untilHour
    ? { fromHour, untilHour }
    : null;
}
