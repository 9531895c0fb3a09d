import type { FlagReader } from '../flag/reader.js';
import { type Loop, startLoop } from '../loop.js';
import { CLOSED, evaluationOf, type FlagEvaluation, targetingKeyOf } from './evaluation.js';

/** What holds for all bookings now. */
export interface FlagState extends Omit<FlagEvaluation, 'variant' | 'value'> {
  readonly enabled: boolean;
  readonly forcedOff: boolean;
}

/** The flag as this process knows it. */
export interface ReadFlag {
  readonly key: string;
  /** Names this process in `atmr-ml status`. */
  readonly instance: string;
  /**
   * Who answers a booking, by its id. From memory: it waits for nothing and never throws. Whatever is wrong, control
   * answers, and `reason` says why.
   */
  evaluate(targetingKey: string | number | bigint): FlagEvaluation;
  /** What holds for all bookings now. */
  state(): FlagState;
  /**
   * Calls `listener` whenever the state becomes another one: a change of the flag, stores that went away for too long or
   * came back. Returns how to stop. What the listener throws goes to `onNotice`.
   */
  onChange(listener: (state: FlagState) => void): () => void;
}

/** The flag in this process: it follows the stores until it is closed. */
export interface AtmrFlag extends ReadFlag {
  /** Says good-bye to the stores and closes them; nothing of it keeps the process running then. Safe to repeat. */
  close(): Promise<void>;
  /** Closes it, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Some states come about by time alone. */
const LOOK_MS = 1000;
/** Any key: it tells what holds for all. */
const SOMEBODY = 'somebody';

export interface FollowedFlag {
  readonly flag: ReadFlag;
  /** The reader knows more: looks at once. */
  wake(): void;
  /** From now on everybody is answered control. */
  stop(): Promise<void>;
}

/** The flag as `reader` sees it. */
export function followedFlag(
  key: string,
  instance: string,
  reader: FlagReader,
  onNotice: (text: string) => void,
): FollowedFlag {
  const listeners = new Set<(state: FlagState) => void>();
  let isClosed = false;
  const evaluate = (id: unknown): FlagEvaluation => {
    if (isClosed) return CLOSED;
    return evaluationOf(reader.decide(targetingKeyOf(id)), reader.view().state.flag);
  };
  const state = (): FlagState => {
    const { variant, value, ...rest } = evaluate(SOMEBODY);
    const { state, forcedOff } = reader.view();
    return { ...rest, enabled: !isClosed && (state.flag?.enabled ?? false), forcedOff };
  };
  const changes = startChanges(state, (now) => {
    for (const listener of listeners) tell(listener, now, onNotice);
  });
  return {
    flag: {
      ...{ key, instance, evaluate, state },
      onChange(listener) {
        // Two of the same kind are two listeners.
        const own = (now: FlagState) => listener(now);
        listeners.add(own);
        return () => void listeners.delete(own);
      },
    },
    wake: changes.wake,
    async stop() {
      isClosed = true;
      listeners.clear();
      await changes.stop();
    },
  };
}

/** Looks each second, and when it is woken, and tells a state that is another one than before. */
function startChanges(look: () => FlagState, onChange: (now: FlagState) => void): Loop {
  let last = JSON.stringify(look());
  return startLoop(
    async () => {
      const now = look();
      const text = JSON.stringify(now);
      if (text === last) return;
      last = text;
      onChange(now);
    },
    () => LOOK_MS,
  );
}

function tell(listener: (state: FlagState) => void, now: FlagState, onNotice: (text: string) => void): void {
  try {
    listener(now);
  } catch (thrown) {
    onNotice(`[ML] A listener of the flag failed: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
}
