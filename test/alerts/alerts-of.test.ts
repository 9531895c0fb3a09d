import { describe, expect, it } from 'vitest';
import { alertsOf, type News } from '../../src/alerts/alerts-of.js';
import type { Episode } from '../../src/guard/guard-store.js';

const NOW_MS = Date.UTC(2026, 5, 3, 12);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function episode(overrides: Partial<Episode> = {}): Episode {
  return {
    ...{
      id: 'e1',
      rule: 'failure_rate',
      level: 'warn',
      beganMs: NOW_MS - MINUTE_MS,
      endedMs: null,
      looks: 1,
    },
    ...{ text: '25.0 % failed', value: 0.25, threshold: 0.2, action: null, dryRun: false, actedMs: null },
    ...{ acknowledgedMs: null, acknowledgedBy: null },
    ...overrides,
  };
}

function news(episodes: readonly Episode[], overrides: Partial<News> = {}): News {
  return {
    ...{ flag: 'flag', nowMs: NOW_MS, episodes, settleMs: 30 * MINUTE_MS, remindMs: 4 * HOUR_MS },
    ...{ moved: null, telemetry: null, percentage: 25, simulated: false },
    ...overrides,
  };
}

const kindsOf = (all: News) => alertsOf(all).map(({ kind }) => kind);
const rolledBack = { level: 'act', action: 'roll_back', actedMs: NOW_MS - MINUTE_MS } as const;

describe('the alerts of a tick', () => {
  it('are the same at every look, by their ids', () => {
    const [first] = alertsOf(news([episode()]));
    const [later] = alertsOf(news([episode({ looks: 9, value: 0.4 })], { nowMs: NOW_MS + HOUR_MS }));
    expect(later?.id).toBe(first?.id);
    expect(first).toMatchObject({ kind: 'begun', severity: 'warning', subject: 'failure_rate', done: null });
  });

  it('tell of an act instead of a beginning, with what was done', () => {
    expect(alertsOf(news([episode(rolledBack)], { percentage: 0 }))).toMatchObject([
      { kind: 'acted', severity: 'critical', done: { action: 'roll_back', percentage: 0, dryRun: false } },
    ]);
    expect(alertsOf(news([episode({ action: 'hold', actedMs: NOW_MS, level: 'act' })]))).toMatchObject([
      { kind: 'acted', severity: 'warning', done: { action: 'hold', percentage: 25 } },
    ]);
  });

  it('say what a rule in dry run would have done, and do not wake anybody', () => {
    expect(alertsOf(news([episode({ ...rolledBack, dryRun: true })]))).toMatchObject([
      { kind: 'acted', severity: 'warning', done: { action: 'roll_back', percentage: null, dryRun: true } },
    ]);
  });

  it('tell that it is over only once it has stayed over', () => {
    const over = episode({ endedMs: NOW_MS - 29 * MINUTE_MS, beganMs: NOW_MS - HOUR_MS });
    expect(kindsOf(news([over]))).toEqual(['begun']);
    expect(kindsOf(news([over], { nowMs: NOW_MS + MINUTE_MS }))).toEqual(['begun', 'recovered']);
  });

  it('remind of a critical one that nobody has acknowledged, each time once', () => {
    const open = episode({ ...rolledBack, beganMs: NOW_MS, actedMs: NOW_MS });
    const at = (hours: number, one = open) => alertsOf(news([one], { nowMs: NOW_MS + hours * HOUR_MS }));
    expect(at(3.9).map(({ kind }) => kind)).toEqual(['acted']);
    const [, reminder] = at(4);
    expect(reminder).toMatchObject({ kind: 'reminder', severity: 'critical' });
    expect(at(5)[1]?.id).toBe(reminder?.id);
    expect(at(8)[1]?.id).not.toBe(reminder?.id);
    expect(at(8, { ...open, acknowledgedMs: NOW_MS + 1 }).map(({ kind }) => kind)).toEqual(['acted']);
    expect(kindsOf(news([open], { nowMs: NOW_MS + 5 * HOUR_MS, remindMs: null }))).toEqual(['acted']);
  });

  it('leave out what is older than a day: the outbox has it, or had it', () => {
    const old = episode({ beganMs: NOW_MS - 25 * HOUR_MS });
    expect(alertsOf(news([old]))).toEqual([]);
  });

  it('tell of what the plan did by itself where that is news', () => {
    const moved = (event: string) => news([], { moved: { event, reason: 'every gate passes', revision: 7 } });
    expect(alertsOf(moved('ready'))).toMatchObject([
      { subject: 'rollout', kind: 'moved', done: { action: 'ready' } },
    ]);
    expect(alertsOf(moved('not_ready'))).toEqual([]);
    expect(alertsOf(moved('confirmed'))).toEqual([]);
  });

  it('tell two instances that lose the database by one id', () => {
    const telemetry = (sinceMs: number) =>
      alertsOf(news([], { telemetry: { sinceMs, text: 'away' } }))[0]?.id;
    expect(telemetry(NOW_MS)).toBe(telemetry(NOW_MS + MINUTE_MS));
  });

  it('carry the mark of simulated bookings', () => {
    expect(alertsOf(news([episode()], { simulated: true }))[0]?.simulated).toBe(true);
  });
});
