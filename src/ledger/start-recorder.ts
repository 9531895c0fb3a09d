import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../clock.js';
import { isRunning, thisProcess } from '../config.js';
import { AtmrError, messageOf } from '../errors.js';
import { fingerprintOf } from '../flag/stores.js';
import { startLoop } from '../loop.js';
import { t } from '../wording/t.js';
import { startKeeping } from './keep.js';
import type { Ledger, PredictionRow } from './ledger.js';
import type { Recorder } from './recorder.js';
import { openSpool } from './spool.js';
import { checkPrediction } from './storable.js';

interface RecorderSettings {
  /** ATMR_ML_HOME: the spool is in it. */
  readonly home: string;
  readonly databaseUrl: string | null;
}

/** What a row waits for at most until it is on its way, and a write until its rows go to the disk as well. */
const FLUSH_MS = 200;
/**
 * Whoever waits for a row waits for the end of so many milliseconds since the last write began: an embedded ledger
 * stands the process still for each, and one write for several rows takes no longer than for one.
 */
const GATHER_MS = 10;
/** Rows in one transaction. */
const BATCH = 500;
/** Rows in memory: beyond half of it the disk helps, beyond all of it they are lost. */
const MOST_QUEUED = 10_000;
/** Answers that are known by their request until the ledger has them. */
const MOST_PENDING = 50_000;
/** How often it looks for what dead processes left. */
const ADOPT_MS = 60_000;

/** A row on its way. */
interface Entry {
  readonly row: PredictionRow;
  /** Called once: with `null` when the row is durable, else with why it is lost. */
  readonly told: ((failure: AtmrError | null) => void) | null;
}

/**
 * Starts writing answers to `ledger`. `onNotice` is told, in a sentence, when the ledger goes away and comes back,
 * and what is lost.
 */
export async function startRecorder(
  ledger: Ledger,
  { home, databaseUrl }: RecorderSettings,
  clock: Clock,
  onNotice: (text: string) => void,
): Promise<Recorder> {
  const { host, pid } = thisProcess();
  const instance = `${encodeURIComponent(host)}-${pid}-${randomUUID().slice(0, 8)}`;
  const fingerprint = fingerprintOf({ home, databaseUrl, redisUrl: null });
  const folder = join(home, 'spool');
  const spool = openSpool({ folder, instance, host, pid, ledger: fingerprint, isRunning });
  const keeping = startKeeping(ledger, spool, clock, { patienceMs: FLUSH_MS, batch: BATCH, onNotice });
  const pending = new Map<string, string>();
  let queue: Entry[] = [];
  let lost = 0;
  let adoptedMs = Number.NEGATIVE_INFINITY;
  let stopped = false;
  let begunMs = Number.NEGATIVE_INFINITY;
  let gathering: NodeJS.Timeout | undefined;

  const remember = ({ requestId, answer }: PredictionRow) => {
    if (answer === null) return;
    pending.set(requestId, answer);
    const [oldest] = pending.keys();
    if (pending.size > MOST_PENDING && oldest !== undefined) pending.delete(oldest);
  };
  const forget = (rows: readonly PredictionRow[]) => {
    for (const { requestId } of rows) pending.delete(requestId);
  };
  const lose = (entries: readonly Entry[], failure: AtmrError) => {
    if (entries.length === 0) return;
    if (lost === 0) onNotice(`Answers are lost: ${failure.message}`);
    lost += entries.length;
    forget(entries.map(({ row }) => row));
    for (const { told } of entries) told?.(failure);
  };

  async function adopt(): Promise<void> {
    if (clock.monotonicMs() - adoptedMs < ADOPT_MS) return;
    adoptedMs = clock.monotonicMs();
    let adopted = 0;
    const onRows = (rows: readonly PredictionRow[]) => {
      adopted += rows.length;
      for (const row of rows) remember(row);
    };
    try {
      await spool.beat();
      await spool.adopt(onRows);
    } catch (thrown) {
      onNotice(`The spool in ${folder} was not looked through: ${messageOf(thrown)}.`);
    }
    if (adopted > 0) onNotice(`${adopted} answers of processes that are gone wait in the spool.`);
  }

  /** Everything that is queued now, to the ledger or to the disk. What neither took waits for the next run. */
  async function flush(): Promise<void> {
    while (queue.length > 0) {
      const crowded = queue.length >= MOST_QUEUED / 2;
      const entries = queue.splice(0, crowded ? queue.length : BATCH);
      const rows = entries.map(({ row }) => row);
      const kept = await keeping.keep(rows, crowded);
      if (kept === 'nowhere') {
        putBack(entries);
        return;
      }
      if (kept === 'ledger') forget(rows);
      for (const { told } of entries) told?.(null);
    }
  }

  /** Whoever waits for a row is told that it is not durable; the others may still become so. */
  function putBack(entries: readonly Entry[]): void {
    const failure = new AtmrError('UNAVAILABLE', keeping.failure());
    const waiting = entries.filter(({ told }) => told === null);
    const room = Math.max(0, MOST_QUEUED - queue.length);
    lose([...entries.filter(({ told }) => told !== null), ...waiting.slice(room)], failure);
    queue = [...waiting.slice(0, room), ...queue];
  }

  async function run(): Promise<void> {
    clearTimeout(gathering);
    gathering = undefined;
    begunMs = clock.monotonicMs();
    await adopt();
    await flush();
    // One part at a time: what is new does not wait for a long spool.
    if (await keeping.drain(forget)) loop.wake();
  }

  const loop = startLoop(run, () => FLUSH_MS);
  await loop.first;

  function take(entry: Entry): void {
    const refusal = refusalOf(entry.row);
    if (refusal !== null) {
      lose([entry], refusal);
      return;
    }
    queue.push(entry);
    remember(entry.row);
    if (queue.length >= BATCH) loop.wake();
    else if (entry.told !== null) wakeSoon();
  }

  /** At once after a while without a write, else with what else comes meanwhile. */
  function wakeSoon(): void {
    const leftMs = begunMs + GATHER_MS - clock.monotonicMs();
    if (leftMs <= 0) loop.wake();
    else gathering ??= setTimeout(() => loop.wake(), leftMs);
  }

  function refusalOf(row: PredictionRow): AtmrError | null {
    if (stopped) return new AtmrError('UNAVAILABLE', t`The recorder has stopped.`);
    if (queue.length >= MOST_QUEUED) {
      return new AtmrError('UNAVAILABLE', t`${MOST_QUEUED} answers wait already.`);
    }
    try {
      checkPrediction(row);
      return null;
    } catch (thrown) {
      return thrown instanceof AtmrError ? thrown : new AtmrError('BAD_INPUT', messageOf(thrown));
    }
  }

  return {
    add: (row) => take({ row, told: null }),
    addDurably: (row) =>
      new Promise((resolve, reject) => {
        take({ row, told: (failure) => (failure === null ? resolve() : reject(failure)) });
      }),
    pendingAnswerOf: (requestId) => pending.get(requestId) ?? null,
    state: () => ({
      queued: queue.length,
      spooled: spool.rows(),
      lost,
      corrupt: spool.corrupt(),
      fault: keeping.fault(),
    }),
    async stop() {
      stopped = true;
      clearTimeout(gathering);
      await loop.stop();
      await flush();
      lose(queue, new AtmrError('UNAVAILABLE', keeping.failure()));
      queue = [];
      await spool.close().catch((thrown) => onNotice(`The spool did not close: ${messageOf(thrown)}.`));
    },
  };
}
