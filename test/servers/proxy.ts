import { connect, createServer, type Socket } from 'node:net';

/** A network between a client and a server that fails as told. */
export interface Proxy {
  readonly port: number;
  /** Refuses new connections and breaks the open ones, until `heal`. */
  cut(): void;
  /** Accepts everything and answers nothing, until `heal`: what was sent never arrives. */
  blackHole(): void;
  /** The open connections carry nothing any more, for ever; new ones are served. */
  freeze(): void;
  /** Holds each reply back for so long. */
  delayReplies(delayMs: number): void;
  /** The next thing sent reaches the server; its reply is lost and the connection breaks. */
  dropNextReply(): void;
  /** Back to an ordinary network. Connections that were cut off stay broken. */
  heal(): void;
  remove(): Promise<void>;
}

type Weather = 'fair' | 'cut' | 'black hole' | 'drop reply';

/** A proxy in front of `127.0.0.1:targetPort`. */
export async function startProxy(targetPort: number): Promise<Proxy> {
  let weather: Weather = 'fair';
  let replyDelayMs = 0;
  const sockets = new Set<Socket>();
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const track = (socket: Socket, peer: Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      peer.destroy();
    });
  };
  const frozen = new WeakSet<Socket>();
  const server = createServer((client) => {
    if (weather === 'cut') return client.resetAndDestroy();
    const target = connect(targetPort, '127.0.0.1');
    track(client, target);
    track(target, client);
    client.on('data', (data) => {
      if (weather !== 'black hole' && !frozen.has(client)) target.write(data);
    });
    target.on('data', (data) => {
      if (weather === 'black hole' || frozen.has(client)) return;
      if (weather === 'drop reply') {
        weather = 'fair';
        client.destroy();
        return;
      }
      if (replyDelayMs === 0) client.write(data);
      else setTimeout(() => client.write(data), replyDelayMs);
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  return {
    port,
    cut() {
      weather = 'cut';
      breakAll();
    },
    blackHole() {
      weather = 'black hole';
    },
    freeze() {
      for (const socket of sockets) frozen.add(socket);
    },
    delayReplies(delayMs) {
      replyDelayMs = delayMs;
    },
    dropNextReply() {
      weather = 'drop reply';
    },
    heal() {
      weather = 'fair';
      replyDelayMs = 0;
    },
    async remove() {
      breakAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
