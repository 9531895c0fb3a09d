import { messageOf } from '../errors.js';
import { THRESHOLDS } from '../health/thresholds.js';
import { chooseModel } from '../model/choose-model.js';
import { loadModel } from '../model/load.js';
import type { Manifest } from '../model/manifest.js';
import { pathOf } from '../model/manifest-of.js';
import { count, decimal } from '../render/number.js';
import { r2StandardError } from '../statistics/regression-metrics.js';
import { normalQuantile } from '../statistics/special-functions.js';
import { t } from '../wording/t.js';
import { type Finding, fail, ok, once, type PlannedCheck, unknown, warn } from './check.js';
import type { DoctorContext } from './context.js';
import type { FlagStatus } from './flag-status.js';

const LEAST_R2 = THRESHOLDS.r2.shownBelow;

/** The model that answers, which the flag names, else the default one; checked as every load checks it. */
export function modelChecks({ config, fileFault }: DoctorContext, flag: FlagStatus): PlannedCheck[] {
  const manifest = once(async (): Promise<Manifest | Finding> => {
    const read = await flag.read();
    if (read === null) return unknown(t`not looked at: a store of the flag cannot be used`);
    const named = read.flag?.model ?? null;
    const path =
      named === null ? await chooseModel(undefined, config) : await pathOf(config.modelsFolder, named);
    // That it is not here is the finding of another check.
    if (path === null) return unknown(t`not looked at: the model that the flag names is not here`);
    const model = await loadModel(path);
    await model.close();
    return model.manifest;
  });
  const onceLoaded = (look: (loaded: Manifest) => Finding) => async () => {
    const loaded = await manifest().catch(() => null);
    return loaded === null || 'found' in loaded
      ? unknown(t`not looked at: the model cannot be used`)
      : look(loaded);
  };
  const checks: PlannedCheck[] = [
    {
      name: 'model',
      expected: t`hash, inputs and known answer as its manifest says`,
      look: () => loading(manifest),
    },
    {
      name: 'model r2',
      expected: t`above ${decimal(LEAST_R2)} on bookings it did not learn from`,
      look: onceLoaded(r2),
    },
    { name: 'model training', expected: t`on your own bookings`, look: onceLoaded(training) },
  ];
  if (fileFault === null) return checks;
  const unread = () => unknown(t`not looked at: the configuration file says where the models are`);
  return checks.map((check) => ({ ...check, look: unread }));
}

async function loading(manifest: () => Promise<Manifest | Finding>): Promise<Finding> {
  try {
    const loaded = await manifest();
    if ('found' in loaded) return loaded;
    const { name, version, sha256 } = loaded;
    return ok(t`${name} ${version}, SHA-256 ${sha256.slice(0, 12)}…`);
  } catch (thrown) {
    return fail(
      messageOf(thrown).replace(/\.$/, ''),
      t`Copy the .onnx file and its manifest together, or train again.`,
    );
  }
}

/** By one-sided 95 % bounds, as every gate is decided. */
export function r2({ metrics: { test }, features }: Manifest): Finding {
  if (test === null || test.r2 === null) {
    return unknown(
      t`the manifest has no R² of a test part`,
      t`Run \`atmr-ml ab-test\` on bookings of yours.`,
    );
  }
  const margin = normalQuantile(0.95) * r2StandardError(test.r2, test.n, features.length);
  const [lower, upper] = [test.r2 - margin, test.r2 + margin];
  const found = t`${decimal(test.r2, 3)} [${decimal(lower, 3)}, ${decimal(upper, 3)}] on ${test.n} bookings`;
  if (lower > LEAST_R2) return ok(found);
  if (upper < LEAST_R2)
    return fail(
      found,
      t`Train on more bookings, or find out what it misses with \`atmr-ml analyze-errors\`.`,
    );
  return unknown(t`${found}: neither side is proven`, t`Test it on more bookings.`);
}

function training({ data: { rows, simulated } }: Manifest): Finding {
  if (!simulated) return ok(t`${count(rows)} bookings`);
  return warn(t`${count(rows)} simulated bookings`, t`Train your own with \`atmr-ml train\`.`);
}
