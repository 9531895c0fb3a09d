import { join } from 'node:path';
import { startAnswerer } from '../../src/answer/start-answerer.js';
import { type Config, readConfig } from '../../src/config.js';
import { writeInitialState } from '../../src/flag/initial.js';
import { openSurvey } from '../../src/guard/open-survey.js';
import { buildServer } from '../../src/http/build-server.js';
import { openEvents } from '../../src/http/events.js';
import { openLog } from '../../src/http/json-log.js';
import { openDoor } from '../../src/http/listen.js';
import { counting, openMetrics } from '../../src/http/metrics.js';
import { postgresLedger } from '../../src/ledger/postgres-ledger.js';
import type { Recorder } from '../../src/ledger/recorder.js';
import { startRecorder } from '../../src/ledger/start-recorder.js';
import { loadModel } from '../../src/model/load.js';
import type { Model } from '../../src/model/model.js';
import { openWeatherSource } from '../../src/weather/open-weather-source.js';
import { KEY, type RecordedServer, startRecordedServer } from '../weather/recorded-server.js';
import { type Machine, type Servers, startMachine } from './site.js';

/** A server of ours on stores, a weather service and a model that fail as told. */
export interface ServeSite {
  readonly url: string;
  readonly machine: Machine;
  readonly weather: RecordedServer;
  readonly recorder: Recorder;
  /** What the model does from now on; what hung until now ends. */
  modelIs(mood: 'well' | 'broken' | 'hanging'): void;
  close(): Promise<void>;
}

/** Far more than anything takes that does not fail, also on a busy machine. */
export const DEADLINE_MS = 2000;

/** Starts it with the flag at half of the traffic. */
export async function startServeSite(
  servers: Servers,
  key: string,
  fallbackOnError: boolean,
): Promise<ServeSite> {
  const machine = await startMachine({ name: key, key, servers });
  const weather = await startRecordedServer();
  const read = await readConfig(undefined, key);
  const config: Config = {
    ...read,
    ...{ home: machine.home, databaseUrl: machine.databaseUrl, redisUrl: machine.redisUrl },
    openWeather: { apiKey: KEY, baseUrl: weather.url },
    tokens: { write: null, ingest: null, read: null },
    serve: { ...read.serve, deadlineMs: DEADLINE_MS },
  };
  const { clock, authorship } = { clock: machine.holders.clock, ...machine.request('test') };
  await writeInitialState(machine.holders, { enabled: true, percentage: 50, fallbackOnError }, authorship);
  const shipped = await loadModel(join(config.modelsFolder, 'delay_predictor.onnx'));
  let mood: Parameters<ServeSite['modelIs']>[0] = 'well';
  let hanging: (() => void)[] = [];
  // No forest: it answers like a runtime in a process of its own, which can fail in all these ways.
  const model: Model = {
    ...shipped,
    forest: null,
    predict(rows, count, minutes) {
      if (mood === 'broken') throw new Error('The model is broken.');
      if (mood === 'hanging') return new Promise((resolve) => hanging.push(resolve));
      return shipped.predict(rows, count, minutes);
    },
  };
  const log = await openLog(() => {}, clock);
  const reader = await machine.reader();
  const ledger = postgresLedger(config.databaseUrl!);
  const metrics = await openMetrics();
  const recorder = counting(await startRecorder(ledger, config, clock, log.warn), metrics);
  const source = openWeatherSource(config, clock, { onNotice: log.warn });
  const parts = { config, clock, log, instance: key, holders: machine.holders, reader, ledger, recorder };
  const sources = await openSurvey(machine.holders, config, ledger);
  const answerer = startAnswerer({ ...parts, weather: source, model: () => model });
  const app = { ...parts, sources, weather: source, answerer, events: openEvents(key), metrics };
  const server = await buildServer(app);
  const door = await openDoor({ host: '127.0.0.1', port: 0, flag: '--port', setting: 'serve.apiPort' });
  door.opensTo((request, response) => server.routing(request, response));
  return {
    ...{ url: `http://127.0.0.1:${door.port}`, machine, weather, recorder },
    modelIs(next) {
      mood = next;
      for (const end of hanging) end();
      hanging = [];
    },
    async close() {
      await Promise.all([server.close(), door.close(1000)]);
      await answerer.stop();
      await recorder.stop();
      await sources.close();
      await Promise.all([source.close(), ledger.close(), weather.close()]);
      await machine.close();
      await shipped.close();
    },
  };
}
