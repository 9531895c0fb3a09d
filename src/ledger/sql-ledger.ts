import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Ledger, Settlement, StoredPrediction } from './ledger.js';
import type { LedgerDatabase } from './ledger-database.js';
import { readAnomalies } from './read-anomalies.js';
import { readAssignments } from './read-assignments.js';
import { readDay } from './read-days.js';
import { readMetrics } from './read-metrics.js';
import {
  type Part,
  type Place,
  readAnswer,
  readLastRecorded,
  readOfBooking,
  readPage,
  readRecorded,
  readScored,
} from './read-predictions.js';
import { readRecentAttempts, readRecentMisses } from './read-recent.js';
import { readScheduled } from './read-scheduled.js';
import { recordPredictions } from './record.js';
import { checkOutcome, NOTHING_SETTLED, settleOutcomes } from './settle.js';
import { wholeMs } from './spans.js';
import { chunks, type Dialect, type Work } from './statement.js';
import { coarsen, prune } from './sweep.js';
import { readMark, readTotals, resetTotals, writeMark } from './totals.js';

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
        await yieldToOthers();
      }
      return days;
    },
    async dayFigures(windows, modelVersion) {
      const days = [];
      for (const window of windows) {
        days.push(await read(() => readDay(dialect, wholeWindow(window), modelVersion)));
        await yieldToOthers();
      }
      return days;
    },
    recentAttempts: (fromMs, limit, modelVersion, revisionFrom = 0) =>
      read(() => readRecentAttempts(dialect, wholeMs(fromMs), limit, modelVersion, revisionFrom)),
    recentMisses: (fromMs, untilMs, limit, modelVersion) =>
      read(() => readRecentMisses(dialect, wholeWindow({ fromMs, untilMs }), limit, modelVersion)),
    assignments: (fromMs, revisionFrom) =>
      read(() => readAssignments(dialect, wholeMs(fromMs), revisionFrom)),
    totals: () => read(() => readTotals(dialect)),
    resetTotals: (nowMs) => write(() => resetTotals(dialect, nowMs)),
    predictions: (limit, cursor) => read(() => readPage(dialect, limit, cursor)),
    predictionsOf: (bookingId, limit) => read(() => readOfBooking(dialect, bookingId, limit)),
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

function wholeWindow<T extends { readonly fromMs: number; readonly untilMs: number }>(window: T): T {
  return { ...window, fromMs: wholeMs(window.fromMs), untilMs: wholeMs(window.untilMs) };
}

function sum(a: Settlement, b: Settlement): Settlement {
  return {
    settled: a.settled + b.settled,
    corrected: a.corrected + b.corrected,
    unchanged: a.unchanged + b.unchanged,
    unpredicted: a.unpredicted + b.unpredicted,
  };
}
