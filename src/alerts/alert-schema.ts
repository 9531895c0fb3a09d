import * as v from 'valibot';
import { parseDurationMs } from '../environment.js';
import { RULE_NAMES } from '../guard/rule-names.js';
import { t } from '../wording/t.js';
import type { Severity } from './alert.js';
import { quietOf } from './alert-config.js';
import { CHANNEL_NAMES } from './outbox.js';

const text = v.string(() => t`expected a text`);
const channel = v.picklist(CHANNEL_NAMES, () => t`expected a channel: ${CHANNEL_NAMES.join(', ')}`);
const duration = v.pipe(
  text,
  v.check(
    (value) => parseDurationMs(value) !== null,
    () => t`expected a time such as 15m or 4h`,
  ),
);
const email = v.pipe(
  text,
  v.email(() => t`expected an e-mail address`),
);
const SEVERITIES = ['critical', 'warning', 'notice'] as const satisfies readonly Severity[];
/** What a route may be about. */
export const ROUTED = [...SEVERITIES, ...RULE_NAMES, 'telemetry', 'rollout'] as const;

/** The section `alerts` of the configuration file. */
export const alertSchema = v.strictObject({
  language: v.optional(v.picklist(['en', 'fr'], () => t`expected en or fr`)),
  quietHours: v.optional(
    v.pipe(
      text,
      v.check(
        (value) => quietOf(value) !== null,
        () => t`expected hours such as 22-7`,
      ),
    ),
  ),
  digestHour: v.optional(
    v.nullable(
      v.pipe(
        v.number(() => t`expected an hour from 0 to 23`),
        v.integer(() => t`expected an hour from 0 to 23`),
        v.minValue(0, () => t`expected an hour from 0 to 23`),
        v.maxValue(23, () => t`expected an hour from 0 to 23`),
      ),
    ),
  ),
  remindAfter: v.optional(duration),
  routes: v.optional(
    v.record(
      v.picklist(ROUTED, () => t`expected a rule or a severity: ${ROUTED.join(', ')}`),
      v.array(channel, () => t`expected a list of channels`),
    ),
  ),
});

export const contactsSchema = v.array(
  v.strictObject({ name: text, role: v.optional(text, ''), email: v.optional(email) }),
  () => t`expected a list of contacts`,
);

export const escalationSchema = v.array(
  v.strictObject({ after: duration, channel, to: v.optional(email) }),
  () => t`expected a list of levels, each with after and channel`,
);

export type AlertSection = v.InferOutput<typeof alertSchema>;
export type ContactsSection = v.InferOutput<typeof contactsSchema>;
export type EscalationSection = v.InferOutput<typeof escalationSchema>;
