import { PassThrough } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { AtmrError } from '../../errors.js';
import { t } from '../../wording/t.js';
import type { Application } from '../application.js';
import type { ServerEvent } from '../events.js';
import { flagEvent } from '../flag-event.js';
import { ERRORS } from '../schemas.js';

/** Proxies close what is silent for longer. */
const HEARTBEAT_MS = 15_000;
/** A client that reads slower than this is better off connecting again. */
const MOST_WAITING_BYTES = 1024 * 1024;

/** What happens, as it happens: server-sent events. */
export function eventRoutes(server: FastifyInstance, { events, reader }: Application): void {
  const open = new Set<PassThrough>();
  // A stream that never ends would hold the shutdown up.
  server.addHook('preClose', async () => {
    for (const stream of open) stream.end();
  });

  server.get<{ Headers: { 'last-event-id'?: string } }>(
    '/events',
    {
      config: { access: 'read' },
      exposeHeadRoute: false,
      schema: {
        tags: ['feature flags'],
        summary: 'Server-sent events: `flag` (the state now, then each change) and `alert`',
        description:
          'The state at once, then `flag` at each change that this instance learns of, and `alert` for what the guard finds, ' +
          'does and sees end. A client that comes back with `Last-Event-ID` gets what it missed of the last 100; a comment ' +
          'keeps the connection alive every 15 s; 100 clients at most.',
        response: {
          200: {
            description: 'A stream that ends only when the server does.',
            content: { 'text/event-stream': { schema: { type: 'string' } } },
          },
          ...ERRORS,
        },
      },
    },
    (request, reply) => {
      const stream = new PassThrough();
      const write = (text: string) => {
        if (stream.writableLength > MOST_WAITING_BYTES) stream.destroy();
        else stream.write(text);
      };
      const last = request.headers['last-event-id'] ?? null;
      const stop = events.subscribe(last, (event) => write(eventText(event)));
      if (stop === null) throw new AtmrError('UNAVAILABLE', t`Too many clients listen. Try again later.`);
      const heartbeat = setInterval(() => write(': alive\n\n'), HEARTBEAT_MS);
      open.add(stream);
      stream.on('close', () => {
        clearInterval(heartbeat);
        stop();
        open.delete(stream);
      });
      write(`retry: 3000\nevent: flag\ndata: ${JSON.stringify(flagEvent(reader.view()))}\n\n`);
      // Proxies that buffer would hold everything back.
      return reply
        .headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
        .type('text/event-stream')
        .send(stream);
    },
  );
}

function eventText({ id, kind, data }: ServerEvent): string {
  return `id: ${id}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;
}
