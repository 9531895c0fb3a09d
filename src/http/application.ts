import type { Answerer } from '../answer/answerer.js';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import type { Holders } from '../flag/holders.js';
import type { FlagReader } from '../flag/reader.js';
import type { SurveySources } from '../guard/survey.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Recorder } from '../ledger/recorder.js';
import type { Log } from '../log.js';
import type { WeatherSource } from '../weather/weather-source.js';
import type { Events } from './events.js';
import type { Metrics } from './metrics.js';

/** What the routes are made of; opened and closed by `serve`. */
export interface Application {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly instance: string;
  readonly holders: Holders;
  readonly reader: FlagReader;
  readonly ledger: Ledger;
  /** What a rollout is judged by, open. */
  readonly sources: SurveySources;
  /** Takes rows without making the answer wait. */
  readonly recorder: Recorder;
  readonly weather: WeatherSource;
  /** Answers one booking through the flag. */
  readonly answerer: Answerer;
  /** What clients of `/events` hear. */
  readonly events: Events;
  /** What is counted for `/metrics`. */
  readonly metrics: Metrics;
}
