import { DAY_MS, localTime } from '../booking/local-time.js';
import { beginningOfDay } from '../monitoring/local-days.js';
import type { Alert } from './alert.js';
import type { AlertConfig } from './alert-config.js';
import type { ChannelName, NewEntry } from './outbox.js';

/** What a message may go to. */
export interface RouteSurroundings {
  readonly config: AlertConfig;
  /** Channels that are configured. */
  readonly open: ReadonlySet<ChannelName>;
  readonly timeZone: string;
}

const HOUR_MS = 3_600_000;

/**
 * The usual ways, as the rollout guide has them: a rising error rate by e-mail, slow predictions to Slack. Whatever takes
 * traffic back goes everywhere; what is good to know is gathered for a digest.
 */
const USUAL: Readonly<Record<string, readonly ChannelName[]>> = {
  critical: ['email', 'slack', 'sentry', 'webhook', 'log'],
  warning: ['email', 'slack', 'webhook', 'log'],
  notice: ['email', 'webhook', 'log'],
  failure_rate: ['email', 'webhook', 'log'],
  mae: ['email', 'webhook', 'log'],
  miss_rate: ['email', 'webhook', 'log'],
  prediction_time: ['slack', 'webhook', 'log'],
};

/** Where an alert goes and when; one entry for each place. An alert that nobody would get goes to what there is. */
export function entriesOf(alert: Alert, surroundings: RouteSurroundings): NewEntry[] {
  const { config, open } = surroundings;
  const wanted = channelsFor(alert, config);
  const reached = wanted.filter((name) => open.has(name));
  const people = reached.filter((name) => name !== 'log');
  const others = (['email', 'slack', 'webhook', 'sentry'] as const).filter((name) => open.has(name));
  const names = people.length === 0 ? [...reached, ...others.slice(0, 1)] : reached;
  return names.map((channel) => entry(alert, channel, null, whenFor(alert, channel, surroundings)));
}

function channelsFor({ severity, subject }: Alert, { routes }: AlertConfig): readonly ChannelName[] {
  if (severity === 'critical') return routes[subject] ?? routes.critical ?? USUAL.critical!;
  return routes[subject] ?? USUAL[subject] ?? routes[severity] ?? USUAL[severity]!;
}

/** Critical alerts go at once; warnings wait for the end of quiet hours, and notices for the digest. A log is no disturbance. */
function whenFor(
  { severity, atMs, kind }: Alert,
  channel: ChannelName,
  { config, timeZone }: RouteSurroundings,
): number {
  if (severity === 'critical' || channel === 'log' || channel === 'webhook' || kind === 'test') return atMs;
  const { quiet, digestHour } = config;
  if (severity === 'notice' && digestHour !== null) return nextHour(atMs, digestHour, timeZone);
  return quiet !== null && isQuiet(atMs, quiet, timeZone)
    ? nextHour(atMs, quiet.untilHour % 24, timeZone)
    : atMs;
}

function isQuiet(
  ms: number,
  { fromHour, untilHour }: NonNullable<AlertConfig['quiet']>,
  timeZone: string,
): boolean {
  const { hour } = localTime(ms, timeZone);
  return fromHour < untilHour ? fromHour <= hour && hour < untilHour : hour >= fromHour || hour < untilHour;
}

/** The next time that the clocks show this hour. */
function nextHour(ms: number, hour: number, timeZone: string): number {
  const { dayNumber } = localTime(ms, timeZone);
  const today = beginningOfDay(dayNumber, timeZone) + hour * HOUR_MS;
  return today > ms
    ? today
    : Math.min(today + DAY_MS, beginningOfDay(dayNumber + 1, timeZone) + hour * HOUR_MS);
}

/**
 * Who hears of it because nobody has acknowledged it: one entry for each level, to go when its time has come. Acknowledging
 * takes out those that have not gone yet.
 */
export function escalationsOf(alert: Alert, surroundings: RouteSurroundings): NewEntry[] {
  if (alert.severity !== 'critical' || alert.kind !== 'acted') return [];
  const atOnce = new Set(entriesOf(alert, surroundings).map(({ channel }) => channel));
  return surroundings.config.escalation.flatMap(({ afterMs, channel, to }, level) => {
    // A level that is told at once has the message already where everybody gets it.
    const isTold = afterMs === 0 && to === null && atOnce.has(channel);
    if (isTold || !surroundings.open.has(channel)) return [];
    const id = `${alert.id} ${channel} level ${level + 1}`;
    return [{ ...entry(alert, channel, to, alert.atMs + afterMs), id }];
  });
}

function entry(alert: Alert, channel: ChannelName, to: string | null, notBeforeMs: number): NewEntry {
  const id = `${alert.id} ${channel}${to === null ? '' : ` ${to}`}`;
  return { id, channel, to, alert, createdMs: alert.atMs, notBeforeMs };
}
