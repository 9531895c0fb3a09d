import type { ListName } from './items.js';

/** What somebody said of an item that no program can check. */
export interface Answer {
  readonly list: ListName;
  readonly item: string;
  readonly answer: 'yes' | 'no';
  readonly by: string;
  readonly note: string;
  readonly atMs: number;
}

/** The answers for one flag, in the store that all instances share. Both reject with UNAVAILABLE without it. */
export interface AnswerStore {
  /** For a notice: where the answers are. */
  readonly where: string;
  /** Adds answers, all or none; nothing is ever replaced. */
  add(answers: readonly Answer[]): Promise<void>;
  /** All answers to a list, oldest first. */
  read(list: ListName): Promise<readonly Answer[]>;
  close(): Promise<void>;
}

/** Where answers are kept, by configuration. */
export interface AnswerAddress {
  readonly databaseUrl: string | null;
  readonly home: string;
  readonly flagKey: string;
}

/** Postgres where it is configured, else the embedded file of this machine. */
export async function openAnswers({ databaseUrl, home, flagKey }: AnswerAddress): Promise<AnswerStore> {
  if (databaseUrl !== null) {
    const { postgresAnswers } = await import('./postgres-answers.js');
    return postgresAnswers(databaseUrl, flagKey);
  }
  const { sqliteAnswers } = await import('./sqlite-answers.js');
  return sqliteAnswers(home, flagKey);
}

/** The newest answer to each item. */
export function newestAnswers(answers: readonly Answer[]): ReadonlyMap<string, Answer> {
  return new Map(answers.map((answer) => [answer.item, answer]));
}
