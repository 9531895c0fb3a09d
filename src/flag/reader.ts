import { messageOf } from '../errors.js';
import type { Loop } from '../loop.js';
import { t } from '../wording/t.js';
import { type Answer, answer, type View } from './answer.js';
import type { ModelReference } from './flag.js';
import { type Holders, storesOf } from './holders.js';
import { type Beginning, openMemory } from './memory.js';
import { startJournal, startPolling } from './polling.js';
import { startRepair } from './repair.js';
import { startReporting } from './reporting.js';
import { EMPTY_STATE, sameKnowledge } from './state.js';

/** One process's window on the flag. Its answers never wait for a store and never throw. */
export interface FlagReader {
  decide(targetingKey: string): Answer;
  view(): View;
  /** The process runs another model from now on: the answers and the reports go by it. */
  runs(model: ModelReference | null): void;
  /** Says good-bye to the stores and ends the loops. */
  stop(): Promise<void>;
}

export interface ReaderSettings {
  readonly instance: string;
  readonly pid: number;
  readonly url: string | null;
  /** The model that this process runs at first; `null` for one that runs none and only reports. */
  readonly model: ModelReference | null;
  readonly staleAfterMs: number;
  /** Whether this process may write to the stores, and so repairs them. */
  readonly repairs: boolean;
  onNotice(text: string): void;
  /** Called after the view grew and is on disk. */
  onChange?(view: View): void;
}

/** Starts to read: resolves after the first attempt at every store, successful or not. */
export async function startReader(holders: Holders, settings: ReaderSettings): Promise<FlagReader> {
  const { clock } = holders;
  const stores = storesOf(holders);
  const memory = openMemory(holders, await begin(holders, settings), settings);
  const repair = startRepair(holders, memory, settings);
  const reports = stores.map((store) => startReporting(store, memory, holders, settings));
  const listener = {
    grew() {
      for (const report of reports) report.wake();
      tellApplication(settings, memory.view);
    },
    storeLacks: repair.wake,
    storeReturned: repair.wakeSoon,
    onNotice: settings.onNotice,
  };
  const polls = stores.map((store) => startPolling(holders, store, memory, listener));
  const loops: Loop[] = [...polls, startJournal(holders, memory, listener), repair, ...reports];
  await Promise.all(polls.map((poll) => poll.first));
  return {
    decide: (targetingKey) => answer(memory.view, targetingKey, clock.monotonicMs()),
    view: () => memory.view,
    runs(model) {
      memory.runs(model);
      for (const report of reports) report.wake();
    },
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
      await Promise.allSettled(stores.map((store) => store.forget(settings.instance)));
    },
  };
}

/** An error of the application's is its own, and no store's. */
function tellApplication({ onChange, onNotice }: ReaderSettings, view: View): void {
  try {
    onChange?.(view);
  } catch (thrown) {
    onNotice(`[ML] onChange failed: ${messageOf(thrown)}`);
  }
}

/** What other processes of this machine knew is in the reader's own file before it reports that it knows it. */
async function begin({ disk }: Holders, { onNotice }: ReaderSettings): Promise<Beginning> {
  const known = await disk.load();
  if (sameKnowledge(known, EMPTY_STATE)) return { known, onDisk: known };
  try {
    await disk.save(known);
    return { known, onDisk: known };
  } catch (thrown) {
    onNotice(t`The last known flag could not be written to disk: ${messageOf(thrown)}`);
    return { known, onDisk: EMPTY_STATE };
  }
}
