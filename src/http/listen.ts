import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { AtmrError, messageOf } from '../errors.js';
import { t } from '../wording/t.js';
import { REQUEST_LIMIT_MS } from './protection.js';

/** A port that is open; until it is given an application it asks for patience. */
export interface Door {
  readonly port: number;
  /** Answers with this from now on. */
  opensTo(listener: RequestListener): void;
  /** Takes no new connections, waits for what is under way up to `limitMs`, then cuts it off. */
  close(limitMs: number): Promise<void>;
}

/** A port that was asked for, and how a person would ask for another. */
export interface WantedPort {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly flag: string;
  readonly setting: string;
}

/** Longer than the minute for which proxies keep theirs: otherwise they write to one that has just been closed. */
const KEEP_ALIVE_MS = 72_000;

/** Opens a port. BAD_CONFIG, naming it and the remedy, when it cannot be had. */
export async function openDoor(wanted: WantedPort): Promise<Door> {
  let answer: RequestListener = (_request, response) => {
    const body = JSON.stringify({ error: t`It is starting. Try again in a second.`, code: 'UNAVAILABLE' });
    response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' }).end(body);
  };
  const limits = { requestTimeout: REQUEST_LIMIT_MS, keepAliveTimeout: KEEP_ALIVE_MS };
  const server = createServer(limits, (request, response) => answer(request, response));
  // What a client expects besides an answer is no reason to refuse it.
  server.on('checkExpectation', (request, response) => answer(request, response));
  server.on('clientError', refuseUnreadable);
  await listening(server, wanted);
  return {
    port: (server.address() as AddressInfo).port,
    opensTo(listener) {
      answer = listener;
    },
    close: (limitMs) => closed(server, limitMs),
  };
}

/** What Node's parser finds wrong, by its code; anything else is no HTTP. */
const UNREADABLE: Readonly<Record<string, readonly [status: string, error: string, code: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The headers are too large', 'TOO_LARGE'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Payload Too Large', 'The chunk extensions are too large', 'TOO_LARGE'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long to arrive', 'TIMEOUT'],
};

/** Nothing above has seen a request yet; its sender gets an answer of the usual form all the same. */
function refuseUnreadable({ code = '' }: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, error, name] = UNREADABLE[code] ?? [
    '400 Bad Request',
    'This is no HTTP request',
    'BAD_INPUT',
  ];
  const body = JSON.stringify({ error: `${error}.`, code: name });
  const head = `content-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close`;
  socket.end(`HTTP/1.1 ${status}\r\n${head}\r\n\r\n${body}`);
}

function listening(server: Server, wanted: WantedPort): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(refused(cause, wanted)));
    server.listen({ host: wanted.host, port: wanted.port }, () => {
      // From here on an error is a client's.
      server.removeAllListeners('error');
      server.on('error', () => {});
      resolve();
    });
  });
}

const reasons = (): Readonly<Record<string, string>> => ({
  EADDRINUSE: t`another program uses it`,
  EACCES: t`this user may not use it`,
  EADDRNOTAVAIL: t`this machine has no such address`,
  ENOTFOUND: t`there is no such host`,
});

function refused(cause: NodeJS.ErrnoException, { host, port, flag, setting }: WantedPort): AtmrError {
  const reason = reasons()[cause.code ?? ''] ?? messageOf(cause);
  const fact = t`Port ${port} of ${host} cannot be opened: ${reason}`;
  const remedy = t`Choose another with ${flag} or ${setting} in the configuration; 0 takes any free one`;
  return new AtmrError('BAD_CONFIG', `${fact}. ${remedy}.`, { cause });
}

const LOOK_MS = 50;

async function closed(server: Server, limitMs: number): Promise<void> {
  let open = true;
  const ended = new Promise<void>((resolve) => {
    server.close(() => {
      open = false;
      resolve();
    });
  });
  const tries = Math.ceil(limitMs / LOOK_MS);
  for (let i = 0; open && i < tries; i++) {
    // A client that keeps its connection has no more to wait for.
    server.closeIdleConnections();
    await Promise.race([ended, sleep(LOOK_MS)]);
  }
  server.closeAllConnections();
  await ended;
}
