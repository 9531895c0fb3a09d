import { followFlag } from '../answer/follow-flag.js';
import { startAnswerer } from '../answer/start-answerer.js';
import type { Clock } from '../clock.js';
import { type Closing, openClosing } from '../closing.js';
import { type Config, thisProcess } from '../config.js';
import { messageOf } from '../errors.js';
import { rethrowUnlessSilence } from '../flag/commit.js';
import { type InitialState, writeInitialState } from '../flag/initial.js';
import { type FlagReader, startReader } from '../flag/reader.js';
import { openSurvey } from '../guard/open-survey.js';
import { rememberingAttempts } from '../guard/own-attempts.js';
import { startGuard } from '../guard/start-guard.js';
import { openLedger } from '../ledger/open-ledger.js';
import { startRetention } from '../ledger/retention.js';
import { startRecorder } from '../ledger/start-recorder.js';
import type { Log } from '../log.js';
import { chooseModel } from '../model/choose-model.js';
import { openServingModel, type ServingModel } from '../model/serving-model.js';
import { openRuntime, type Runtime } from '../runtime.js';
import { openWeatherSource } from '../weather/open-weather-source.js';
import { publicUrl, requireToken } from './addresses.js';
import { buildServer } from './build-server.js';
import { type Events, openEvents } from './events.js';
import { flagEvent } from './flag-event.js';
import { openLog } from './json-log.js';
import { counting, openMetrics } from './metrics.js';
import { closeDoor, openDoors } from './open-doors.js';

/** A server that runs. */
export interface Serving {
  readonly instance: string;
  readonly apiUrl: string;
  readonly dashboardUrl: string;
  /** Takes nothing new, finishes what is under way, writes what is queued, and says good-bye to the stores. */
  stop(): Promise<void>;
}

/**
 * Serves the API and the dashboard. `writeLine` takes the log. Rejects with BAD_CONFIG for a port that is taken, or
 * an address that others reach without a token, and with BAD_MODEL where there is no model.
 */
export async function serve(
  config: Config,
  clock: Clock,
  writeLine: (line: string) => void,
): Promise<Serving> {
  requireToken(config.serve, config.tokens);
  const log = await openLog(writeLine, clock);
  const closing = openClosing((text) => log.error(text));
  try {
    const serving = await start({ config, clock, log, closing });
    log.info('serving', { ...serving });
    return {
      ...serving,
      async stop() {
        log.info('stopping');
        await closing.close();
        log.info('stopped');
      },
    };
  } catch (thrown) {
    await closing.close();
    throw thrown;
  }
}

/** What every part is opened with. */
interface Setup {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly closing: Closing;
}

async function start(setup: Setup): Promise<Omit<Serving, 'stop'>> {
  const { config, clock, log, closing } = setup;
  const initial = config.initial();
  const doors = await openDoors(config.serve, closing);
  const runtime = await openRuntime(config, clock);
  closing.add('the stores', runtime.close);
  const { holders, instance } = runtime;
  const model = await openModel(setup, runtime);
  const kept = await openRecords(setup);
  if (initial !== null) await writeInitial(runtime, initial, log);
  const events = openEvents(instance);
  const url = publicUrl(config.serve, doors.api.port, thisProcess().host);
  const reader = await openReader(setup, runtime, { url, model, events });
  const guard = await startGuard(runtime, config, kept, {
    info: log.info,
    warn: log.warn,
    publish: (data) => events.publish('alert', data),
  });
  closing.add('the guard', guard.stop);
  const sources = await openSurvey(holders, config, kept.ledger);
  closing.add('the survey', sources.close);
  const parts = { config, clock, log, instance, holders, reader, ...kept, sources, events };
  const answerer = startAnswerer({ ...parts, model: model.current });
  closing.add('the answers', answerer.stop);
  const server = await buildServer({ ...parts, answerer });
  closing.add('the server', () => Promise.all([server.close(), ...doors.all.map(closeDoor)]));
  for (const door of doors.all) door.opensTo((request, response) => server.routing(request, response));
  const seen = { ...config.serve, url: null };
  return {
    instance,
    apiUrl: publicUrl(seen, doors.api.port, 'localhost'),
    dashboardUrl: publicUrl(seen, doors.dashboard.port, 'localhost'),
  };
}

/** The model of the flag, as the record or, without an answer of it, this machine's disk knows it. */
async function openModel({ config, log, closing }: Setup, { holders }: Runtime): Promise<ServingModel> {
  const { record, disk } = holders;
  const { flag } = await record.read().catch((thrown) => {
    // A schema that is behind, or a wrong password, is for the operator to mend now.
    rethrowUnlessSilence(thrown);
    return disk.load();
  });
  const fallback = () => chooseModel(undefined, config);
  const model = await openServingModel(config.modelsFolder, fallback, flag?.model ?? null, log.warn);
  closing.add('the model', model.close);
  return model;
}

/** Everything that is kept of the answers, and the weather that goes into them. */
async function openRecords({ config, clock, log, closing }: Setup) {
  const ledger = await openLedger(config);
  closing.add('the ledger', ledger.close);
  const metrics = await openMetrics();
  const { recorder, own } = rememberingAttempts(await startRecorder(ledger, config, clock, log.warn));
  closing.add('the recorder', recorder.stop);
  const retention = startRetention(ledger, config.serve.keepDays, clock, log.info);
  closing.add('the removal of what is old', retention.stop);
  const weather = openWeatherSource(config, clock, { onNotice: log.warn });
  closing.add('the weather', weather.close);
  return { ledger, metrics, recorder: counting(recorder, metrics), own, weather };
}

/** ML_ENABLED and its like, where nobody ever wrote the flag. A store that is away is the reader's to tell. */
async function writeInitial({ holders }: Runtime, initial: InitialState, log: Log): Promise<void> {
  const at = new Date(holders.clock.nowMs()).toISOString();
  const authorship = { at, by: thisProcess().user, reason: 'initial state, written by serve' };
  try {
    const written = await writeInitialState(holders, initial, authorship);
    if (written !== null) log.info(written.warning.text, { revision: written.revision });
  } catch (thrown) {
    log.warn(`The initial state could not be written: ${messageOf(thrown)}`);
  }
}

interface Followers {
  /** Where other machines reach this one. */
  readonly url: string;
  readonly model: ServingModel;
  readonly events: Events;
}

/** Reads the flag, tells who listens, and has the model follow it. */
async function openReader(
  { config: { staleAfterMs }, log, closing }: Setup,
  { holders, instance }: Runtime,
  { url, model, events }: Followers,
): Promise<FlagReader> {
  let wake = () => {};
  const reader = await startReader(holders, {
    ...{ instance, pid: thisProcess().pid, url, model: model.reference(), staleAfterMs, repairs: true },
    onNotice: (text) => log.warn(text),
    onChange(view) {
      const { revision = null, percentage = null } = view.state.flag ?? {};
      log.info('flag', { revision, percentage, forcedOff: view.forcedOff });
      events.publish('flag', flagEvent(view));
      wake();
    },
  });
  closing.add('the reader', reader.stop);
  const following = followFlag(model, reader, (reference) => log.info('model changed', { ...reference }));
  wake = following.wake;
  closing.add('the model’s follower', following.stop);
  return reader;
}
