import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { readDocument } from '../flag/documents.js';
import type { Answer } from './answers.js';
import { LIST_NAMES } from './items.js';

/** The values of a row in the order key, list, item, at, id, answer, by, note. */
export function rowOf(key: string, { list, item, atMs, answer, by, note }: Answer): (string | number)[] {
  return [key, list, item, Math.round(atMs), randomUUID(), answer, by, note];
}

const rowSchema = v.object({
  list: v.picklist(LIST_NAMES),
  item: v.string(),
  // Postgres gives a bigint as text.
  at: v.pipe(v.union([v.string(), v.number()]), v.transform(Number)),
  answer: v.picklist(['yes', 'no']),
  by: v.string(),
  note: v.string(),
});

export function answersOf(rows: readonly unknown[], where: string): Answer[] {
  return readDocument(v.array(rowSchema), [...rows], where).map(({ at, ...answer }) => ({
    ...answer,
    atMs: at,
  }));
}
