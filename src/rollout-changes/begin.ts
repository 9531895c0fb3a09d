import type { ChangeOptions } from '../change-options.js';
import { type Config, thisProcess } from '../config.js';
import { AtmrError, messageOf } from '../errors.js';
import type { Warning } from '../flag/change.js';
import type { Holders } from '../flag/holders.js';
import type { PreparedChange, Writer } from '../flag/outcome.js';
import { acknowledge } from '../guard/acknowledge.js';
import { openGuardStore } from '../guard/open-guard-store.js';
import { prepareActivate, unusableWarnings } from '../model/model-changes.js';
import { moveRollout } from '../rollout/move.js';
import { percentagesOf } from '../rollout/plan.js';
import { planId } from '../rollout/plan-id.js';
import type { RolloutEvent } from '../rollout/rollout.js';
import { t } from '../wording/t.js';
import { requireClock, requireSound } from './requirements.js';

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

/** `rollout resume`: on with the step, at its share; what the guard found before counts as seen. */
export async function prepareResume(
  holders: Holders,
  config: Config,
  options: ChangeOptions,
): Promise<PreparedChange> {
  await requireClock(holders, config);
  const { flag } = await holders.record.read();
  const write: Writer = (to, request) => moveRollout(to, { kind: 'resume' }, { flag }, request);
  return {
    write: acknowledgedFirst(config, holders, options, write),
    warnings: await unusableWarnings(config.modelsFolder, flag?.model ?? null, holders),
  };
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
    const text = t`What the guard found could not be acknowledged: ${messageOf(thrown)} Run \`atmr-ml guard --ack\`.`;
    return { code: 'NOT_ACKNOWLEDGED', text };
  } finally {
    await store.close();
  }
}
