import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Ledger, Settlement, StoredPrediction } from './ledger.js';
import { readAnomalies } from './read-anomalies.js';
import { readMetrics } from './read-metrics.js';
import {
  type Part,
  type Place,
  readAnswer,
  readLastRecorded,
  readPage,
  readRecorded,
  readScored,
} from './read-predictions.js';
import { readScheduled } from './read-scheduled.js';
import { recordPredictions } from './record.js';
import { checkOutcome, NOTHING_SETTLED, settleOutcomes } from './settle.js';
import { chunks, type Dialect, type Work } from './statement.js';
import { coarsen, prune } from './sweep.js';
import { readMark, readTotals, resetTotals, writeMark } from './totals.js';

/** A database that a ledger is kept in. A work is begun anew when its transaction is. */
export interface LedgerDatabase {
  readonly dialect: Dialect;
  read<T>(work: () => Work<T>): Promise<T>;
  /** In one durable transaction. */
  write<T>(work: () => Work<T>): Promise<T>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Outcomes in one transaction, and answers in one step of a stream: some milliseconds each. */
const BATCH = 200;

/** The ledger on either database. */
export function sqlLedger({ dialect, read, write, ping, close }: LedgerDatabase): Ledger {
  const stream = (
    part: (at: Dialect, after: Place, untilMs: number, limit: number) => Work<Part>,
    fromMs: number,
    untilMs: number,
  ) => parts((after) => read(() => part(dialect, after, wholeMs(untilMs), BATCH)), fromMs);
  return {
    async record(rows) {
      if (rows.length > 0) await write(() => recordPredictions(dialect, rows));
    },
    answerOf: (requestId) => read(() => readAnswer(dialect, requestId)),
    scheduledOf: (bookingIds) => read(() => readScheduled(dialect, bookingIds)),
    async settle(outcomes, nowMs) {
      outcomes.forEach(checkOutcome);
      let settlement = NOTHING_SETTLED;
      for (const some of chunks(outcomes, BATCH)) {
        settlement = sum(settlement, await write(() => settleOutcomes(dialect, some, Math.round(nowMs))));
        await yieldToOthers();
      }
      return settlement;
    },
    metrics: (fromMs, untilMs) => read(() => readMetrics(dialect, fromMs, untilMs)),
    async daily(windows) {
      const days = [];
      for (const { fromMs, untilMs } of windows) {
        days.push(await read(() => readMetrics(dialect, fromMs, untilMs)));
      }
      return days;
    },
    totals: () => read(() => readTotals(dialect)),
    resetTotals: (nowMs) => write(() => resetTotals(dialect, nowMs)),
    predictions: (limit, cursor) => read(() => readPage(dialect, limit, cursor)),
    anomalies: (fromMs, thresholdMinutes, limit) =>
      read(() => readAnomalies(dialect, wholeMs(fromMs), thresholdMinutes, limit)),
    scored: (fromMs, untilMs) => stream(readScored, fromMs, untilMs),
    recorded: (fromMs, untilMs) => stream(readRecorded, fromMs, untilMs),
    lastRecordedMs: () => read(() => readLastRecorded(dialect)),
    watermark: (source) => read(() => readMark(dialect, `watermark ${source}`)),
    setWatermark: (source, value) => write(() => writeMark(dialect, `watermark ${source}`, value)),
    prune: (beforeMs, options) => prune({ dialect, write }, wholeMs(beforeMs), options),
    coarsen: (beforeMs, options) => coarsen({ dialect, write }, wholeMs(beforeMs), options),
    ping,
    close,
  };
}

/** One part after the other, with room for others between: one database works on the thread that asks it. */
async function* parts(
  read: (after: Place) => Promise<Part>,
  fromMs: number,
): AsyncGenerator<StoredPrediction, void> {
  // No id is empty: this place is before the first of its time.
  let place: Place | null = { ms: wholeMs(fromMs), id: '' };
  while (place !== null) {
    const part: Part = await read(place);
    yield* part.predictions;
    place = part.next;
    await yieldToOthers();
  }
}

/** A bound in time as integers of the databases take it. */
function wholeMs(ms: number): number {
  return Math.ceil(Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, ms)));
}

function sum(a: Settlement, b: Settlement): Settlement {
  return {
    settled: a.settled + b.settled,
    corrected: a.corrected + b.corrected,
    unchanged: a.unchanged + b.unchanged,
    unpredicted: a.unpredicted + b.unpredicted,
  };
}
