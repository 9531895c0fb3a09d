import type { Language } from '../wording/language.js';
import type { Alert } from './alert.js';
import type { ChannelName } from './outbox.js';

/** A message of an alert, in the language of its readers. */
export interface Message {
  /** One line. */
  readonly subject: string;
  /** What, since when, the evidence, what was done, and the next command; a line each. */
  readonly lines: readonly MessageLine[];
  /** What it is written in, for marks that differ; English when absent. */
  readonly language?: Language;
}

export interface MessageLine {
  /** `null` for a sentence of its own. */
  readonly label: string | null;
  readonly text: string;
  /** A command to copy. */
  readonly command?: boolean;
}

/** One way to tell people. Opened when it is first used; its library is loaded then. */
export interface Channel {
  readonly name: ChannelName;
  /** For `alerts test`: where it goes, without anything secret. */
  readonly where: string;
  /** Resolves when the other side has taken it. Rejects with a text that holds no secret; `permanent` on it means that no try will help. */
  send(alert: Alert, message: Message, delivery: Delivery): Promise<void>;
  close(): Promise<void>;
}

export interface Delivery {
  /** Of the outbox: the same at each try, so that a receiver can tell a repetition. */
  readonly id: string;
  readonly to: string | null;
  readonly signal: AbortSignal;
}

/** A failure that no further try will mend, such as a refused address. */
export class PermanentFailure extends Error {}
