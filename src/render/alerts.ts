import type { AlertConfig } from '../alerts/alert-config.js';
import type { FoundAlerts } from '../alerts/read-alerts.js';
import type { TestResult } from '../alerts/test-channels.js';
import { wallTimeText } from '../booking/local-time.js';
import { t } from '../wording/t.js';
import { saidValue } from '../wording/values-said.js';
import { durationText } from './status.js';
import { wrapped } from './wrapped.js';

const WIDTH = 80;

export function testDocument(results: readonly TestResult[]) {
  return { ok: results.every(({ error }) => error === null), channels: results };
}

/** A line for each channel. */
export function testText(results: readonly TestResult[]): string {
  return results
    .flatMap(({ channel, where, error }) => {
      const end = error === null ? t`sent to ${where}` : t`NOT sent to ${where}: ${error}`;
      return wrapped(`${channel.padEnd(8)} ${end}`, WIDTH, ' '.repeat(9), '');
    })
    .join('\n');
}

/** Who is to be called, and who hears of a critical alert that nobody acknowledges. */
type People = Pick<AlertConfig, 'contacts' | 'escalation'>;

/** Names and roles, as the messages have them: whoever may read this need not have the addresses. */
export function alertsDocument({ episodes, messages }: FoundAlerts, { contacts, escalation }: People) {
  return {
    contacts: contacts.map(({ name, role }) => ({ name, role })),
    escalation: escalation.map(({ afterMs, channel }) => ({ afterMinutes: afterMs / 60_000, channel })),
    episodes: episodes.map((episode) => ({
      ...episode,
      beganAt: isoTime(episode.beganMs),
      endedAt: isoTime(episode.endedMs),
      actedAt: isoTime(episode.actedMs),
      acknowledgedAt: isoTime(episode.acknowledgedMs),
    })),
    messages: messages.map(({ alert, ...entry }) => ({
      ...entry,
      ...{ subject: alert.subject, kind: alert.kind },
      createdAt: isoTime(entry.createdMs),
      sentAt: isoTime(entry.sentMs),
    })),
  };
}

function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** What was found, what is on its way, and who is to be called. */
export function alertsText({ episodes, messages }: FoundAlerts, people: People, timeZone: string): string {
  const time = (ms: number) => wallTimeText(ms, timeZone).slice(0, 16);
  const found = episodes.flatMap(
    ({ rule, level, beganMs, endedMs, text, action, acknowledgedBy, dryRun }) => {
      const state =
        acknowledgedBy === null ? (endedMs === null ? t`open` : t`over`) : t`seen by ${acknowledgedBy}`;
      const did = action === null ? '' : dryRun ? t`; would ${saidValue(action)}` : t`; ${saidValue(action)}`;
      return wrapped(
        `${time(beganMs)}  ${t`${saidValue(level)} ${rule} (${state}${did}): ${text}`}`,
        WIDTH,
        '  ',
        '',
      );
    },
  );
  const mail = messages.flatMap(
    ({ createdMs, channel, alert, sentMs, gaveUpMs, notBeforeMs, attempts, lastError }) => {
      const state =
        sentMs !== null
          ? t`sent ${time(sentMs)}`
          : gaveUpMs !== null
            ? t`given up: ${lastError ?? ''}`
            : attempts > 0
              ? t`tried ${attempts} times: ${lastError ?? ''}`
              : t`waits until ${time(notBeforeMs)}`;
      return wrapped(
        `${time(createdMs)}  ${t`${channel} ${alert.subject} ${alert.kind}: ${state}`}`,
        WIDTH,
        '  ',
        '',
      );
    },
  );
  return [
    ...(found.length === 0 ? [t`Nothing was found in the last 24 hours.`] : found),
    '',
    ...(mail.length === 0 ? [t`No message was sent or waits.`] : [t`Messages, newest first:`, ...mail]),
    t`Times are those of ${timeZone}.`,
    ...peopleLines(people),
  ].join('\n');
}

function peopleLines({ contacts, escalation }: People): string[] {
  const named = contacts.map(({ name, role, email }) => {
    const known = [role, email ?? ''].filter((part) => part !== '');
    return known.length === 0 ? name : `${name} (${known.join(', ')})`;
  });
  const levels = escalation.map(({ afterMs, channel, to }) => {
    const where = to === null ? channel : t`${channel} to ${to}`;
    return afterMs === 0 ? t`${where} at once` : t`${where} after ${durationText(afterMs)}`;
  });
  return [
    ...(named.length === 0 ? [] : wrapped(t`Contacts: ${named.join('; ')}`, WIDTH, '  ', '')),
    ...(levels.length === 0 ? [] : wrapped(t`Not acknowledged: ${levels.join('; ')}`, WIDTH, '  ', '')),
  ];
}
