import type { ChainVerdict } from '../flag/audit.js';
import { faultSaid } from '../flag/chain-fault.js';
import { whoDidWhat } from '../flag/conflict.js';
import type { FoundChange } from '../flag/history.js';
import type { AuditEntry } from '../flag/store.js';
import { oneLine } from '../one-line.js';
import { t } from '../wording/t.js';

/** One line for each change, newest first. */
export function historyLines(entries: readonly AuditEntry[], timeZone: string): string[] {
  if (entries.length === 0) return [t`Nobody has written this flag yet.`];
  const width = String(entries[0]?.revision).length;
  const lines = entries.map(
    (entry) => `${String(entry.revision).padStart(width)}  ${entryText(entry, timeZone)}`,
  );
  return [...lines, t`Times are those of ${timeZone}.`];
}

export function changeFoundLines(found: FoundChange, changeId: string, timeZone: string): string[] {
  const { recorded, mark } = found;
  if (recorded !== null) {
    return [t`Recorded as revision ${recorded.revision}: ${entryText(recorded, timeZone)}`];
  }
  if (mark !== null)
    return [t`A forced off by ${oneLine(mark.by)} that holds, and is on its way into the record.`];
  return [t`Change ${changeId} was not recorded.`];
}

export function verdictLine(verdict: ChainVerdict): string {
  if (verdict.kind === 'intact') return t`The chain is intact: ${verdict.rows} changes.`;
  return t`The chain is broken at revision ${verdict.revision}: ${faultSaid(verdict.fault)}.`;
}

function entryText({ by, at, reason, action, after }: AuditEntry, timeZone: string): string {
  // The day stands before each, so that none needs it again.
  const wall = { timeZone, nowMs: Date.parse(at) };
  const day = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone }).format(new Date(at));
  return `${day}  ${whoDidWhat({ by, at, reason, action, percentage: after.percentage, rollout: after.rollout }, wall)}`;
}
