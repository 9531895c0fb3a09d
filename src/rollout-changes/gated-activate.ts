import type { Config } from '../config.js';
import { AtmrError, EXIT } from '../errors.js';
import type { Warning } from '../flag/change.js';
import type { Holders } from '../flag/holders.js';
import type { PreparedChange } from '../flag/outcome.js';
import { withSurvey } from '../guard/open-survey.js';
import { type Survey, survey } from '../guard/survey.js';
import { prepareActivate } from '../model/model-changes.js';
import { blocks } from '../rollout/gates.js';
import { gatesToRaise, verdictOfGates } from '../rollout/gates-to-raise.js';
import { percentagesOf, type RolloutPlan } from '../rollout/plan.js';
import { t } from '../wording/t.js';

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
    const text = t`The gates could not be looked at: the ledger does not answer.`;
    if (gated) throw new AtmrError('UNAVAILABLE', t`Nothing was changed. ${text}`);
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
    wrong.push(t`the flag is forced off: only an \`activate\` that is not gated ends that`);
  const shares = rollout?.percentages ?? percentagesOf(plan);
  const [recovery = 0, first = 0] = shares;
  const fromNothing = rollout?.phase === 'rolled_back' ? recovery : first;
  const next =
    exposure.percentage === 0 ? fromNothing : (shares.find((share) => share > exposure.percentage) ?? 100);
  const tooMuch = percentage > next ? [t`${percentage} % is more than the next step's ${next} %`] : [];
  return [...wrong, ...tooMuch];
}

function unmet(gates: ReturnType<typeof gatesToRaise>): string[] {
  return gates
    .filter(blocks)
    .map(({ name, result }) => (result === 'fail' ? t`${name} fails` : t`${name} has not enough data`));
}

function gateWarnings(gates: ReturnType<typeof gatesToRaise>): Warning[] {
  const open = unmet(gates);
  if (open.length === 0) return [];
  return [
    { code: 'GATES_NOT_MET', text: t`Not met: ${open.join(', ')}. \`activate --gated\` refuses instead.` },
  ];
}

function manualWarnings({ rollout, exposure }: Survey, percentage: number): Warning[] {
  const isSame = exposure.percentage === percentage;
  if (rollout === null || isSame || rollout.phase === 'complete' || rollout.phase === 'held') return [];
  if (rollout.phase === 'rolled_back' && percentage === rollout.percentages[0]) return [];
  const text = t`A rollout is under way: a share set by hand puts it on hold. \`atmr-ml rollout resume\` goes back to its step.`;
  return [{ code: 'MANUAL_CHANGE', text }];
}

/** A broken ledger keeps nobody from setting the share. */
async function surveyOrNull(holders: Holders, config: Config): Promise<Survey | null> {
  const seen = await withSurvey(holders, config, survey);
  return seen.telemetryFault === null ? seen : null;
}
