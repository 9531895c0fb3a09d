import type { ChangeOptions } from '../change-options.js';
import { type Config, thisProcess } from '../config.js';
import { AtmrError, EXIT, messageOf } from '../errors.js';
import type { Warning } from '../flag/change.js';
import type { Holders } from '../flag/holders.js';
import { exitCodeOf, type Outcome, type PreparedChange, type Writer } from '../flag/outcome.js';
import type { WriteRequest } from '../flag/plan.js';
import { withSurvey } from '../guard/open-survey.js';
import { survey } from '../guard/survey.js';
import { unusableWarnings } from '../model/model-changes.js';
import type { Assessment, ReasonCode } from '../rollout/assess.js';
import { moveRollout } from '../rollout/move.js';
import type { RolloutPlan } from '../rollout/plan.js';
import { planId } from '../rollout/plan-id.js';
import type { RolloutEvent } from '../rollout/rollout.js';
import { t } from '../wording/t.js';
import { requireClock, requireSound } from './requirements.js';

/** What nobody passes over: it has to be mended, resumed or acknowledged first. */
const NOT_FORCED: readonly ReasonCode[] = ['breach', 'forced_off', 'held', 'rolled_back'];

export interface AdvanceOptions {
  /** Past gates, minimum time and calendar; needs a reason. */
  readonly force: boolean;
}

/** `rollout advance`: the next step, where every gate passes; a refusal lists what is missing. */
export async function prepareAdvance(
  holders: Holders,
  config: Config,
  options: ChangeOptions,
  { force }: AdvanceOptions,
): Promise<PreparedChange> {
  if (force && options.reason.trim() === '') {
    throw new AtmrError(
      'USAGE',
      t`Nothing was changed: --force needs --reason; the history keeps why the gates were passed over.`,
    );
  }
  requireSound(config.rollout);
  await requireClock(holders, config);
  const seen = await withSurvey(holders, config, survey);
  const { rollout, assessment } = seen;
  const { flag } = seen.status;
  if (rollout === null)
    throw new AtmrError('USAGE', t`No rollout was started. Run \`atmr-ml rollout start\`.`);
  const by = options.by ?? thisProcess().user;
  const { gates } = assessment;
  const warnings = [
    ...planWarnings(rollout.planId, config.rollout),
    ...(await unusableWarnings(config.modelsFolder, flag?.model ?? null, holders)),
  ];
  const isStopped = assessment.reasons.some(({ code }) => NOT_FORCED.includes(code));
  if (isStopped || (!force && !assessment.safeToAdvance)) {
    return { write: never, warnings, gates, refusal: refusalOf(assessment) };
  }
  const given = [...new Set([...rollout.approvals, by])];
  const missing = assessment.approvals.needed - given.length;
  if (!force && missing > 0) {
    return {
      write: (to, request) => moveRollout(to, { kind: 'approve', by }, { flag }, request),
      ...{ warnings: [...warnings, approvalWarning(by, missing)], gates, exitWhenDone: EXIT.notEnoughData },
    };
  }
  const event: RolloutEvent =
    rollout.phase === 'baking' ? { kind: 'complete' } : { kind: 'advance', planId: planId(config.rollout) };
  return {
    write: (to, request) => moveRollout(to, event, { flag }, force ? forced(request, assessment) : request),
    ...{ warnings: force ? [...warnings, ...forcedWarnings(assessment)] : warnings, gates },
    afterwards: (outcome) => confirmAdvance(holders, options, outcome),
  };
}

function refusalOf({ decision, reasons }: Assessment) {
  const exitCode = decision === 'wait' ? EXIT.notEnoughData : EXIT.no;
  return { exitCode, reasons: reasons.map(({ text }) => text) };
}

function approvalWarning(by: string, missing: number): Warning {
  const text =
    missing === 1
      ? t`Approved by ${by}; one more person has to run \`atmr-ml rollout advance\` too.`
      : t`Approved by ${by}; ${missing} more people have to run \`atmr-ml rollout advance\` too.`;
  return { code: 'APPROVAL', text };
}

/** The history keeps what was passed over, with why. */
function forced(request: WriteRequest, { reasons }: Assessment): WriteRequest {
  const codes = [...new Set(reasons.map(({ code }) => code))];
  if (codes.length === 0) return request;
  const reason = `${request.authorship.reason} (forced past ${codes.join(', ')})`;
  return { ...request, authorship: { ...request.authorship, reason } };
}

function forcedWarnings({ reasons }: Assessment): Warning[] {
  return reasons.map(({ text }) => ({ code: 'FORCED', text: t`Passed over: ${text}` }));
}

function planWarnings(followed: string, plan: RolloutPlan): Warning[] {
  if (followed === planId(plan)) return [];
  return [
    {
      code: 'PLAN_CHANGED',
      text: t`The plan of this configuration is not the one that the rollout followed so far.`,
    },
  ];
}

const never: Writer = () => Promise.reject(new Error('a refused change was written'));

/** More traffic counts as given once every live instance has it. */
async function confirmAdvance(
  holders: Holders,
  options: ChangeOptions,
  outcome: Outcome,
): Promise<readonly Warning[]> {
  const flag = outcome.change.after;
  if (flag?.rollout?.phase !== 'advancing') return [];
  if (exitCodeOf(outcome, options) !== EXIT.done || outcome.confirmation.verdict !== 'confirmed') return [];
  const at = new Date(holders.clock.nowMs()).toISOString();
  const authorship = { at, by: options.by ?? thisProcess().user, reason: 'every live instance has it' };
  const request = { authorship, ifRevision: null, dryRun: false };
  return await moveRollout(holders, { kind: 'confirmed' }, { flag }, request).then(
    () => [],
    (thrown) => [
      { code: 'UNCONFIRMED', text: t`The guard will say that it is confirmed: ${messageOf(thrown)}` },
    ],
  );
}
