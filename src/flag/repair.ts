import { messageOf } from '../errors.js';
import { type Loop, startLoop } from '../loop.js';
import type { Holders } from './holders.js';
import type { Memory } from './memory.js';
import type { ReaderSettings } from './reader.js';
import type { State } from './state.js';
import { type SyncResult, sync } from './sync.js';

const SYNC_MS = 10_000;
/** No more than one repair a second, however often the stores are seen to differ. */
const PAUSE_MS = 1000;

export interface Repair extends Loop {
  /** Wakes it as if nothing had been tried in vain before. */
  wakeSoon(): void;
}

/**
 * Repairs the stores every 10 s, and soon after it is woken; a repair that changed nothing is tried again after
 * twice as long, since a record that lost its flag waits for a person. Does nothing for a reader that may not write.
 */
export function startRepair(holders: Holders, memory: Memory, settings: ReaderSettings): Repair {
  if (!settings.repairs) {
    const idle = startLoop(
      async () => {},
      () => SYNC_MS,
    );
    return { ...idle, wakeSoon: idle.wake };
  }
  const { clock } = holders;
  let wanted = false;
  let pauseMs = PAUSE_MS;
  let outcome = '';
  let ranMs = Number.NEGATIVE_INFINITY;
  const dueInMs = () => Math.max(0, ranMs + (wanted ? pauseMs : SYNC_MS) - clock.monotonicMs());
  const loop = startLoop(run, dueInMs);

  async function run(): Promise<void> {
    if (dueInMs() > 0) return; // woken early: it is due when the alarm rings
    wanted = false;
    ranMs = clock.monotonicMs();
    const known = memory.view.state;
    try {
      const now = outcomeOf(known, await sync(holders, known));
      pauseMs = now === outcome ? Math.min(2 * pauseMs, SYNC_MS) : PAUSE_MS;
      outcome = now;
    } catch (thrown) {
      settings.onNotice(`[ML] The stores could not be repaired: ${messageOf(thrown)}`);
    }
  }

  function wake(): void {
    wanted = true;
    loop.wake();
  }

  return {
    ...loop,
    wake,
    wakeSoon() {
      pauseMs = PAUSE_MS;
      wake();
    },
  };
}

/** Equal for two repairs of which the second had nothing new to work with and changed nothing. */
function outcomeOf(known: State, result: SyncResult): string {
  const states = [known, ...(result.agreed ? [result.record] : [])];
  const contents = states.map(({ flag, marks, ended }) => {
    return [flag?.changeId, Object.keys(marks).sort(), Object.keys(ended).sort()];
  });
  return JSON.stringify([result.agreed, contents]);
}
