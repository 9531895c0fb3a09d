import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { disableDirectly } from '../../src/flag/disable-directly.js';
import { type Machine, request, startMachine, tapped } from '../fault/site.js';
import { type RunningServer, startServer, WRITE } from '../http/running-server.js';

// Not silence, which `disable` would wait for: the store refuses, and that at once.
const away = async () => {
  throw new AtmrError('BAD_CONFIG', 'the store refuses the password.');
};
const DEAD = { record: { read: away, commit: away, instances: away } };

describe('disable, when every store is dead', () => {
  let machine: Machine;
  const servers: RunningServer[] = [];
  beforeEach(async () => {
    machine = await startMachine({ name: 'host', key: 'k', servers: { postgres: null, redis: null } });
  });
  afterEach(async () => {
    await machine.close();
    for (const server of servers.splice(0)) await server.close();
  });

  const start = async () => {
    const server = await startServer({
      tokens: { write: WRITE, ingest: null, read: null },
      tap: (holders) => tapped(holders, DEAD),
    });
    servers.push(server);
    return server;
  };
  const instance = (name: string, url: string | null) => ({ instance: name, host: 'host', url });
  const refusal = async (token: string | null): Promise<AtmrError> => {
    const dead = tapped(machine.holders, DEAD);
    return await disableDirectly(token)(dead, request('ana', 'fire')).then(
      () => expect.unreachable('no store has it'),
      (thrown) => thrown,
    );
  };

  it('asks each last-known instance itself, and tells which are off', async () => {
    const server = await start();
    const { port, stop } = await portOf((_, respond) => respond(500, '{"error":"no"}'));
    await machine.holders.disk.peers.remember([
      instance('host-1', server.url),
      instance('host-2', 'http://127.0.0.1:9'),
      instance('host-3', `http://127.0.0.1:${port}`),
      instance('watcher', null),
    ]);
    const { code, message } = await refusal(WRITE);
    stop();
    expect(code).toBe('UNAVAILABLE');
    expect(message).toMatch(/^No store confirmed the forced off .*this machine's readers are off/);
    expect(message).toContain('Asked directly: host-1 on host is off; host-2 on host did not answer at');
    expect(message).toContain('host-3 on host refused (500: no).');
    expect(message).not.toContain(WRITE);
    expect(server.reader.decide('1')).toMatchObject({ variant: 'control', reason: 'FORCED_OFF' });
    // The server's reader has its own way to the store, and brought it there.
    const recorded = async () => Object.values((await server.machine.holders.record.read()).marks);
    await expect
      .poll(recorded, { timeout: 30_000 })
      .toMatchObject([{ by: 'api (write token)', reason: 'ana, directly: fire' }]);
  }, 60_000);

  it('says that nobody took it without the token, or that nobody is known', async () => {
    expect((await refusal(null)).message).toContain('none was asked directly');
    const server = await start();
    await machine.holders.disk.peers.remember([instance('host-1', server.url)]);
    expect((await refusal('wrong')).message).toContain('host-1 on host refused (401: The token is wrong');
    expect(server.reader.view().forcedOff).toBe(false);
  }, 60_000);

  it('asks nobody else’s loopback', async () => {
    const elsewhere = { instance: 'host-9', host: 'host-9', url: 'http://127.0.0.1:9' };
    await machine.holders.disk.peers.remember([elsewhere]);
    expect((await refusal(WRITE)).message).toContain('host-9 on host-9 listens on its own machine only');
  });

  it('sends a token nowhere but where it was told to', async () => {
    const seen: (string | undefined)[] = [];
    const thief = await portOf((message, respond) => {
      seen.push(message.headers.authorization);
      respond(200, '{}');
    });
    const { port, stop } = await portOf((_, respond) => respond(307, '', `http://127.0.0.1:${thief.port}/`));
    await machine.holders.disk.peers.remember([instance('host-1', `http://127.0.0.1:${port}`)]);
    expect((await refusal(WRITE)).message).toContain('host-1 on host did not answer');
    stop();
    thief.stop();
    expect(seen).toEqual([]);
  }, 60_000);
});

/** A server that answers as it is told. */
async function portOf(
  answer: (
    message: IncomingMessage,
    respond: (status: number, body: string, location?: string) => void,
  ) => void,
) {
  const server = createServer((message, response) =>
    answer(message, (status, body, location) =>
      response.writeHead(status, location === undefined ? {} : { location }).end(body),
    ),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
