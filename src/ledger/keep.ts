import type { Clock } from '../clock.js';
import { messageOf } from '../errors.js';
import { t } from '../wording/t.js';
import type { Ledger, PredictionRow } from './ledger.js';
import type { Spool, SpoolFile } from './spool.js';

/** Brings rows to the ledger, or to the disk while it is away. One caller at a time. */
export interface Keeping {
  /** Where the rows are durable now. `toDisk` spares the ledger. */
  keep(rows: readonly PredictionRow[], toDisk: boolean): Promise<'ledger' | 'spool' | 'nowhere'>;
  /** Brings a part of the spool to the ledger. True when it took it, and there may be more. */
  drain(onTaken: (rows: readonly PredictionRow[]) => void): Promise<boolean>;
  /** Why the ledger does not take rows; `null` when it does. */
  fault(): string | null;
  /** Why the last rows are nowhere, as a sentence. */
  failure(): string;
}

export interface KeepSettings {
  /** A write that takes longer is not waited for: its rows go to the disk as well. */
  readonly patienceMs: number;
  readonly batch: number;
  onNotice(text: string): void;
}

/** Between two tries of a ledger that is away. */
const RETRY_MS = 1000;
/** A write that has been under way for this long is a fault. */
const SLOW_MS = 1000;

export function startKeeping(
  ledger: Ledger,
  spool: Spool,
  clock: Clock,
  { patienceMs, batch, onNotice }: KeepSettings,
): Keeping {
  let fault: string | null = null;
  let retryMs = Number.NEGATIVE_INFINITY;
  let diskFault: string | null = null;
  /** When the write began that nobody waits for any more. */
  let overdueSinceMs: number | null = null;
  let draining: { readonly file: SpoolFile; next: number } | null = null;

  function hear(said: string | null): void {
    if (said !== null && fault === null)
      onNotice(`The ledger takes no answers: ${said} They go to the disk.`);
    if (said === null && fault !== null) onNotice('The ledger takes answers again.');
    fault = said;
    retryMs = clock.monotonicMs() + RETRY_MS;
  }

  /** Writes to the ledger, if it is there and quick. Rows that it has already are none the worse for a second time. */
  async function write(rows: readonly PredictionRow[]): Promise<boolean> {
    if (overdueSinceMs !== null || (fault !== null && clock.monotonicMs() < retryMs)) return false;
    const startMs = clock.monotonicMs();
    const work = ledger.record(rows).then(() => null, messageOf);
    const said = await inTime(work, patienceMs);
    if (said !== undefined) {
      hear(said);
      return said === null;
    }
    overdueSinceMs = startMs;
    void work.then((late) => {
      overdueSinceMs = null;
      hear(late);
    });
    return false;
  }

  async function append(rows: readonly PredictionRow[]): Promise<boolean> {
    try {
      await spool.append(rows);
      diskFault = null;
      return true;
    } catch (thrown) {
      diskFault = messageOf(thrown);
      return false;
    }
  }

  function currentFault(): string | null {
    if (fault !== null || overdueSinceMs === null) return fault;
    const sinceMs = clock.monotonicMs() - overdueSinceMs;
    return sinceMs > SLOW_MS ? t`no answer for ${Math.round(sinceMs)} ms` : null;
  }

  return {
    async keep(rows, toDisk) {
      if (!toDisk && (await write(rows))) return 'ledger';
      if (await append(rows)) return 'spool';
      // The disk is no better: the ledger once more.
      return toDisk && (await write(rows)) ? 'ledger' : 'nowhere';
    },
    async drain(onTaken) {
      if (spool.rows() === 0 && draining === null) return false;
      const file = draining?.file ?? (await spool.oldest().catch(() => null));
      if (file === null) return false;
      draining ??= { file, next: 0 };
      const rows = file.rows.slice(draining.next, draining.next + batch);
      if (rows.length > 0 && !(await write(rows))) return false;
      onTaken(rows);
      draining.next += batch;
      if (draining.next < file.rows.length) return true;
      draining = null;
      // A file that stays is read once more, later: the ledger has it all.
      return await spool.remove(file).then(
        () => true,
        () => false,
      );
    },
    fault: currentFault,
    failure: () =>
      t`Neither the ledger (${currentFault() ?? 'slow'}) nor the disk (${diskFault ?? 'full'}) took an answer.`,
  };
}

/** What `work` gives, or `undefined` when that takes longer. */
async function inTime<T>(work: Promise<T>, limitMs: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, limitMs, undefined);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
