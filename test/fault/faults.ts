import { setTimeout as sleep } from 'node:timers/promises';
import type { TestServer } from '../servers/process.js';
import type { Proxy as Network } from '../servers/proxy.js';
import { startReaderChild } from './reader-child.js';
import type { Draw, Round } from './round.js';
import { wipeRedis } from './scene.js';
import type { Machine, Servers } from './site.js';

/** Something that goes wrong while a round's program writes. Resolves when it is over, or will last. */
export type Fault = (round: Round) => Promise<void>;

/** What can go wrong where the flag lives on these servers. */
export function faultsOf({ postgres, redis }: Servers): readonly Fault[] {
  const stores = [postgres, redis].filter((server) => server !== null);
  const networks = stores.length > 0 ? [writerWeather, hostWeather] : [];
  // A Redis that is the record must not lose its data: nothing could bring back what nobody else has.
  const wipes = postgres !== null && redis !== null ? [() => wipeRedis(redis)] : [];
  return [
    ...[nothing, killReader, stopReader, ...networks],
    ...wipes.map((wipe) => told('Redis wiped', wipe)),
    ...stores.flatMap((server) => [
      told(`${nameOf(server)} stopped`, (draw) => stopStore(server, draw)),
      told(`${nameOf(server)} killed`, (draw) => killStore(server, draw)),
    ]),
  ];
}

/** One store does not answer the writer, from before its first message until it gives up. */
export function takeStoreAway({ draw, log }: Round, { name, postgres, redis }: Machine): void {
  const networks = [postgres, redis].filter((network) => network !== null);
  if (networks.length === 0) return;
  const network = draw.pick(networks);
  if (draw.whole(2) === 0) network.cut();
  else network.blackHole();
  log.push(`${name}: without ${network === postgres ? 'Postgres' : 'Redis'}`);
}

export function healAll({ postgres, redis }: Machine): void {
  postgres?.heal();
  redis?.heal();
}

function told(what: string, fault: (draw: Draw) => Promise<void>): Fault {
  return ({ draw, log }) => {
    log.push(what);
    return fault(draw);
  };
}

async function nothing(): Promise<void> {}

async function writerWeather({ draw, writers, log }: Round): Promise<void> {
  const machine = draw.pick(writers);
  badWeather(machine, draw, log);
  if (draw.whole(2) === 0) return; // it lasts until the writers are done
  await sleep(draw.whole(1500));
  healAll(machine);
}

async function hostWeather({ draw, hosts, log }: Round): Promise<void> {
  badWeather(draw.pick(hosts), draw, log);
}

function badWeather(machine: Machine, draw: Draw, log: string[]): void {
  const { kind, hurt } = draw.pick(WEATHERS);
  for (const network of draw.pick(sides(machine))) hurt(network, draw);
  log.push(`${machine.name}: ${kind}`);
}

const WEATHERS: readonly { readonly kind: string; hurt(network: Network, draw: Draw): void }[] = [
  { kind: 'reset', hurt: (network) => network.cut() },
  { kind: 'black hole', hurt: (network) => network.blackHole() },
  { kind: 'late replies', hurt: (network, draw) => network.delayReplies(draw.whole(2500)) },
  { kind: 'a lost reply', hurt: (network) => network.dropNextReply() },
];

function sides({ postgres, redis }: Machine): Network[][] {
  const all = [postgres, redis].filter((network) => network !== null);
  return [...all.map((one) => [one]), all];
}

async function stopStore(server: TestServer, draw: Draw): Promise<void> {
  server.pause();
  await sleep(draw.whole(2500));
  server.resume();
}

async function killStore(server: TestServer, draw: Draw): Promise<void> {
  await server.kill();
  await sleep(draw.whole(1000));
  await restart(server);
}

/** Postgres refuses until the last child of the killed one has ended. */
async function restart(server: TestServer): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await server.start();
    } catch (thrown) {
      if (tries === 5) throw thrown;
      await sleep(200);
    }
  }
}

function nameOf({ url }: TestServer): string {
  return url.startsWith('redis') ? 'Redis' : 'Postgres';
}

async function killReader({ draw, readers, hosts, earlier, log }: Round): Promise<void> {
  const i = draw.whole(readers.length);
  const [reader, host] = [readers[i]!, hosts[i]!];
  log.push(`${host.name}: reader killed`);
  await reader.kill();
  for (const { revision, changeId } of reader.answers) {
    if (changeId !== null) earlier.push(`${revision} ${changeId}`);
  }
  readers[i] = await startReaderChild(host);
}

async function stopReader({ draw, readers, log }: Round): Promise<void> {
  const reader = draw.pick(readers);
  log.push(`${reader.instance}: stopped`);
  reader.signal('SIGSTOP');
  await sleep(draw.whole(3500));
  reader.signal('SIGCONT');
}
