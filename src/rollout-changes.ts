import type { ChangeOptions } from './change-options.js';
import { type Config, thisProcess } from './config.js';
import { AtmrError, EXIT, messageOf } from './errors.js';
import type { Warning } from './flag/change.js';
import { disableDirectly } from './flag/disable-directly.js';
import type { Flag } from './flag/flag.js';
import type { Holders } from './flag/holders.js';
import { exitCodeOf, type Outcome, type PreparedChange, type Writer } from './flag/outcome.js';
import { acknowledge } from './guard/acknowledge.js';
import { openGuardStore } from './guard/open-guard-store.js';
import { withSurvey } from './guard/open-survey.js';
import { type Survey, survey } from './guard/survey.js';
import { prepareActivate } from './model/model-changes.js';
import type { Assessment, ReasonCode } from './rollout/assess.js';
import { blocks } from './rollout/gates.js';
import { gatesToRaise, verdictOfGates } from './rollout/gates-to-raise.js';
import { lintPlan } from './rollout/lint.js';
import { moveRollout } from './rollout/move.js';
import { percentagesOf, type RolloutPlan } from './rollout/plan.js';
import { planId } from './rollout/plan-id.js';
import type { RolloutEvent } from './rollout/rollout.js';

/** The changes of a rollout, each looked up once before anybody is asked. */

/** `rollout start`: from the first step; after a rollback, from the smaller one before it. */
export async function prepareStart(
  holders: Holders,
  config: Config,
  options: ChangeOptions,
): Promise<PreparedChange> {
  requireSound(config.rollout);
  await requireClock(holders, config);
  const { flag } = await holders.record.read();
  const { percentage } = config.rollout.recovery;
  const { warnings, firstModel } = await prepareActivate(config.modelsFolder, percentage, holders);
  const model = flag?.model ?? firstModel;
  const event: RolloutEvent = {
    kind: 'start',
    ...{ percentages: percentagesOf(config.rollout), planId: planId(config.rollout) },
    model: model?.sha256 ?? null,
  };
  const write: Writer = (given, request) => moveRollout(given, event, { flag, firstModel }, request);
  return { write: acknowledgedFirst(config, holders, options, write), warnings };
}

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
      'Nothing was changed: --force needs --reason; the history keeps why the gates were passed over.',
    );
  }
  requireSound(config.rollout);
  await requireClock(holders, config);
  const seen = await withSurvey(holders, config, survey);
  const { rollout, assessment } = seen;
  const { flag } = seen.status;
  if (rollout === null) throw new AtmrError('USAGE', 'No rollout was started. Run `atmr-ml rollout start`.');
  const by = options.by ?? thisProcess().user;
  const { gates } = assessment;
  const warnings = planWarnings(rollout.planId, config.rollout);
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
    write: (to, request) => moveRollout(to, event, { flag }, request),
    ...{ warnings: force ? [...warnings, ...forcedWarnings(assessment)] : warnings, gates },
    afterwards: (outcome) => confirmAdvance(holders, options, outcome),
  };
}

/** `rollout hold`: the traffic stays, and the plan waits. */
export async function prepareHold(
  holders: Holders,
  _config: Config,
  { reason }: ChangeOptions,
): Promise<PreparedChange> {
  const { flag } = await holders.record.read();
  const event: RolloutEvent = { kind: 'hold', code: 'operator', text: reason };
  return { write: (to, request) => moveRollout(to, event, { flag }, request), warnings: [] };
}

/** `rollout resume`: on with the step, at its share; what the guard found before counts as seen. */
export async function prepareResume(
  holders: Holders,
  config: Config,
  options: ChangeOptions,
): Promise<PreparedChange> {
  await requireClock(holders, config);
  const { flag } = await holders.record.read();
  const write: Writer = (to, request) => moveRollout(to, { kind: 'resume' }, { flag }, request);
  return { write: acknowledgedFirst(config, holders, options, write), warnings: [] };
}

