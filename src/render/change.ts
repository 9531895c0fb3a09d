import type { Change, Warning } from '../flag/change.js';
import type { Confirmation } from '../flag/confirmation.js';
import type { Flag } from '../flag/flag.js';
import type { Instance } from '../flag/instances.js';
import type { Outcome } from '../flag/outcome.js';
import { type Wall, wallTime } from '../flag/wall-time.js';
import { oneLine } from '../one-line.js';
import type { RolloutGate } from '../rollout/gates.js';
import { t } from '../wording/t.js';
import { decimal } from './number.js';

/** The JSON document of `activate` and `disable`; `prepared` is what was warned of before. Fields may be added, never renamed. */
export function outcomeDocument(
  { change, confirmation, dryRun }: Outcome,
  gates: readonly RolloutGate[] = [],
  prepared: readonly Warning[] = [],
) {
  const { changed, before, after, confirmedIn, incomplete, changeId, mark, endedMarks, warnings } = change;
  return {
    ...{ changed, dryRun, before, after, changeId, mark: mark?.id ?? null },
    ...{ forcedOff: mark !== null, endedMarks },
    instances: confirmation.instances,
    confirmedIn,
    counted: confirmation.counted,
    confirmedBy: confirmation.confirmedBy,
    confirmedAfterMs: confirmation.confirmedAfterMs,
    gates,
    warnings: [
      ...prepared,
      ...warnings,
      ...(incomplete === null ? [] : [incompleteWarning(incomplete)]),
      ...confirmation.warnings,
    ],
  };
}

/** The same for a person. */
export function outcomeLines(outcome: Outcome, wall: Wall, placeText: string): string[] {
  const { change, confirmation, dryRun } = outcome;
  const headline = dryRun ? t`Would be: ${planLine(change)}` : changeLine(change, placeText);
  const confirmed = dryRun ? [] : tallyLines(confirmation);
  const warnings = outcomeDocument(outcome).warnings.map(({ text }) => t`Warning: ${text}`);
  const ended = endedLines(change, wall);
  return [headline, ...ended, ...confirmation.instances.map(instanceLine), ...confirmed, ...warnings];
}

/** "flag ml-delay-prediction: off → 25 % (revision 6 → 7)." */
export function planLine({ before, after }: Change): string {
  const key = after?.key ?? before?.key ?? t`the flag`;
  const revisions =
    before === null
      ? t`revision none → ${after?.revision ?? t`none`}`
      : t`revision ${before.revision} → ${after?.revision ?? t`none`}`;
  return t`flag ${key}: ${shareOf(before)} → ${shareOf(after)} (${revisions}).`;
}

/** "3/3 confirmed in 0.4 s." */
function tallyLines({ counted, confirmedBy, confirmedAfterMs }: Confirmation): string[] {
  if (counted === 0) return [];
  const duration = confirmedAfterMs === null ? '' : t` in ${decimal(confirmedAfterMs / 1000, 1)} s`;
  return [t`${confirmedBy}/${counted} confirmed${duration}.`];
}

/** A line for each forced off that the change ends: somebody made it for a reason. */
export function endedLines({ endedMarks }: Change, wall: Wall): string[] {
  return endedMarks.map(({ by, at, reason }) => {
    const why = reason === '' ? '' : ` (${oneLine(reason)})`;
    return t`ends the forced off by ${by} at ${wallTime(at, wall)}${why}`;
  });
}

/** "off", or "25 %". */
export function shareOf(flag: Flag | null): string {
  if (flag === null) return t`never written`;
  return flag.enabled ? t`${flag.percentage} %` : t`off`;
}

function changeLine(change: Change, placeText: string): string {
  if (!change.changed) return t`Nothing to change, and so no reason was recorded: ${planLine(change)}`;
  if (change.mark === null) return t`Done in ${placeText}: ${planLine(change)}`;
  const where = `${change.confirmedIn.join(t` and `)} (${placeText})`;
  return t`Forced off in ${where}; it holds until \`activate\` or \`rollout start\` ends it.`;
}

function instanceLine({ instance, live, confirmed, revision, seenAgoMs }: Instance): string {
  const state = !live
    ? t`lost, last seen ${Math.round(seenAgoMs / 1000)} s ago`
    : confirmed
      ? t`confirmed`
      : t`live`;
  return t`  ${instance}: ${state}, revision ${revision}`;
}

function incompleteWarning(text: string) {
  return { code: 'STORE_MISSING', text } as const;
}
