import { join } from 'node:path';
import { startAnswerer } from '../../src/answer/start-answerer.js';
import { type Config, readConfig } from '../../src/config.js';
import type { Holders } from '../../src/flag/holders.js';
import type { FlagReader } from '../../src/flag/reader.js';
import { openSurvey } from '../../src/guard/open-survey.js';
import { buildServer } from '../../src/http/build-server.js';
import { type Events, openEvents } from '../../src/http/events.js';
import { flagEvent } from '../../src/http/flag-event.js';
import { openLog } from '../../src/http/json-log.js';
import { type Door, openDoor } from '../../src/http/listen.js';
import { counting, openMetrics } from '../../src/http/metrics.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import type { Recorder } from '../../src/ledger/recorder.js';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger.js';
import { loadModel } from '../../src/model/load.js';
import { openWeatherSource } from '../../src/weather/open-weather-source.js';
import { type Machine, startMachine } from '../fault/site.js';

export const WRITE = 'write-token-of-the-tests';
export const INGEST = 'ingest-token-of-the-tests';
export const READ = 'read-token-of-the-tests';

/** A server that listens on a port of its own, on real stores. */
export interface RunningServer {
  readonly machine: Machine;
  readonly reader: FlagReader;
  readonly ledger: Ledger;
  readonly events: Events;
  readonly door: Door;
  /** The lines of its log. */
  readonly log: readonly string[];
  readonly url: string;
  /** Asks it; a body is sent as JSON. */
  ask(path: string, options?: Ask): Promise<Asked>;
  close(): Promise<void>;
}

export interface Ask {
  readonly method?: string;
  readonly body?: unknown;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body, parsed; the test knows what it expects. */
  // biome-ignore lint/suspicious/noExplicitAny: documents of many shapes, looked into by the tests
  readonly json: any;
}

/** The settings that a test may turn. */
export type Settings = Partial<Pick<Config, 'tokens' | 'controlPlaneEnabled' | 'staleAfterMs'>> & {
  readonly serve?: Partial<Config['serve']>;
  /** Cuts in between the server and its stores. */
  readonly tap?: (holders: Holders) => Holders;
};

const NO_TOKENS: Config['tokens'] = { write: null, ingest: null, read: null };

export async function startServer(settings: Settings = {}): Promise<RunningServer> {
  const read = await readConfig(undefined);
  const machine = await startMachine({
    name: 'host',
    key: read.flagKey,
    servers: { postgres: null, redis: null },
  });
  const config: Config = {
    ...read,
    ...{
      home: machine.home,
      databaseUrl: null,
      redisUrl: null,
      controlPlaneEnabled: true,
      tokens: NO_TOKENS,
    },
    openWeather: { apiKey: null, baseUrl: 'http://127.0.0.1:9' },
    ...settings,
    serve: { ...read.serve, ...settings.serve },
    initial: () => null,
  };
  const holders = settings.tap?.(machine.holders) ?? machine.holders;
  const { clock } = holders;
  const lines: string[] = [];
  const log = await openLog((line) => lines.push(line), clock);
  const model = await loadModel(join(config.modelsFolder, 'delay_predictor.onnx'));
  const { name, version, sha256 } = model.manifest;
  const events = openEvents('test');
  const reader = await machine.reader({
    model: { name, version, sha256 },
    onChange: (view) => events.publish('flag', flagEvent(view)),
  });
  const ledger = sqliteLedger(join(machine.home, 'atmr-ml.db'));
  const metrics = await openMetrics();
  const recorder = counting(writingThrough(ledger), metrics);
  const weather = openWeatherSource(config, clock, { onNotice: () => {} });
  const sources = await openSurvey(holders, config, ledger);
  const parts = { config, clock, log, instance: 'test', holders, reader, ledger, sources, recorder, weather };
  const answerer = startAnswerer({ ...parts, model: () => model });
  const server = await buildServer({ ...parts, answerer, events, metrics });
  const door = await openDoor({ host: '127.0.0.1', port: 0, flag: '--port', setting: 'serve.apiPort' });
  door.opensTo((request, response) => server.routing(request, response));
  const url = `http://127.0.0.1:${door.port}`;
  return {
    ...{ machine, reader, ledger, events, door, log: lines, url },
    ask: (path, options) => ask(`${url}${path}`, options),
    async close() {
      await Promise.all([server.close(), door.close(1000)]);
      await answerer.stop();
      await recorder.stop();
      await weather.close();
      await sources.close();
      await ledger.close();
      await machine.close();
      await model.close();
    },
  };
}

export async function ask(url: string, { method, body, token, headers = {} }: Ask = {}): Promise<Asked> {
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    redirect: 'manual',
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : null };
}

/** A recorder without a queue: what was answered is in the ledger a moment later. */
function writingThrough(ledger: Ledger): Recorder {
  const writes = new Set<Promise<void>>();
  const addDurably: Recorder['addDurably'] = (row) => {
    const write = ledger.record([row]).finally(() => writes.delete(write));
    writes.add(write);
    return write;
  };
  return {
    add: (row) => void addDurably(row),
    addDurably,
    pendingAnswerOf: () => null,
    state: () => ({ queued: writes.size, spooled: 0, lost: 0, corrupt: 0, fault: null }),
    async stop() {
      await Promise.all(writes);
    },
  };
}
