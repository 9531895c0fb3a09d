import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/clock.js';

/** How the server answers: with a body of `fixtures/weather` or of its own, late, in drops, or by a broken connection. */
export type Reply =
  | { readonly status: number; readonly file: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly status: number; readonly body: string }
  | { readonly file: string; readonly afterMs: number }
  | 'never'
  | 'in drops'
  | 'reset';

/** An OpenWeather of our own on a real socket. */
export interface RecordedServer {
  readonly url: string;
  /** What was asked, oldest first. */
  readonly asked: readonly URL[];
  /** How it answers from now on. */
  answers(reply: Reply): void;
  close(): Promise<void>;
}

export const KEY = '0123456789abcdef-secret-key';

export async function startRecordedServer(first: Reply = ok('rain')): Promise<RecordedServer> {
  let reply = first;
  const asked: URL[] = [];
  const server = createServer((request, response) => {
    asked.push(new URL(request.url ?? '/', 'http://recorded'));
    send(reply, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    answers: (next) => {
      reply = next;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export function ok(file: string): Reply {
  return { status: 200, file };
}

function send(reply: Reply, response: ServerResponse): void {
  if (reply === 'never') return;
  if (reply === 'reset') return void response.socket?.resetAndDestroy();
  if (reply === 'in drops') {
    drip(response);
    return;
  }
  if ('afterMs' in reply) return void setTimeout(() => response.end(recorded(reply.file)), reply.afterMs);
  const headers = 'headers' in reply ? reply.headers : {};
  response.writeHead(reply.status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end('file' in reply ? recorded(reply.file) : reply.body);
}

/** Each byte keeps the connection alive; there is no end. */
function drip(response: ServerResponse): void {
  response.writeHead(200);
  const timer = setInterval(() => response.write(' '), 20);
  response.once('close', () => clearInterval(timer));
}

export function recorded(file: string): string {
  return readFileSync(`fixtures/weather/${file}.json`, 'utf8');
}

/** A clock that a test turns; both of its hands move together. */
export function turnableClock(iso = '2026-03-02T07:30:00Z'): Clock & { turn(ms: number): void } {
  let turnedMs = 0;
  return {
    nowMs: () => Date.parse(iso) + turnedMs,
    monotonicMs: () => turnedMs,
    turn(ms) {
      turnedMs += ms;
    },
  };
}

export const MINUTE_MS = 60_000;
export const GENEVA = { lat: 46.2043, lon: 6.1432 };
