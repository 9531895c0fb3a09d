import { messageOf } from '../errors.js';
import { disableDirectly } from '../flag/disable-directly.js';
import type { Holders } from '../flag/holders.js';
import { carryOut, exitCodeOf, type Outcome, type Writer } from '../flag/outcome.js';
import { setPercentage } from '../flag/percentage.js';
import type { WriteRequest } from '../flag/plan.js';
import { moveRollout } from '../rollout/move.js';
import type { RolloutEvent } from '../rollout/rollout.js';
import { t } from '../wording/t.js';
import { saidValue } from '../wording/values-said.js';
import { type Act, LEAST_HALVED } from './decide.js';
import type { Survey } from './survey.js';

/** What became of an act, for people. */
export interface Acted {
  readonly what: string;
  /** Whether it is recorded; a confirmation may still be missing. */
  readonly done: boolean;
  readonly revision: number | null;
  readonly exitCode: number | null;
}

export interface ActSettings {
  readonly staleAfterMs: number;
  readonly place: string;
  /** For asking instances themselves when every store is dead. */
  readonly writeToken: string | null;
}

/** The guard signs as itself. */
export const GUARD = 'guard';
/** The next look must not wait for an instance that does not confirm. */
const WAIT_MS = 5000;

/** Does what was decided. A failure is told, not thrown: the next look decides it again. */
export async function act(
  holders: Holders,
  { status, exposure }: Pick<Survey, 'status' | 'exposure'>,
  { action, rule, text }: Act,
  settings: ActSettings,
): Promise<Acted> {
  const reason = `${rule}: ${text}`;
  const halved = Math.max(LEAST_HALVED, Math.round(exposure.percentage * 50) / 100);
  switch (action) {
    case 'roll_back':
    case 'disable':
      return await carry(
        holders,
        disableDirectly(settings.writeToken),
        reason,
        settings,
        t`rolled back to 0 %`,
      );
    case 'halve': {
      const less: Writer = (given, request) =>
        exposure.rollout === null
          ? setPercentage(given, halved, { ...request, ifRevision: status.flag?.revision ?? 0 })
          : moveRollout(
              given,
              { kind: 'halve', text: reason },
              { flag: status.flag, percentage: halved },
              request,
            );
      return await carry(holders, less, reason, settings, t`halved to ${halved} %`);
    }
    case 'hold':
      return await move(
        holders,
        status.flag,
        { kind: 'hold', code: 'guard', text: reason },
        reason,
        settings,
      );
  }
}

/** A move of the plan by the guard itself. */
export async function move(
  holders: Holders,
  flag: Survey['status']['flag'],
  event: RolloutEvent,
  reason: string,
  settings: ActSettings,
): Promise<Acted> {
  const writer: Writer = (given, request) => moveRollout(given, event, { flag }, request);
  return await carry(holders, writer, reason, settings, saidValue(event.kind));
}

async function carry(
  holders: Holders,
  writer: Writer,
  reason: string,
  { staleAfterMs, place }: ActSettings,
  what: string,
): Promise<Acted> {
  const waiting = { waitMs: WAIT_MS, expectInstances: 0 };
  try {
    const outcome = await carryOut(holders, writer, requestOf(holders, reason), null, {
      ...waiting,
      staleAfterMs,
      place,
    });
    return { what, done: true, revision: revisionOf(outcome), exitCode: exitCodeOf(outcome, waiting) };
  } catch (thrown) {
    return { what: `${what}: ${messageOf(thrown)}`, done: false, revision: null, exitCode: null };
  }
}

function revisionOf({ change }: Outcome): number | null {
  return change.after?.revision ?? null;
}

function requestOf({ clock }: Holders, reason: string): WriteRequest {
  const at = new Date(clock.nowMs()).toISOString();
  return { authorship: { at, by: GUARD, reason }, ifRevision: null, dryRun: false };
}
