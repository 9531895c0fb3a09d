import { type RunningAnswerer, startAnswerer } from '../../src/answer/start-answerer.js';
import { systemClock } from '../../src/clock.js';
import type { Config } from '../../src/config.js';
import type { Answer } from '../../src/flag/answer.js';
import type { Flag } from '../../src/flag/flag.js';
import type { PredictionRow } from '../../src/ledger/ledger.js';
import { DEFAULT_HEURISTIC } from '../../src/model/heuristic.js';
import type { Model } from '../../src/model/model.js';
import type { WeatherAnswer } from '../../src/weather/weather-source.js';
import { modelOf } from '../replay/rides.js';

/** What a test wants different of an answerer whose surroundings are its own. */
export interface Wishes {
  readonly decision?: Answer;
  readonly flag?: Partial<Flag>;
  readonly model?: Model | null;
  readonly shadow?: boolean;
  readonly deadlineMs?: number;
  weather?(): Promise<WeatherAnswer>;
  /** Makes a row durable. */
  keep?(row: PredictionRow): Promise<void>;
  /** The ledger's look for an earlier answer. */
  answerOf?(requestId: string): Promise<string | null>;
  /** Why the ledger does not take rows. */
  readonly fault?: string;
}

export interface Counter extends RunningAnswerer {
  /** What the recorder got, in its order. */
  readonly rows: PredictionRow[];
  readonly logged: string[];
  readonly asked: { weather: number };
}

export const MODEL: Answer = { variant: 'model', reason: 'SPLIT' };
export const CONTROL: Answer = { variant: 'control', reason: 'SPLIT' };
/** A model that says 7 minutes, whatever the booking. */
export const SEVEN = modelOf(() => 7);
export const HANGS = asking(() => new Promise(() => {}));

/** A model whose runtime does this. */
export function asking(predict: Model['predict']): Model {
  return { ...SEVEN, predict };
}

/** An answerer with a ledger in memory. */
export function openCounter(wishes: Wishes = {}): Counter {
  const { model = SEVEN, decision = MODEL, deadlineMs = 10_000, shadow = true } = wishes;
  const rows: PredictionRow[] = [];
  const logged: string[] = [];
  const asked = { weather: 0 };
  const log = (message: string) => void logged.push(message);
  const flag = { revision: 3, percentage: 25, fallbackOnError: true, ...wishes.flag };
  const answerer = startAnswerer({
    ...{ clock: systemClock, instance: 'test', model: () => model },
    log: { info: log, warn: log, error: log },
    config: { serve: { deadlineMs, shadow }, heuristic: DEFAULT_HEURISTIC } as Config,
    reader: { decide: () => decision, view: () => ({ state: { flag } }) } as never,
    ledger: { answerOf: wishes.answerOf ?? (async () => null) } as never,
    recorder: {
      add: (row) => void rows.push(row),
      async addDurably(row) {
        rows.push(row);
        await wishes.keep?.(row);
      },
      pendingAnswerOf: (requestId) => rows.find((row) => row.requestId === requestId)?.answer ?? null,
      state: () => ({ queued: 0, spooled: 0, lost: 0, corrupt: 0, fault: wishes.fault ?? null }),
      stop: async () => {},
    },
    weather: {
      weatherFor() {
        asked.weather += 1;
        return wishes.weather?.() ?? Promise.resolve({ weather: null, reason: 'no_key', stale: false });
      },
      counts: () => {
        throw new Error('not asked for');
      },
      close: async () => {},
    },
  });
  return { ...answerer, rows, logged, asked };
}
