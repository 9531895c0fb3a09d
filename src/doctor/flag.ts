import type { ModelReference } from '../flag/flag.js';
import type { Status } from '../flag/status.js';
import { manifestOf } from '../model/manifest-of.js';
import { t } from '../wording/t.js';
import { stateSaid } from '../wording/values-said.js';
import { type Finding, fail, ok, type PlannedCheck, unknown, warn } from './check.js';
import type { DoctorContext } from './context.js';
import type { FlagStatus } from './flag-status.js';

/** The guide's first step. */
export const FIRST_PERCENTAGE = 10;

/** The flag: with what it begins, that no store has lost anything of it, and that its model is here. */
export function flagChecks({ config }: DoctorContext, flag: FlagStatus): PlannedCheck[] {
  const onceRead = (look: (read: Status) => Finding | Promise<Finding>) => async () => {
    const read = await flag.read();
    return read === null ? unknown(t`not looked at: a store of the flag cannot be used`) : await look(read);
  };
  return [
    {
      name: 'flag percentage',
      expected: t`${FIRST_PERCENTAGE} % to begin with`,
      look: onceRead((read) => percentage(read, initialPercentage(config.initial))),
    },
    { name: 'flag stores', expected: t`all at the same revision`, look: onceRead(agreement) },
    {
      name: 'flag model',
      expected: t`in the models folder of this machine`,
      look: onceRead(({ flag }) => namedModel(flag?.model ?? null, config.modelsFolder)),
    },
  ];
}

/** `null` where the environment names none, or cannot be read, which is another check's. */
function initialPercentage(initial: DoctorContext['config']['initial']): number | null {
  try {
    return initial()?.percentage ?? null;
  } catch {
    return null;
  }
}

/** What `activate` gives without being told otherwise is the first step. */
export function percentage({ state, flag }: Pick<Status, 'state' | 'flag'>, initial: number | null): Finding {
  if (state === 'never written') {
    if (initial === null) return ok(t`never written; \`activate\` begins at ${FIRST_PERCENTAGE} %`);
    const found = t`never written; begins at ${initial} % by ML_TRAFFIC_PERCENTAGE`;
    if (initial <= FIRST_PERCENTAGE) return ok(found);
    return warn(found, t`Set ML_TRAFFIC_PERCENTAGE=${FIRST_PERCENTAGE}.`);
  }
  if (state !== 'on' || flag === null)
    return ok(t`${stateSaid(state)}; \`activate\` begins at ${FIRST_PERCENTAGE} %`);
  if (flag.percentage <= FIRST_PERCENTAGE) return ok(t`on at ${flag.percentage} %`);
  const remedy = t`Begin with \`atmr-ml activate --percentage ${FIRST_PERCENTAGE}\`, unless the rollout is under way.`;
  return warn(t`on at ${flag.percentage} %`, remedy);
}

function agreement({ stores, regressed }: Status): Finding {
  const found = stores
    .map(({ name, revision }) => (revision === null ? t`${name} none` : `${name} ${revision}`))
    .join(', ');
  if (regressed)
    return fail(
      t`${found}; somebody has seen more`,
      t`A store lost data: see docs/forced-off.md, then \`activate\` or \`disable\`.`,
    );
  const behind = stores.filter((store) => store.behind).map(({ name }) => name);
  if (behind.length === 0) return ok(t`revision: ${found}`);
  return warn(t`${behind.join(', ')} behind: ${found}`, t`Run \`atmr-ml status\`, which repairs it.`);
}

/** Whether this machine has the model that the flag names: without it every booking here is answered by control. */
export async function namedModel(model: ModelReference | null, folder: string): Promise<Finding> {
  if (model === null) return ok(t`the flag names none`);
  const named = `${model.name} ${model.version}`;
  if ((await manifestOf(folder, model)) !== null) return ok(named);
  const remedy = t`Copy its two files there, or name one that is there: \`atmr-ml model list\`, \`model use\`.`;
  return fail(t`the flag names ${named}, which is not in ${folder}`, remedy);
}
