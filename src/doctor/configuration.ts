import { messageOf } from '../errors.js';
import { t } from '../wording/t.js';
import { type Finding, fail, ok, type PlannedCheck, warn } from './check.js';
import type { DoctorContext } from './context.js';
import { keptSecrets } from './secrets.js';

/** What was written down for the program, and whether it could be read. */
export function configurationChecks(context: DoctorContext): PlannedCheck[] {
  return [
    {
      name: 'configuration',
      expected: t`every key known, with a value that fits, and nothing left as a template`,
      look: () => file(context),
    },
    { name: 'initial state', expected: t`ML_* that can be read`, look: () => initial(context) },
    {
      name: 'secrets',
      expected: t`a .env that nobody else may read`,
      look: () => keptSecrets(context.config.settings),
    },
  ];
}

function file({ config, fileFault }: DoctorContext): Finding {
  if (fileFault !== null) return fail(fileFault, t`Correct the file; docs/configuration.md has every key.`);
  const set = config.settings.filter(({ source }) => source !== 'default').length;
  if (config.warnings.length === 0) return ok(t`${set} of ${config.settings.length} settings set`);
  return warn(config.warnings.join(' '), t`Put the real value in its place, or remove the line.`);
}

function initial({ config }: DoctorContext): Finding {
  try {
    const state = config.initial();
    if (state === null) return ok(t`ML_* not set: the flag begins when somebody activates it`);
    return ok(t`ML_ENABLED=${String(state.enabled)}, ML_TRAFFIC_PERCENTAGE=${state.percentage}`);
  } catch (thrown) {
    return fail(messageOf(thrown), t`Correct the variable in the environment or in \`.env\`.`);
  }
}
