import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'never'
  | 'reset';

/** Somebody who takes posts, on a real socket. */
export interface Receiver {
  /** `127.0.0.1:1234` */
  readonly host: string;
  /** Oldest first. */
  readonly received: readonly Received[];
  /** How it answers from now on. */
  answers(next: Answer): void;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  let answer: Answer = { status: 200, body: 'ok' };
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const { method = '', url: path = '', headers } = request;
    received.push({ method, path, headers, body: Buffer.concat(parts).toString('utf8') });
    if (answer === 'never') return;
    if (answer === 'reset') return void response.socket?.resetAndDestroy();
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answers: (next) => {
      answer = next;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