/** `rollout rollback`: no gate is looked at, and for 0 % one store that answers is enough. */
export async function prepareRollback(
  holders: Holders,
  config: Config,
  { reason }: ChangeOptions,
  to: 'previous' | number,
): Promise<PreparedChange> {
  if (to === 0) return { write: disableDirectly(config.tokens.write), warnings: [] };
  const { flag } = await holders.record.read();
  const percentage = to === 'previous' ? previousShare(flag) : to;
  if (percentage === 0) return { write: disableDirectly(config.tokens.write), warnings: [] };
  if (flag === null || !flag.enabled || percentage >= flag.percentage) {
    const now = flag?.enabled ? flag.percentage : 0;
    throw new AtmrError(
      'USAGE',
      `Nothing was changed: ${percentage} % is not below the ${now} % of now; a rollback only takes traffic back.`,
    );
  }
  const event: RolloutEvent = { kind: 'lower', code: 'operator', percentage, text: reason };
  return {
    write: (given, request) => moveRollout(given, event, { flag, percentage }, request),
    warnings: [],
  };
}

function previousShare(flag: Flag | null): number {
  const rollout = flag?.rollout;
  if (rollout === undefined)
    throw new AtmrError(
      'USAGE',
      'No rollout was started: there is no step before. Give a share, such as --to 10, or leave --to out for 0 %.',
    );
  return rollout.step <= 1 ? 0 : (rollout.percentages[rollout.step - 1] ?? 0);
}

/** `activate`: as ever, with the gates of the present step beside it; `gated` has them decide. */
export async function prepareGatedActivate(
  holders: Holders,
  config: Config,
  percentage: number,
  gated: boolean,
): Promise<PreparedChange> {
  const prepared = await prepareActivate(config.modelsFolder, percentage, holders);
  const seen = await surveyOrNull(holders, config);
  if (seen === null) {
    const text = 'The gates could not be looked at: the ledger does not answer.';
    if (gated) throw new AtmrError('UNAVAILABLE', `Nothing was changed. ${text}`);
    return { ...prepared, warnings: [...prepared.warnings, { code: 'GATES_UNKNOWN', text }] };
  }
  const gates = gatesToRaise(seen, config.rollout, percentage);
  const verdict = verdictOfGates(gates);
  const warnings = [...prepared.warnings, ...manualWarnings(seen, percentage)];
  if (!gated) {
    const open = verdict === 'pass' ? [] : gateWarnings(gates);
    return { ...prepared, warnings: [...warnings, ...open], gates };
  }
  const stops = stopsOf(seen, config.rollout, percentage);
  if (verdict === 'pass' && stops.length === 0) return { ...prepared, warnings, gates };
  const exitCode = verdict === 'fail' || stops.length > 0 ? EXIT.no : EXIT.notEnoughData;
  return { ...prepared, warnings, gates, refusal: { exitCode, reasons: [...stops, ...unmet(gates)] } };
}

/** What speaks against more traffic whatever the gates say: something is wrong, or it would be more than the next step. */
function stopsOf(
  { assessment, exposure, rollout, status }: Survey,
  plan: RolloutPlan,
  percentage: number,
): string[] {
  if (percentage <= exposure.percentage) return [];
  const wrong = assessment.reasons.filter(({ code }) => code === 'breach').map(({ text }) => text);
  if (status.marks.length > 0)
    wrong.push('the flag is forced off: only an `activate` that is not gated ends that');
  const shares = rollout?.percentages ?? percentagesOf(plan);
  const [recovery = 0, first = 0] = shares;
  const fromNothing = rollout?.phase === 'rolled_back' ? recovery : first;
  const next =
    exposure.percentage === 0 ? fromNothing : (shares.find((share) => share > exposure.percentage) ?? 100);
  const tooMuch = percentage > next ? [`${percentage} % is more than the next step's ${next} %`] : [];
  return [...wrong, ...tooMuch];
}

function unmet(gates: ReturnType<typeof gatesToRaise>): string[] {
  return gates
    .filter(blocks)
    .map(({ name, result }) => `${name} ${result === 'fail' ? 'fails' : 'has not enough data'}`);
}

function gateWarnings(gates: ReturnType<typeof gatesToRaise>): Warning[] {
  const open = gates.filter(({ result, required }) => result === 'fail' || (required && result !== 'pass'));
  if (open.length === 0) return [];
  const names = open.map(
    ({ name, result }) => `${name} (${result === 'fail' ? 'fails' : 'not enough data'})`,
  );
  return [
    {
      code: 'GATES_NOT_MET',
      text: `Gates that are not met: ${names.join(', ')}. \`activate --gated\` refuses instead.`,
    },
  ];
}

