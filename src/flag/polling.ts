import { messageOf } from '../errors.js';
import { type Loop, startLoop } from '../loop.js';
import { marksOnly } from './disk.js';
import type { Holders } from './holders.js';
import type { Memory } from './memory.js';
import type { Store } from './store.js';

/** Who hears of what a look brought. */
export interface PollListener {
  /** The reader knows more, and it is on disk. */
  grew(): void;
  /** Somebody has to repair the stores. */
  storeLacks(): void;
  /** A store answers that did not: whatever was tried before, it is time to repair. */
  storeReturned(): void;
  onNotice(text: string): void;
}

const POLL_MS = 1000;

/** One store's loop: its subscription only wakes it, the read alone brings data. */
export function startPolling(holders: Holders, store: Store, memory: Memory, listener: PollListener): Loop {
  const from = store === holders.record ? 'record' : 'copy';
  let reached: boolean | null = null;
  let unwatch: (() => Promise<void>) | null = null;
  const loop = startLoop(look, () => POLL_MS);

  async function look(): Promise<void> {
    const floor = memory.view.state.flag;
    const sentMs = holders.clock.monotonicMs();
    try {
      const observed = await memory.observe({ from, answer: await store.read(), floor, sentMs });
      if (observed.grown) listener.grew();
      if (!reached) listener.storeReturned();
      else if (observed.storeLacks) listener.storeLacks();
      reached = true;
      unwatch ??= await store.watch(() => loop.wake());
    } catch (thrown) {
      if (reached !== false) listener.onNotice(`[ML] ${store.name} does not answer: ${messageOf(thrown)}`);
      reached = false;
      memory.missed(from, sentMs);
    }
  }

  return {
    ...loop,
    async stop() {
      await loop.stop();
      await unwatch?.().catch(() => {});
    },
  };
}

/** The machine's own forced offs, which hold before any store has them. */
export function startJournal({ clock, disk }: Holders, memory: Memory, listener: PollListener): Loop {
  const loop = startLoop(look, () => POLL_MS);
  const unwatch = disk.watchJournal(() => loop.wake());

  async function look(): Promise<void> {
    try {
      const sentMs = clock.monotonicMs();
      const marks = marksOnly(await disk.journal());
      const { grown } = await memory.observe({ from: 'journal', answer: marks, floor: null, sentMs });
      if (grown) listener.grew();
    } catch (thrown) {
      listener.onNotice(`[ML] This machine's journal could not be read: ${messageOf(thrown)}`);
    }
  }

  return {
    ...loop,
    stop() {
      unwatch();
      return loop.stop();
    },
  };
}
