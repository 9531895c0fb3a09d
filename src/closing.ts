import { messageOf } from './errors.js';

/** What was opened, to be closed last first. */
export interface Closing {
  add(name: string, close: () => Promise<unknown>): void;
  /** Closes everything once, however often it is called; what fails is told, and keeps nothing else open. */
  close(): Promise<void>;
}

export function openClosing(onFailure: (text: string) => void): Closing {
  const open: { readonly name: string; readonly close: () => Promise<unknown> }[] = [];
  let closed: Promise<void> | null = null;

  async function closeAll(): Promise<void> {
    for (const { name, close } of open.toReversed()) {
      await close().catch((thrown) => onFailure(`${name} did not close: ${messageOf(thrown)}`));
    }
  }

  return {
    add: (name, close) => void open.push({ name, close }),
    close() {
      closed ??= closeAll();
      return closed;
    },
  };
}
