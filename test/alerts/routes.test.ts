import { describe, expect, it } from 'vitest';
import type { Alert, Severity } from '../../src/alerts/alert.js';
import { type AlertConfig, alertConfigOf } from '../../src/alerts/alert-config.js';
import { PermanentFailure } from '../../src/alerts/channel.js';
import type { ChannelName } from '../../src/alerts/outbox.js';
import { againInMs } from '../../src/alerts/retry.js';
import { entriesOf, escalationsOf } from '../../src/alerts/routes.js';

/** Wednesday, 3 June 2026, 14:00 in Zurich. */
const AFTERNOON_MS = Date.UTC(2026, 5, 3, 12);
const NIGHT_MS = Date.UTC(2026, 5, 3, 22, 30);
const HOUR_MS = 3_600_000;
const ALL: readonly ChannelName[] = ['email', 'slack', 'sentry', 'webhook', 'log'];

function alert(subject: string, severity: Severity, overrides: Partial<Alert> = {}): Alert {
  return {
    ...{ id: `flag ${subject}`, flag: 'flag', subject, kind: 'begun', severity },
    ...{ beganMs: AFTERNOON_MS, atMs: AFTERNOON_MS, value: 0.3, threshold: 0.2, evidence: 'so it is' },
    ...{ done: null, simulated: false },
    ...overrides,
  };
}

function routed(one: Alert, config: Partial<AlertConfig> = {}, open = ALL) {
  const whole = { ...alertConfigOf(undefined, undefined, undefined), ...config };
  const entries = entriesOf(one, { config: whole, open: new Set(open), timeZone: 'Europe/Zurich' });
  return Object.fromEntries(entries.map(({ channel, notBeforeMs }) => [channel, notBeforeMs]));
}

describe('routing', () => {
  it('sends a rising error rate by e-mail and slow predictions to Slack, as the guide says', () => {
    expect(Object.keys(routed(alert('failure_rate', 'warning')))).toEqual(['email', 'webhook', 'log']);
    expect(Object.keys(routed(alert('mae', 'warning')))).toEqual(['email', 'webhook', 'log']);
    expect(Object.keys(routed(alert('prediction_time', 'warning')))).toEqual(['slack', 'webhook', 'log']);
  });

  it('sends what took traffic back everywhere', () => {
    for (const subject of ['failure_rate', 'prediction_time', 'improvement']) {
      expect(Object.keys(routed(alert(subject, 'critical', { kind: 'acted' })))).toEqual(ALL);
    }
  });

  it('uses what there is where the usual channel is not configured', () => {
    expect(Object.keys(routed(alert('prediction_time', 'warning'), {}, ['email', 'log']))).toEqual([
      'log',
      'email',
    ]);
    expect(Object.keys(routed(alert('failure_rate', 'warning'), {}, ['log']))).toEqual(['log']);
  });

  it('goes by the configuration where that says otherwise', () => {
    const routes = { failure_rate: ['slack'], warning: ['webhook'] } as const;
    expect(Object.keys(routed(alert('failure_rate', 'warning'), { routes }))).toEqual(['slack']);
    expect(Object.keys(routed(alert('silence', 'warning'), { routes }))).toEqual(['webhook']);
    expect(Object.keys(routed(alert('improvement', 'critical'), { routes }))).toEqual(ALL);
  });

  it('keeps notices for the digest, but logs them at once', () => {
    const at = routed(alert('weather', 'notice'));
    expect(at).toEqual({ email: Date.UTC(2026, 5, 4, 6), webhook: AFTERNOON_MS, log: AFTERNOON_MS });
    expect(routed(alert('weather', 'notice'), { digestHour: null }).email).toBe(AFTERNOON_MS);
    expect(routed(alert('weather', 'notice'), { digestHour: 15 }).email).toBe(AFTERNOON_MS + HOUR_MS);
  });

  it('lets warnings sleep through quiet hours, and nothing critical', () => {
    const quiet = { fromHour: 22, untilHour: 7 };
    const night = { atMs: NIGHT_MS };
    expect(routed(alert('mae', 'warning', night), { quiet }).email).toBe(Date.UTC(2026, 5, 4, 5));
    expect(routed(alert('mae', 'warning', night), { quiet }).log).toBe(NIGHT_MS);
    expect(routed(alert('improvement', 'critical', night), { quiet }).email).toBe(NIGHT_MS);
    expect(routed(alert('mae', 'warning'), { quiet }).email).toBe(AFTERNOON_MS);
  });

  it('tells the next level each time nobody has acknowledged', () => {
    const config = alertConfigOf(undefined, undefined, [
      { after: '1h', channel: 'email', to: 'cto@example.org' },
      { after: '15m', channel: 'email', to: 'lead@example.org' },
      { after: '5m', channel: 'sentry' },
      { after: '0m', channel: 'slack' },
    ]);
    const surroundings = {
      config,
      open: new Set<ChannelName>(['email', 'slack']),
      timeZone: 'Europe/Zurich',
    };
    const critical = alert('failure_rate', 'critical', { kind: 'acted' });
    expect(escalationsOf(critical, surroundings)).toMatchObject([
      { to: 'lead@example.org', notBeforeMs: AFTERNOON_MS + HOUR_MS / 4 },
      { to: 'cto@example.org', notBeforeMs: AFTERNOON_MS + HOUR_MS },
    ]);
    expect(escalationsOf(alert('mae', 'warning'), surroundings)).toEqual([]);
    expect(escalationsOf({ ...critical, kind: 'recovered' }, surroundings)).toEqual([]);
  });
});

describe('trying again', () => {
  const entry = { createdMs: AFTERNOON_MS };

  it('waits longer each time, and gives up after three days', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 7, 50].map((attempts) =>
      againInMs({ ...entry, attempts }, new Error('no'), AFTERNOON_MS),
    );
    expect(waits).toEqual(waits.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    expect(waits.at(-1)).toBe(HOUR_MS);
    expect(againInMs({ ...entry, attempts: 60 }, new Error('no'), AFTERNOON_MS + 73 * HOUR_MS)).toBeNull();
  });

  it('does as the other side asks, and stops where no try would help', () => {
    const slow = Object.assign(new Error('slow down'), { retryAfterMs: 90_000 });
    expect(againInMs({ ...entry, attempts: 0 }, slow, AFTERNOON_MS)).toBe(90_000);
    expect(againInMs({ ...entry, attempts: 0 }, new PermanentFailure('gone'), AFTERNOON_MS)).toBeNull();
  });
});
