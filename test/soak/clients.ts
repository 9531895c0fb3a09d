import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, fetch } from 'undici';
import { bookingsOfADay } from '../e2e/play-day.js';
import type { Draw } from '../fault/round.js';

/** An answer of the server that was not what its caller wanted. */
export interface Unwanted {
  readonly atMs: number;
  readonly route: string;
  /** 0: the connection broke, or nothing came within a minute. */
  readonly status: number;
  readonly text: string;
}

/** What the clients got and what they gave. */
export interface Traffic {
  /** Ids of the bookings that were answered, with who answered. */
  readonly answered: ReadonlyMap<string, string>;
  /** Ids of the bookings that were asked about by clients that hung up. */
  readonly hungUp: ReadonlySet<string>;
  /** Minutes by booking, as acknowledged. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly unwanted: readonly Unwanted[];
  readonly counts: ReadonlyMap<string, number>;
}

export interface Clients {
  readonly traffic: Traffic;
  /** Ends all of them, and resolves when the last answer came. */
  stop(): Promise<void>;
}

const DASHBOARD = [
  ...['/api/feature-flags/status', '/api/rollout/status', '/api/rollout/improvement', '/api/alerts'],
  ...['/api/ml-monitoring/summary', '/api/ml-monitoring/metrics', '/api/ml-monitoring/daily'],
  ...['/api/ml-monitoring/weather', '/api/ml-monitoring/drift', '/api/ml-monitoring/anomalies'],
  ...['/api/history?limit=50', '/api/roi', '/api/checklist/week-1', '/ml-monitoring'],
];
const MONITORING = ['/metrics', '/healthz', '/api/ml-monitoring/predictions?limit=50', '/api/openapi.json'];
const LISTENERS = 4;
const ANSWER_LIMIT_MS = 60_000;

/** Steady load on a server: `perSecond` bookings, and in proportion what else a day brings. */
export function startClients(url: string, perSecond: number, draw: Draw): Clients {
  const answered = new Map<string, string>();
  const hungUp = new Set<string>();
  const outcomes = new Map<string, number>();
  const counts = new Map<string, number>();
  const unwanted: Unwanted[] = [];
  const traffic = { answered, hungUp, outcomes, unwanted, counts };
  const bookings = bookingsOfADay(500, 1);
  const agent = new Agent({ connections: 64 });
  const stopping = new AbortController();
  const underway = new Set<Promise<unknown>>();
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  let asked = 0;

  /** The document, or `null` where the answer was none of `wanted`. */
  async function ask<T>(route: string, wanted: readonly number[], body?: unknown): Promise<T | null> {
    const post = body !== undefined && {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    };
    const signal = AbortSignal.timeout(ANSWER_LIMIT_MS);
    const request = { ...post, dispatcher: agent, signal };
    try {
      const response = await fetch(url + route, request);
      const text = await response.text();
      count(`${route.replace(/\?.*/, '')} ${response.status}`);
      if (wanted.includes(response.status)) return (text.startsWith('{') ? JSON.parse(text) : {}) as T;
      unwanted.push({ atMs: performance.now(), route, status: response.status, text: text.slice(0, 200) });
    } catch (thrown) {
      count(`${route.replace(/\?.*/, '')} broken`);
      unwanted.push({ atMs: performance.now(), route, status: 0, text: String(thrown) });
    }
    return null;
  }

  const newBooking = () => {
    const { document, delayMinutes } = bookings[asked % bookings.length]!;
    const id = `soak-${++asked}`;
    // Somewhere nobody asked about: the weather service is asked as well.
    const far = asked % 50 === 0 && { weather: null, pickup_lat: 40 + (asked % 1000) / 100 };
    return { id, delayMinutes, document: { ...document, ...far, id } };
  };
  async function predict(): Promise<void> {
    const { id, document, delayMinutes } = newBooking();
    const named = asked % 3 === 0 ? { request_id: `request-${id}` } : {};
    const body = { booking: document, ...named };
    const answer = await ask<{ source: string }>('/api/predictions', [200, 201], body);
    if (answer === null) return;
    answered.set(id, answer.source);
    if (draw.whole(4) > 0) late.push({ booking_id: id, actual_delay_minutes: delayMinutes });
  }
  let late: { booking_id: string; actual_delay_minutes: number }[] = [];
  async function settle(): Promise<void> {
    const items = late.splice(0, 500);
    if (items.length === 0) return;
    if ((await ask('/api/outcomes', [200], items)) === null) late = [...items, ...late];
    else for (const one of items) outcomes.set(one.booking_id, one.actual_delay_minutes);
  }
  /** Sends all or half of a question and is gone before the answer. */
  async function hangUp(): Promise<void> {
    const { id, document } = newBooking();
    hungUp.add(id);
    count('hung up');
    const body = JSON.stringify({ booking: document });
    const head = `POST /api/predictions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    const sent = draw.whole(2) === 0 ? head + body : head + body.slice(0, 40);
    const socket = connect(Number(new URL(url).port), new URL(url).hostname);
    socket.on('error', () => {});
    socket.write(sent);
    await sleep(draw.whole(30));
    if (draw.whole(2) === 0) socket.resetAndDestroy();
    else socket.destroy();
  }
  /** Listens to the events; some leave soon, and all come back. */
  async function listen(stays: boolean): Promise<void> {
    const leaves = AbortSignal.timeout(stays ? 120_000 : 500 + draw.whole(5000));
    const signal = AbortSignal.any([leaves, stopping.signal]);
    try {
      const response = await fetch(`${url}/api/events`, { dispatcher: listening, signal });
      for await (const _ of response.body ?? []) count('events');
    } catch {} // as it left
    if (!stopping.signal.aborted) await sleep(1000);
  }
  const listening = new Agent({ connections: 64, bodyTimeout: 0 });
  async function setShare(): Promise<void> {
    const body = { percentage: 40 + draw.whole(20), reason: 'soak' };
    await ask('/api/feature-flags/ml/percentage?wait=0', [200, 202, 409], body);
  }
  const readAll = async (routes: readonly string[]) => {
    for (const route of routes) await ask(route, [200]);
  };

  /** Begins `work` every so often, whatever the answers do. */
  const every = async (ms: number, work: () => Promise<void>, atOnce = 200) => {
    const mine = new Set<Promise<void>>();
    while (!stopping.signal.aborted) {
      await sleep(ms, undefined, { signal: stopping.signal }).catch(() => {});
      if (mine.size >= atOnce || stopping.signal.aborted) continue;
      const one = work();
      for (const all of [mine, underway]) {
        all.add(one);
        void one.finally(() => all.delete(one));
      }
    }
  };
  /** One after the other. */
  const again = async (work: () => Promise<void>) => {
    while (!stopping.signal.aborted) await work();
  };
  const periodMs = 1000 / perSecond;
  const loops = [
    every(periodMs, predict),
    every(periodMs * 20, hangUp),
    every(4000, settle, 1),
    every(5000, () => readAll(DASHBOARD), 3),
    every(7000, () => readAll(MONITORING), 2),
    every(60_000, setShare, 1),
    ...Array.from({ length: LISTENERS }, (_, i) => again(() => listen(i % 2 === 0))),
  ];
  return {
    traffic,
    async stop() {
      stopping.abort();
      await Promise.all(loops);
      await Promise.all(underway);
      while (late.length > 0) {
        await settle();
        await sleep(200);
      }
      await Promise.all([agent.close(), listening.destroy()]);
    },
  };
}
