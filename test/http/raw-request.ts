import { connect } from 'node:net';

/** A request byte by byte, which may break every rule of HTTP. */
export interface RawRequest {
  readonly method: string;
  /** What stands between the method and `HTTP/1.1`. */
  readonly target: string;
  /** In this order; names may occur twice, and values may hold line breaks. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** The sender hangs up after it: what a server that waits for the rest of a request should learn soon. */
  readonly isCut: boolean;
}

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const LIMIT_MS = 60_000;

/**
 * Sends it and reads the first answer; `null` when the connection was closed without one. `from` is an address of
 * this machine: whoever comes from another each time is slowed down by no rate limit.
 */
export function sendRaw(port: number, request: RawRequest, from?: string): Promise<RawAnswer | null> {
  return new Promise((resolve, reject) => {
    const source = from === undefined ? {} : { localAddress: from };
    const socket = connect({ port, host: '127.0.0.1', ...source });
    let bytes = '';
    const finish = () => {
      socket.destroy();
      resolve(parseAnswer(bytes));
    };
    socket.setEncoding('latin1');
    socket.setTimeout(LIMIT_MS, () => {
      socket.destroy();
      reject(new Error(`no end of the answer within ${LIMIT_MS} ms: ${bytes.slice(0, 500)}`));
    });
    socket.on('data', (data) => {
      bytes += data;
      // A stream of events never ends.
      if (/^content-type: text\/event-stream/im.test(bytes)) finish();
    });
    socket.on('close', finish);
    socket.on('error', finish); // it may be closed while an oversized body is on its way
    if (request.isCut) socket.end(bytesOf(request));
    else socket.write(bytesOf(request));
  });
}

function bytesOf({ method, target, headers, body }: RawRequest): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
}

function parseAnswer(bytes: string): RawAnswer | null {
  // Permission to send the body comes before the answer.
  const text = bytes.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
  const [, status, head = '', rest = ''] =
    /^HTTP\/1\.1 (\d{3})[^\r\n]*\r\n([\s\S]*?)\r\n\r\n([\s\S]*)$/.exec(text) ?? [];
  if (status === undefined) return null;
  const headers = new Map(head.split('\r\n').map((line) => pairOf(line)));
  const length = Number(headers.get('content-length') ?? rest.length);
  const body = headers.get('transfer-encoding') === 'chunked' ? joined(rest) : rest.slice(0, length);
  return { status: Number(status), headers, body: Buffer.from(body, 'latin1').toString() };
}

/** The text of chunks, up to where it was cut. */
function joined(chunks: string): string {
  const [line = '', size = '0'] = /^([0-9a-f]+)\r\n/i.exec(chunks) ?? [];
  const end = line.length + Number.parseInt(size, 16);
  return end === line.length ? '' : chunks.slice(line.length, end) + joined(chunks.slice(end + 2));
}

function pairOf(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
