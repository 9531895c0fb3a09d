import type { Config } from './config.js';
import { messageOf } from './errors.js';
import type { Warning } from './flag/change.js';
import type { ModelReference } from './flag/flag.js';
import type { Holders } from './flag/holders.js';
import { plannedWarning } from './flag/initial.js';
import type { Instance } from './flag/instances.js';
import { otherModelWarnings } from './flag/model-reference.js';
import { readStatus } from './flag/status.js';
import { placeOf } from './flag/stores.js';
import { healthOf } from './health/health.js';
import { readUsage } from './health/usage.js';
import type { Ledger } from './ledger/ledger.js';
import {
  absentWarning,
  isRun,
  type Provenance,
  provenanceOf,
  simulatedWarnings,
} from './model/provenance.js';
import { isServing, type StatusReport } from './render/status.js';

/** Everything that `status` and GET `/feature-flags/status` tell. Never rejects because a store is away. */
export async function readStatusReport(
  holders: Holders,
  ledger: Pick<Ledger, 'totals' | 'metrics'>,
  config: Config,
): Promise<StatusReport> {
  const nowMs = holders.clock.nowMs();
  const [status, usage] = await Promise.all([
    readStatus(holders, config.staleAfterMs),
    readUsage(ledger, nowMs),
  ]);
  const named = status.flag?.model ?? null;
  const model = await provenanceOf(config.modelsFolder, named);
  const planned = status.state === 'never written' ? plannedWarnings(config, holders) : [];
  return {
    ...{ status, model, usage },
    health: healthOf(isServing(status), usage),
    warnings: [
      ...planned,
      ...simulatedWarnings(model),
      ...absentWarnings(config.modelsFolder, named, model, status.instances),
      ...otherModelWarnings(named, status.instances),
    ],
    place: placeOf(config),
    at: new Date(nowMs).toISOString(),
    timeZone: config.timeZone,
  };
}

/** The models of a machine that only looks are nobody's concern where a live process runs the model. */
function absentWarnings(
  folder: string,
  named: ModelReference | null,
  { simulated }: Provenance,
  instances: readonly Instance[],
): Warning[] {
  // What it learned from is known where its manifest is here.
  if (named === null || simulated !== null || isRun(named, instances)) return [];
  return [absentWarning(folder, named)];
}

/** A typo in ML_* must not keep anybody from the status. */
function plannedWarnings(config: Config, { record }: Holders): Warning[] {
  try {
    const initial = config.initial();
    return initial === null ? [] : [plannedWarning(initial, record.name)];
  } catch (thrown) {
    return [{ code: 'CONFIGURATION', text: messageOf(thrown) }];
  }
}
