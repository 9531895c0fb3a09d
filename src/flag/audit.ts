import { createHash } from 'node:crypto';
import type { Flag } from './flag.js';
import type { AuditEntry, AuditedFlag, CommitCommand } from './store.js';

/** What a chain of audit rows is worth. `revision` names the first row, oldest first, that does not fit. */
export type ChainVerdict =
  | { readonly kind: 'intact'; readonly rows: number }
  | { readonly kind: 'broken'; readonly revision: number; readonly fault: ChainFault };

export type ChainFault =
  | 'the row does not match its hash'
  | 'the row before it is missing or was replaced'
  | 'its revision is not above the one before'
  | 'what it says was before is not what the row before left'
  | 'the flag is not what the newest row left';

/** The row that a commit writes, but for `before`, which only the record knows. */
export type NewAuditEntry = Omit<AuditEntry, 'before'>;

/** The revision and the audit row that `command` makes if the record accepts it. */
export function newAuditEntry(command: CommitCommand): NewAuditEntry {
  const { changeId, content, named, previousHash } = command;
  const revision = Math.max(command.expected, command.floor) + 1;
  const at = new Date(content.updatedAt).toISOString();
  const row = {
    revision,
    changeId,
    at,
    by: content.updatedBy,
    action: content.action,
    reason: content.reason,
    named: [...named].sort(),
    after: { ...content, updatedAt: at, revision, changeId },
    previousHash,
  };
  return { ...row, hash: hashOf(row) };
}

/** The flag as the audit keeps it. */
export function auditedFlag(flag: Flag): AuditedFlag {
  const { clears: _, ...audited } = flag;
  return audited;
}

/**
 * Checks rows as `history` gives them (newest first) against each other and against the flag the record holds.
 * Finds rows that were changed, removed or put in between; when all rows are given, also a removed beginning.
 */
export function verifyChain(newestFirst: readonly AuditEntry[], flag: Flag | null): ChainVerdict {
  const entries = newestFirst.toReversed();
  for (const [i, entry] of entries.entries()) {
    const fault = faultOf(entry, entries[i - 1]);
    if (fault !== null) return { kind: 'broken', revision: entry.revision, fault };
  }
  const newest = entries.at(-1)?.after ?? null;
  if (canonical(newest) !== canonical(flag && auditedFlag(flag))) {
    const revision = flag?.revision ?? newest?.revision ?? 0;
    return { kind: 'broken', revision, fault: 'the flag is not what the newest row left' };
  }
  return { kind: 'intact', rows: entries.length };
}

function faultOf(entry: AuditEntry, older: AuditEntry | undefined): ChainFault | null {
  if (hashOf(entry) !== entry.hash) return 'the row does not match its hash';
  if (older === undefined) {
    // A window into a longer history begins with a row whose predecessor is not at hand.
    const isBeginning = entry.previousHash === null;
    return isBeginning && entry.before !== null
      ? 'what it says was before is not what the row before left'
      : null;
  }
  if (entry.previousHash !== older.hash) return 'the row before it is missing or was replaced';
  if (entry.revision <= older.revision) return 'its revision is not above the one before';
  if (canonical(entry.before) !== canonical(older.after)) {
    return 'what it says was before is not what the row before left';
  }
  return null;
}

/** SHA-256 over the row in canonical form. `before` is left out: it is the `after` of the row it is chained to. */
function hashOf(row: Omit<NewAuditEntry, 'hash'>): string {
  const { revision, changeId, at, by, action, reason, named, after, previousHash } = row;
  const hashed = { revision, changeId, at, by, action, reason, named, after, previousHash };
  return createHash('sha256').update(canonical(hashed)).digest('hex');
}

/** JSON with the names of every object in order, so that equal values have equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
