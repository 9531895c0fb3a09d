import { resolve } from 'node:path';
import { followFlag } from '../answer/follow-flag.js';
import { startAnswerer } from '../answer/start-answerer.js';
import { systemClock } from '../clock.js';
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
  const { flag, reader, closing } = reading;
  const model = await openModel(reading, config, onNotice);
  const records = isRecorded ? await openRecords(reading, config, onNotice) : null;
  const weather = openWeatherSource(config, systemClock, { onNotice });
  closing.add('the weather', weather.close);
  const answerer = startAnswerer({
    ...{ config, clock: systemClock, log: noticeLog(onNotice), instance: flag.instance, reader, weather },
    ledger: records?.ledger ?? NO_LEDGER,
    recorder: records?.recorder ?? NO_RECORDER,
    model: model.current,
  });
  closing.add('the answers', answerer.stop);
  const ask = bookingAsker(answerer, config, onNotice);
  let isClosed = false;
  const close = () => {
    isClosed = true;
    return closing.close();
  };
  return {
    flag,
    predict: (booking, options = {}) => ask(booking, options, isClosed),
    async settle(outcomes) {
      if (isClosed) throw new AtmrError('UNAVAILABLE', 'The predictor is closed. Create another one.');
      if (records === null) throw nothingRecorded();
      return await settleReported(itemsOf(outcomes), config.timeZone, { ...records, clock: systemClock });
    },
    close,
    [Symbol.asyncDispose]: close,
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
