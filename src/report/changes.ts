import type { AuditEntry } from '../flag/store.js';
import type { Period } from './period.js';
import type { Decision, PeriodTraffic } from './report.js';

/** What the history tells of a period. */
export interface Changes {
  readonly decisions: readonly Decision[];
  readonly shares: PeriodTraffic['shares'];
  /** Percent at the end. */
  readonly shareAtEnd: number;
  readonly takenBack: number;
  /** The newest change before the end; `null` where nobody had written the flag yet. */
  readonly last: AuditEntry | null;
  /** Since when the model of the end had been the flag's; `null` without one. */
  readonly modelSinceMs: number | null;
}

/** `newestFirst`: the whole history. `clean` makes one line of what a person wrote. Pure. */
export function changesIn(
  newestFirst: readonly AuditEntry[],
  { fromMs, untilMs }: Pick<Period, 'fromMs' | 'untilMs'>,
  guard: string,
  clean: (text: string) => string,
): Changes {
  // By their order, not their times: writers' clocks differ.
  const known = newestFirst.toReversed().filter(({ at }) => Date.parse(at) < untilMs);
  const decisions = known
    .map((entry) => decisionOf(entry, guard, clean))
    .filter(({ at }) => Date.parse(at) >= fromMs);
  const last = known.at(-1) ?? null;
  const [first] = decisions;
  const atStart = first === undefined ? shareOf(last?.after ?? null) : first.shareBefore;
  const moved = decisions.filter(({ shareBefore, shareAfter }) => shareBefore !== shareAfter);
  return {
    decisions,
    shares: [
      { at: new Date(fromMs).toISOString(), percentage: atStart },
      ...moved.map(({ at, shareAfter }) => ({ at, percentage: shareAfter })),
    ],
    shareAtEnd: shareOf(last?.after ?? null),
    takenBack: moved.filter(({ shareBefore, shareAfter }) => shareAfter < shareBefore).length,
    last,
    modelSinceMs: modelSince(known),
  };
}

function decisionOf(entry: AuditEntry, guard: string, clean: (text: string) => string): Decision {
  const { revision, at, by, action, reason, before, after } = entry;
  return {
    ...{ revision, at, by: clean(by), byGuard: by === guard, action },
    // A write that is not the rollout's own leaves its last event where it was.
    event: action === 'rollout' ? (after.rollout?.event ?? null) : null,
    ...{ shareBefore: shareOf(before), shareAfter: shareOf(after) },
    ...{ forced: FORCED.test(reason), reason: clean(reason) },
  };
}

/** What `rollout advance --force` leaves at the end of its reason. */
const FORCED = /\(forced past [a-z_, ]+\)$/;

function shareOf(flag: Pick<AuditEntry['after'], 'enabled' | 'percentage'> | null): number {
  return flag?.enabled ? flag.percentage : 0;
}

/** The first of the newest changes in a row that have the same model, and let it answer or not. */
function modelSince(oldestFirst: readonly AuditEntry[]): number | null {
  const sha256 = oldestFirst.at(-1)?.after.model?.sha256;
  if (sha256 === undefined) return null;
  const other = oldestFirst.findLastIndex(({ after }) => after.model?.sha256 !== sha256);
  return Date.parse(oldestFirst[other + 1]!.at);
}
