import { resolve } from 'node:path';
import type { Answerer } from '../answer/answerer.js';
import { followFlag } from '../answer/follow-flag.js';
import { startAnswerer } from '../answer/start-answerer.js';
import { systemClock } from '../clock.js';
import type { Closing } from '../closing.js';
import type { Config } from '../config.js';
import { AtmrError } from '../errors.js';
import { openLedger } from '../ledger/open-ledger.js';
import { startRecorder } from '../ledger/start-recorder.js';
import { chooseModel } from '../model/choose-model.js';
import { openServingModel, type ServingModel } from '../model/serving-model.js';
import { settleReported } from '../outcomes/settle-reported.js';
import { openWeatherSource } from '../weather/open-weather-source.js';
import { bookingAsker } from './ask-booking.js';
import { plainEntries } from './booking-input.js';
import { NO_LEDGER, NO_RECORDER } from './no-records.js';
import { noticeLog } from './notice-log.js';
import { openReading, type Reading } from './open-reading.js';
import { configOf, noticeOf, requireMs } from './options.js';
import type { OutcomeInput, Predictor, PredictorOptions } from './predictor.js';

/**
 * Opens everything that answers a booking in this process, as `atmr-ml serve` does: the flag, the model that it names, the
 * weather and the ledger. Resolves also where no store answers. Rejects with `AtmrError`: BAD_CONFIG for settings that are
 * none, BAD_MODEL where there is no model at all.
 */
export async function createPredictor(options: PredictorOptions = {}): Promise<Predictor> {
  const onNotice = noticeOf(options);
  const config = await predictorConfig(options);
  const reading = await openReading(config, null, onNotice);
  try {
    return await openPredictor(reading, config, options.record ?? true, onNotice);
  } catch (thrown) {
    await reading.closing.close();
    throw thrown;
  }
}

async function predictorConfig(options: PredictorOptions): Promise<Config> {
  const { timeoutMs, modelsFolder } = options;
  requireMs('timeoutMs', timeoutMs);
  const config = await configOf(options);
  return {
    ...config,
    modelsFolder: modelsFolder === undefined ? config.modelsFolder : resolve(modelsFolder),
    serve: { ...config.serve, deadlineMs: timeoutMs ?? config.serve.deadlineMs },
  };
}

async function openPredictor(
  reading: Reading,
  config: Config,
  isRecorded: boolean,
  onNotice: (text: string) => void,
): Promise<Predictor> {
  const { flag, closing } = reading;
  const model = await openModel(reading, config, onNotice);
  const records = isRecorded ? await openRecords(reading, config, onNotice) : null;
  const answerer = openAnswerer(reading, { config, model, records }, onNotice);
  const ask = bookingAsker(answerer, config, onNotice);
  const follow = finishing(closing);
  let isClosed = false;
  const close = () => {
    isClosed = true;
    return closing.close();
  };
  return {
    flag,
    predict: (booking, options = {}) => follow(ask(booking, options, isClosed)),
    async settle(outcomes) {
      if (isClosed) throw new AtmrError('UNAVAILABLE', 'The predictor is closed. Create another one.');
      if (records === null) throw nothingRecorded();
      const parts = { ...records, clock: systemClock };
      return await follow(settleReported(itemsOf(outcomes), config.timeZone, parts));
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

type Records = Awaited<ReturnType<typeof openRecords>>;

interface Parts {
  readonly config: Config;
  readonly model: ServingModel;
  /** `null` where nothing is recorded. */
  readonly records: Records | null;
}

function openAnswerer(
  { flag: { instance }, reader, closing }: Reading,
  { config, model, records }: Parts,
  onNotice: (text: string) => void,
): Answerer {
  const weather = openWeatherSource(config, systemClock, { onNotice });
  closing.add('the weather', weather.close);
  const { ledger = NO_LEDGER, recorder = NO_RECORDER } = records ?? {};
  const log = noticeLog(onNotice);
  const parts = { config, clock: systemClock, log, instance, reader, weather, ledger, recorder };
  const answerer = startAnswerer({ ...parts, model: model.current });
  closing.add('the answers', answerer.stop);
  return answerer;
}

/** Has the closing wait for the work that it is given. */
function finishing(closing: Closing): <T>(work: Promise<T>) => Promise<T> {
  const underway = new Set<Promise<unknown>>();
  closing.add('what is under way', () => Promise.allSettled(underway));
  return (work) => {
    underway.add(work);
    const forget = () => underway.delete(work);
    work.then(forget, forget);
    return work;
  };
}

/** The model that the flag names, as far as it is known; it follows the flag. */
async function openModel(
  { reader, closing, whenGrown }: Reading,
  config: Config,
  onNotice: (text: string) => void,
): Promise<ServingModel> {
  const named = reader.view().state.flag?.model ?? null;
  const fallback = () => chooseModel(undefined, config);
  const model = await openServingModel(config.modelsFolder, fallback, named, onNotice);
  closing.add('the model', model.close);
  reader.runs(model.reference());
  const following = followFlag(model, reader, () => {});
  whenGrown(following.wake);
  closing.add('the model’s follower', following.stop);
  return model;
}

async function openRecords({ closing }: Reading, config: Config, onNotice: (text: string) => void) {
  const ledger = await openLedger(config);
  closing.add('the ledger', ledger.close);
  const recorder = await startRecorder(ledger, config, systemClock, onNotice);
  closing.add('the recorder', recorder.stop);
  return { ledger, recorder };
}

function itemsOf(outcomes: OutcomeInput | readonly OutcomeInput[]): unknown[] {
  const items: readonly unknown[] = Array.isArray(outcomes) ? outcomes : [outcomes];
  return items.map((item) => (typeof item === 'object' && item !== null ? plainEntries(item) : item));
}

function nothingRecorded(): AtmrError {
  return new AtmrError(
    'USAGE',
    'The predictor was created with record: false. Leave it out to settle outcomes.',
  );
}
