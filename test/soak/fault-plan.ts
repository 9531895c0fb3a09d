import { setTimeout as sleep } from 'node:timers/promises';
import type { Draw } from '../fault/round.js';
import type { TestServer } from '../servers/process.js';
import type { Proxy as Network } from '../servers/proxy.js';
import { ok, type RecordedServer } from '../weather/recorded-server.js';

/** What `serve` depends on, and how each of it can be hurt. */
export interface Surroundings {
  readonly postgres: { readonly server: TestServer; readonly network: Network };
  readonly redis: { readonly server: TestServer; readonly network: Network };
  readonly weather: RecordedServer;
}

/** A fault that is over. */
export interface PastFault {
  readonly name: string;
  readonly fromMs: number;
  readonly untilMs: number;
  /** The stores were away in it; else only the weather. */
  readonly hurtsStores: boolean;
}

interface Fault {
  readonly hurtsStores: boolean;
  begin(around: Surroundings): Promise<void> | void;
  end(around: Surroundings): Promise<void> | void;
}

const STORE = { hurtsStores: true } as const;
const WEATHER = { hurtsStores: false, end: ({ weather }: Surroundings) => weather.answers(ok('rain')) };

export const FAULTS = {
  'Redis killed': {
    ...STORE,
    begin: ({ redis }) => redis.server.kill(),
    end: ({ redis }) => redis.server.start(),
  },
  'Redis cut off': {
    ...STORE,
    begin: ({ redis }) => redis.network.cut(),
    end: ({ redis }) => redis.network.heal(),
  },
  'Redis silent': {
    ...STORE,
    begin: ({ redis }) => redis.server.pause(),
    end: ({ redis }) => redis.server.resume(),
  },
  'Postgres killed': {
    ...STORE,
    begin: ({ postgres }) => postgres.server.kill(),
    end: ({ postgres }) => postgres.server.start(),
  },
  'Postgres stopped (SIGSTOP)': {
    ...STORE,
    begin: ({ postgres }) => postgres.server.pause(),
    end: ({ postgres }) => postgres.server.resume(),
  },
  'Postgres cut off': {
    ...STORE,
    begin: ({ postgres }) => postgres.network.cut(),
    end: ({ postgres }) => postgres.network.heal(),
  },
  'Postgres behind a black hole': {
    ...STORE,
    begin: ({ postgres }) => postgres.network.blackHole(),
    end: ({ postgres }) => {
      // What was sent meanwhile never arrives: those connections are lost.
      postgres.network.cut();
      postgres.network.heal();
    },
  },
  'both cut off': {
    ...STORE,
    begin({ postgres, redis }) {
      postgres.network.cut();
      redis.network.cut();
    },
    end({ postgres, redis }) {
      postgres.network.heal();
      redis.network.heal();
    },
  },
  'Postgres slow': {
    ...STORE,
    begin: ({ postgres }) => postgres.network.delayReplies(300),
    end: ({ postgres }) => postgres.network.heal(),
  },
  'weather breaks connections': { ...WEATHER, begin: ({ weather }) => weather.answers('reset') },
  'weather hangs': { ...WEATHER, begin: ({ weather }) => weather.answers('never') },
  'weather in drops': { ...WEATHER, begin: ({ weather }) => weather.answers('in drops') },
  'weather slow': {
    ...WEATHER,
    begin: ({ weather }) => weather.answers({ file: 'rain', afterMs: 1500 }),
  },
  'weather fails': { ...WEATHER, begin: ({ weather }) => weather.answers({ status: 500, body: 'no' }) },
} as const satisfies Readonly<Record<string, Fault>>;

const PAUSE_MS = { least: 15_000, spread: 30_000 };
const FAULT_MS = { least: 4000, spread: 14_000 };

/**
 * One fault after another at drawn times until `untilMs` (monotonic); each is over before the next begins, and the last by
 * the end. `onFault` is told of each that is over.
 */
export async function playFaults(
  around: Surroundings,
  draw: Draw,
  untilMs: number,
  onFault: (fault: PastFault) => void,
): Promise<void> {
  const names = Object.keys(FAULTS) as (keyof typeof FAULTS)[];
  // Each once before any comes again: a short run has most of them too.
  let left: (keyof typeof FAULTS)[] = [];
  for (;;) {
    await sleep(PAUSE_MS.least + draw.whole(PAUSE_MS.spread));
    if (left.length === 0) left = [...names];
    const name = left.splice(draw.whole(left.length), 1)[0]!;
    const lastsMs = FAULT_MS.least + draw.whole(FAULT_MS.spread);
    if (performance.now() + lastsMs > untilMs) return;
    const fromMs = performance.now();
    const fault: Fault = FAULTS[name];
    await fault.begin(around);
    await sleep(lastsMs);
    await fault.end(around);
    onFault({ name, fromMs, untilMs: performance.now(), hurtsStores: fault.hurtsStores });
  }
}
