import type { Check } from '../doctor/check.js';
import type { Status } from '../flag/status.js';
import { FEWEST_FOR_A_VERDICT, THRESHOLDS } from '../health/thresholds.js';
import type { WindowMetrics } from '../ledger/ledger.js';
import { decimal, percent } from '../render/number.js';
import type { Roi } from '../roi/assess.js';
import { t } from '../wording/t.js';
import { stateSaid } from '../wording/values-said.js';

/** What the tool found out about an item by itself. */
export interface Observation {
  /** `unknown`: it is for a person to say. */
  readonly result: 'done' | 'failed' | 'unknown';
  readonly found: string;
  readonly remedy: string | null;
}

/** The checks of one item: done when each of them is in order. */
export function observeChecks(checks: readonly Check[]): Observation {
  const wrong = checks.filter(({ result }) => result === 'fail' || result === 'warn');
  const open = checks.filter(({ result }) => result === 'unknown');
  const told = wrong.length > 0 ? wrong : open.length > 0 ? open : checks;
  return {
    result: wrong.length > 0 ? 'failed' : open.length > 0 || checks.length === 0 ? 'unknown' : 'done',
    found: told.map(({ found }) => found).join(t`; `),
    remedy: told.flatMap(({ remedy }) => (remedy === null ? [] : [remedy])).join(' ') || null,
  };
}

export function observeTraffic({ state, flag }: Pick<Status, 'state' | 'flag'>, wanted: number): Observation {
  if (state === 'unknown') return { result: 'unknown', found: t`no store of the flag answers`, remedy: null };
  const percentage = state === 'on' && flag !== null ? flag.percentage : 0;
  const found = state === 'on' ? t`on at ${percentage} %` : stateSaid(state);
  if (percentage === wanted) return { result: 'done', found, remedy: null };
  // Going back a step because of a list is nobody's wish; whether it was there once, no state tells.
  if (percentage > wanted) return { result: 'unknown', found: t`${found}, past ${wanted} %`, remedy: null };
  return { result: 'failed', found, remedy: t`Run \`atmr-ml activate --percentage ${wanted}\`.` };
}

/** Whether there are figures of the week, and with `within` whether each keeps its threshold; made-up ones prove nothing. */
export function observeFigures({ traffic, accuracy }: WindowMetrics, within: boolean): Observation {
  const { count, mae, r2 } = accuracy.model;
  const { attempts, failures, predictionTimeMs } = traffic;
  if (count < FEWEST_FOR_A_VERDICT || mae === null || predictionTimeMs === null) {
    const found = t`${count} settled bookings in 7 days, of at least ${FEWEST_FOR_A_VERDICT}`;
    return { result: 'unknown', found, remedy: t`Let outcomes come in: \`atmr-ml outcomes sync\`.` };
  }
  const failureRate = failures / Math.max(1, attempts);
  const simulated = traffic.simulated > 0;
  const found = marked(
    simulated,
    t`MAE ${decimal(mae)} min, R² ${decimal(r2)}, p95 ${decimal(predictionTimeMs.p95, 0)} ms, failures ${percent(failureRate)} in 7 days`,
  );
  const isWithin =
    mae < THRESHOLDS.mae.warnAbove &&
    failureRate < THRESHOLDS.failureRate.warnAbove &&
    predictionTimeMs.p95 < THRESHOLDS.predictionTimeMs.shownAbove;
  if (within && simulated) return { result: 'unknown', found, remedy: null };
  if (!within || isWithin) return { result: 'done', found, remedy: null };
  return { result: 'failed', found, remedy: t`Find out why with \`atmr-ml analyze-errors\`.` };
}

/** The guide's demand of the last step, on the bounds of what was measured; a return on made-up bookings confirms nothing. */
export function observeRoi(
  { gates, insufficient }: Pick<Roi, 'gates' | 'insufficient'>,
  simulated: boolean,
): Observation {
  const gate = gates.find(({ percentage }) => percentage === 100);
  if (gate === undefined || gate.value === null) {
    return { result: 'unknown', found: insufficient ?? t`nothing was measured`, remedy: seeRoi() };
  }
  const [value = 0, lower = 0, upper = 0] = [gate.value, gate.lower ?? 0, gate.upper ?? 0].map((x) =>
    Math.round(x * 100),
  );
  const found = marked(simulated, t`${value} % [${lower}, ${upper}], assumed lines included`);
  if (simulated) return { result: 'unknown', found, remedy: null };
  const results = { pass: 'done', fail: 'failed', insufficient: 'unknown' } as const;
  return { result: results[gate.result], found, remedy: gate.result === 'pass' ? null : seeRoi() };
}

function marked(simulated: boolean, found: string): string {
  return simulated ? t`simulated bookings: ${found}` : found;
}

const seeRoi = () => t`See what it is made of: \`atmr-ml roi --source ledger\`.`;
