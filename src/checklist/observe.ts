import type { DoctorContext } from '../doctor/context.js';
import { type Diagnosis, diagnose, type GroupName } from '../doctor/doctor.js';
import { messageOf } from '../errors.js';
import { readStatus } from '../flag/status.js';
import { openLedger } from '../ledger/open-ledger.js';
import { assessRoi } from '../roi/assess.js';
import { DEFAULT_INPUTS } from '../roi/inputs.js';
import { measureByLedger } from '../roi/measure-by-ledger.js';
import { openRuntime } from '../runtime.js';
import { t } from '../wording/t.js';
import { type Observation, observeChecks, observeFigures, observeRoi, observeTraffic } from './evidence.js';
import type { Evidence, Item } from './items.js';

const DAY_MS = 24 * 3600 * 1000;
const WEEK_MS = 7 * DAY_MS;
const ROI_SEED = 1;
const ALL_TRAFFIC = 100;

/** What the tool can say of each item, by its id. What cannot be looked at is for a person to say. */
export async function observe(
  items: readonly Item[],
  context: DoctorContext,
): Promise<ReadonlyMap<string, Observation>> {
  const groups = new Set<GroupName>(
    items.flatMap(({ evidence }) => (evidence.kind === 'doctor' ? [evidence.group] : [])),
  );
  const diagnosis = await diagnose(context, [...groups]);
  const observed = new Map<string, Observation>();
  for (const { id, evidence } of items) {
    const observation = await observeOne(evidence, diagnosis, context).catch(unseen);
    if (observation !== null) observed.set(id, observation);
  }
  return observed;
}

async function observeOne(
  evidence: Evidence,
  { checks }: Diagnosis,
  context: DoctorContext,
): Promise<Observation | null> {
  switch (evidence.kind) {
    case 'person':
      return null;
    case 'doctor':
      return observeChecks(checks.filter(({ name }) => evidence.checks.includes(name)));
    case 'traffic':
      return observeTraffic(await flagStatus(context), evidence.percentage);
    case 'figures':
      return observeFigures(await lastWeek(context), evidence.within);
    case 'roi':
      return await lastMonthsRoi(context);
  }
}

function unseen(thrown: unknown): Observation {
  return { result: 'unknown', found: t`could not be looked at: ${messageOf(thrown)}`, remedy: null };
}

async function flagStatus({ config, clock }: DoctorContext) {
  const runtime = await openRuntime(config, clock);
  try {
    return await readStatus(runtime.holders, config.staleAfterMs);
  } finally {
    await runtime.close();
  }
}

async function lastWeek({ config, clock }: DoctorContext) {
  const ledger = await openLedger(config);
  try {
    const nowMs = clock.nowMs();
    return await ledger.metrics(nowMs - WEEK_MS, nowMs);
  } finally {
    await ledger.close();
  }
}

async function lastMonthsRoi({ config, clock }: DoctorContext): Promise<Observation> {
  const nowMs = clock.nowMs();
  const window = { fromMs: nowMs - 4 * WEEK_MS, untilMs: nowMs };
  const { savings, simulated } = await measureByLedger(window, ROI_SEED, config, clock);
  return observeRoi(assessRoi(DEFAULT_INPUTS, savings, ALL_TRAFFIC), simulated.bookings);
}