function manualWarnings({ rollout, exposure }: Survey, percentage: number): Warning[] {
  const isSame = exposure.percentage === percentage;
  if (rollout === null || isSame || rollout.phase === 'complete' || rollout.phase === 'held') return [];
  if (rollout.phase === 'rolled_back' && percentage === rollout.percentages[0]) return [];
  const text =
    'A rollout is under way: a share set by hand puts it on hold. `atmr-ml rollout resume` goes back to its step.';
  return [{ code: 'MANUAL_CHANGE', text }];
}

/** A broken ledger keeps nobody from setting the share. */
async function surveyOrNull(holders: Holders, config: Config): Promise<Survey | null> {
  const seen = await withSurvey(holders, config, survey);
  return seen.telemetryFault === null ? seen : null;
}

function refusalOf({ decision, reasons }: Assessment) {
  const exitCode = decision === 'wait' ? EXIT.notEnoughData : EXIT.no;
  return { exitCode, reasons: reasons.map(({ text }) => text) };
}

function approvalWarning(by: string, missing: number): Warning {
  const others = missing === 1 ? 'one more person has' : `${missing} more people have`;
  return { code: 'APPROVAL', text: `Approved by ${by}; ${others} to run \`atmr-ml rollout advance\` too.` };
}

function forcedWarnings({ reasons }: Assessment): Warning[] {
  return reasons.map(({ text }) => ({ code: 'FORCED', text: `Passed over: ${text}` }));
}

function planWarnings(followed: string, plan: RolloutPlan): Warning[] {
  if (followed === planId(plan)) return [];
  return [
    {
      code: 'PLAN_CHANGED',
      text: 'The plan of this configuration is not the one that the rollout followed so far.',
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
      { code: 'UNCONFIRMED', text: `The guard will say that it is confirmed: ${messageOf(thrown)}` },
    ],
  );
}

/**
 * Who starts or resumes has seen what stopped it until now: that is marked before traffic rises, or the guard's next look would
 * stop it again. A write that is refused afterwards leaves it marked, and everything as it was.
 */
function acknowledgedFirst(
  config: Config,
  { clock }: Holders,
  options: ChangeOptions,
  write: Writer,
): Writer {
  const untilMs = clock.nowMs();
  return async (holders, request) => {
    if (request.dryRun) return await write(holders, request);
    const failure = await acknowledgeUntil(config, options, untilMs);
    const change = await write(holders, request);
    return failure === null ? change : { ...change, warnings: [...change.warnings, failure] };
  };
}

async function acknowledgeUntil(
  config: Config,
  options: ChangeOptions,
  untilMs: number,
): Promise<Warning | null> {
  const store = await openGuardStore(config);
  try {
    await acknowledge(store, null, options.by ?? thisProcess().user, untilMs);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof AtmrError)) throw thrown;
    const text = `What the guard found could not be acknowledged: ${messageOf(thrown)} Run \`atmr-ml guard --ack\`.`;
    return { code: 'NOT_ACKNOWLEDGED', text };
  } finally {
    await store.close();
  }
}

/** BAD_CONFIG for a plan that `rollout lint` calls wrong. */
function requireSound(plan: RolloutPlan): void {
  const fault = lintPlan(plan).find(({ level }) => level === 'error');
  if (fault === undefined) return;
  throw new AtmrError(
    'BAD_CONFIG',
    `Nothing was changed: ${fault.path}: ${fault.text}. See \`atmr-ml rollout lint\`.`,
  );
}

const MOST_SKEW_MS = 60_000;

/** When a step began is written by this machine's clock. BAD_CONFIG where the database's shows something else. */
async function requireClock({ clock }: Holders, config: Config): Promise<void> {
  const store = await openGuardStore(config);
  try {
    const theirs = await store.nowMs();
    const skewMs = clock.nowMs() - theirs;
    if (Math.abs(skewMs) <= MOST_SKEW_MS) return;
    const fact = `this machine's clock is ${Math.round(skewMs / 1000)} s off that of ${store.where}`;
    throw new AtmrError(
      'BAD_CONFIG',
      `Nothing was changed: ${fact}; the time of a step counts. Set the clock right.`,
    );
  } finally {
    await store.close();
  }
}
