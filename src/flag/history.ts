import { type ChainVerdict, verifyChain } from './audit.js';
import type { Holders } from './holders.js';
import { EMPTY_STATE, type Mark } from './state.js';
import type { AuditEntry } from './store.js';

/** Writes that fall between two reads so often in a row would be a load that no flag has. */
const VERIFY_TRIES = 3;

/** What became of a change whose outcome was unknown. */
export interface FoundChange {
  readonly recorded: AuditEntry | null;
  /** A forced off that a copy or this machine's journal holds, on its way into the record. */
  readonly mark: Mark | null;
}

/** Looks for a change by its id. Rejects with UNAVAILABLE when the record does not answer. */
export async function findChange({ record, copy, disk }: Holders, changeId: string): Promise<FoundChange> {
  const recorded = await record.change(changeId);
  const { marks } = (await copy?.read().catch(() => null)) ?? EMPTY_STATE;
  const copied = Object.hasOwn(marks, changeId) ? marks[changeId] : undefined;
  const journaled = (await disk.journal().catch(() => [])).find((mark) => mark.id === changeId);
  return { recorded, mark: copied ?? journaled ?? null };
}

/**
 * Checks every audit row against the one before and the newest against the flag. A write between the two reads is
 * no tampering: then both are read again. Rejects with UNAVAILABLE when the record does not answer.
 */
export async function verifyHistory({ record }: Holders): Promise<ChainVerdict> {
  let verdict: ChainVerdict | null = null;
  for (let attempt = 1; attempt <= VERIFY_TRIES; attempt++) {
    const { flag, head } = await record.read();
    const rows = await record.history(Number.MAX_SAFE_INTEGER);
    verdict = verifyChain(rows, flag);
    if (verdict.kind === 'intact' || (rows[0]?.hash ?? null) === head) return verdict;
    // Written meanwhile: the rows up to the flag that was read can be judged all the same.
    verdict = verifyChain(
      rows.filter(({ revision }) => revision <= (flag?.revision ?? 0)),
      flag,
    );
  }
  return verdict ?? { kind: 'intact', rows: 0 };
}
