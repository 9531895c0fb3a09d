import type { Warning } from '../flag/change.js';
import { authorOf, whoDidWhat } from '../flag/conflict.js';
import type { Instance } from '../flag/instances.js';
import type { Mark } from '../flag/state.js';
import type { Status, StoreStatus } from '../flag/status.js';
import { type Wall, wallTime } from '../flag/wall-time.js';
import type { Health } from '../health/health.js';
import type { Usage } from '../health/usage.js';
import { DEFAULT_MODEL_NAME } from '../model/default-model.js';
import type { Provenance } from '../model/provenance.js';
import { oneLine } from '../one-line.js';
import { t } from '../wording/t.js';
import { saidValue } from '../wording/values-said.js';
import { decimal, percent } from './number.js';

/** A status with what a person wants beside it. */
export interface StatusReport {
  readonly status: Status;
  readonly model: Provenance;
  /** `null` when the ledger does not answer. */
  readonly usage: Usage | null;
  readonly health: Health;
  readonly warnings: readonly Warning[];
  /** Where the stores are, without passwords. */
  readonly place: string;
  /** The time of the look, ISO 8601. */
  readonly at: string;
  readonly timeZone: string;
}

/** True while the flag lets the model answer somebody. */
export function isServing({ state, regressed }: Status): boolean {
  return state === 'on' && !regressed;
}

/** The document of GET `/feature-flags/status`. Counts are `null` when the ledger does not answer. */
export function statusDocument({ status, model, usage, health, warnings, place, at }: StatusReport) {
  const { flag, state, regressed, since, marks, foreignMarks, stores, instances } = status;
  const enabled = isServing(status);
  return {
    config: {
      ML_ENABLED: enabled,
      ML_TRAFFIC_PERCENTAGE: flag?.percentage ?? 0,
      FALLBACK_ON_ERROR: flag?.fallbackOnError ?? true,
    },
    stats: {
      ml_enabled: enabled,
      ml_traffic_percentage: flag?.percentage ?? 0,
      fallback_on_error: flag?.fallbackOnError ?? true,
      ...countsOf(usage),
    },
    health: healthDocument(health),
    flag,
    instances,
    ...{ state, regressed, since: sinceOf(since), marks, foreignMarks, stores, place, model, at },
    next: nextStep(status),
    warnings,
  };
}

/**
 * Requests, successes and failures are of what was answered: a request is one of the model's arm, a success an
 * answer of the model's, a failure one that the heuristic had to give in its place.
 */
function countsOf(usage: Usage | null) {
  const totals = usage?.totals ?? null;
  const [successes, failures] = [totals?.bySource.model ?? null, totals?.bySource.fallback ?? null];
  return {
    total_requests: totals?.requests ?? null,
    ml_requests: totals?.modelVariant ?? null,
    ml_successes: successes,
    ml_failures: failures,
    ml_success_rate: rate(successes, (successes ?? 0) + (failures ?? 0)),
    fallback_requests: failures,
    ml_usage_rate: rate(totals?.modelVariant ?? null, totals?.requests ?? 0),
    since: usage?.since ?? null,
  };
}

/** `null` without traffic. */
function rate(part: number | null, whole: number): number | null {
  return part === null || whole === 0 ? null : part / whole;
}

function healthDocument({ status, successRate, errorRate, findings }: Health) {
  return { status, success_rate: successRate, error_rate: errorRate, findings };
}

/** The same for a person. */
export function statusLines(report: StatusReport): string[] {
  const { headline, change, forcedOff, state, stores, next } = statusParts(report);
  const { status, place, timeZone, at } = report;
  return [
    ...[headline, ...change, ...forcedOff, ...state, ...stores],
    ...instanceLines(status.instances, place),
    t`Times are those of ${timeZone}; now ${wallTime(at, { timeZone, nowMs: Date.parse(at) })}.`,
    next,
  ];
}

/** What a status says, by what the lines are about; `stores` has one for each. */
export function statusParts(report: StatusReport) {
  const { status, model, timeZone } = report;
  const wall = { timeZone, nowMs: Date.parse(report.at) };
  return {
    headline: headline(report),
    change: status.flag === null ? [] : [t`Last change: ${whoDidWhat(authorOf(status.flag), wall)}`],
    forcedOff: [
      ...status.marks.map((mark) => markLine(mark, wall)),
      ...status.foreignMarks.map((mark) => foreignLine(mark, wall)),
    ],
    state: [...rolloutLines(status), t`Model: ${modelText(model)}`, usageLine(report)],
    stores: status.stores.map(storeLine),
    next: t`Next: ${nextStep(status)}`,
  };
}

function markLine({ by, host, at, reason }: Mark, wall: Wall): string {
  const why = reason === '' ? '' : t` (“${oneLine(reason)}”)`;
  return t`Forced off by ${oneLine(by)} on ${host} at ${wallTime(at, wall)}${why}`;
}

function rolloutLines({ flag }: Status): string[] {
  if (flag?.rollout === undefined) return [];
  const { phase, step, percentages } = flag.rollout;
  const where = t`step ${step} of ${percentages.length - 1}, ${percentages[step] ?? 0} %`;
  return [t`Rollout: ${saidValue(phase)} at ${where}; see \`atmr-ml rollout status\``];
}

/** What an operator would do now, by the state. */
export function nextStep({ state, regressed, stores, instances, flag }: Status): string {
  const away = stores.find((store) => !store.answers);
  if (away?.fault?.includes('`atmr-ml migrate`'))
    return t`\`atmr-ml migrate\`: ${away.name} lacks the schema.`;
  if (away && stores.some(({ answers }) => answers))
    return t`${away.name} does not answer: bring it back. \`disable\` works meanwhile, \`activate\` does not.`;
  if (away)
    return t`${away.name} does not answer: bring it back. Meanwhile \`disable\` holds on this machine alone, and is sent there afterwards; \`activate\` does not work.`;
  if (regressed)
    return t`find out why the record lost data; then \`atmr-ml activate\` or \`disable\` writes above what was seen.`;
  const rollout = flag?.rollout;
  if (state === 'forced off' && rollout !== undefined)
    return t`\`atmr-ml rollout start\` when the cause is mended: it begins again with a small step.`;
  if (state === 'forced off') return t`\`atmr-ml activate --percentage 5\` when the cause is mended.`;
  if (state !== 'on') return t`\`atmr-ml activate\` lets the model answer 10 %.`;
  if (instances.every(({ live }) => !live))
    return t`start a reader, for nobody reads this flag: \`atmr-ml serve\`, or a service with the library.`;
  if (rollout !== undefined && rollout.phase !== 'complete') return t`\`atmr-ml rollout status\`.`;
  if (flag?.percentage === 100) return t`nothing; \`atmr-ml disable\` takes it back.`;
  const model = flag?.model ?? null;
  return model === null || model.name === DEFAULT_MODEL_NAME
    ? t`\`atmr-ml ab-test\`, then the next step.`
    : t`\`atmr-ml ab-test --model FILE\` with the file of ${model.name}, then the next step.`;
}

function headline({ status, at }: StatusReport): string {
  const { state, regressed, flag, since } = status;
  const recorded = state === 'on' ? t`on, ${flag?.percentage ?? 0} % of the bookings` : saidValue(state);
  const share = regressed ? t`${recorded}, but the record lost data: the readers answer control` : recorded;
  const revision = flag === null ? '' : t`, revision ${flag.revision}`;
  const entered = sinceOf(since);
  const duration = entered === null ? '' : t`, for ${durationText(Date.parse(at) - Date.parse(entered))}`;
  return flag === null ? t`flag: ${share}${duration}` : t`flag ${flag.key}: ${share}${revision}${duration}`;
}

function sinceOf(since: Status['since']): string | null {
  if (since === null) return null;
  return 'updatedAt' in since ? since.updatedAt : since.at;
}

function modelText({ name, version, simulated }: Provenance): string {
  const origin =
    simulated === null
      ? t`not found here`
      : simulated
        ? t`trained on SIMULATED bookings`
        : t`trained on your bookings`;
  return `${name}${version === null ? '' : ` ${version}`}, ${origin}`;
}

function storeLine({ name, answers, version, latencyMs, revision, behind, fault }: StoreStatus): string {
  if (!answers) return t`Store ${name}: does not answer. ${fault ?? ''}`;
  const late = behind ? t`, behind the record: it is being brought up to date` : '';
  return revision === null
    ? t`Store ${name} ${version ?? ''}: ${decimal(latencyMs, 1)} ms, revision none${late}`
    : t`Store ${name} ${version ?? ''}: ${decimal(latencyMs, 1)} ms, revision ${revision}${late}`;
}

function instanceLines(instances: readonly Instance[], place: string): string[] {
  if (instances.length === 0) return [t`No running process reads this store: ${place}`];
  return instances.map(instanceLine);
}

export function instanceLine({ instance, live, revision, off, seenAgoMs }: Instance): string {
  const age = live
    ? t`live, seen ${durationText(seenAgoMs)} ago`
    : t`lost, seen ${durationText(seenAgoMs)} ago`;
  return t`Instance ${instance}: revision ${revision}${off.length > 0 ? t`, forced off` : ''}, ${age}`;
}

function usageLine({ usage, health }: StatusReport): string {
  if (usage === null)
    return t`Health: ${saidValue(health.status)}; the ledger of predictions does not answer`;
  const { ml_requests, total_requests, ml_failures } = countsOf(usage);
  const since = usage.since === null ? '' : t` since ${usage.since.slice(0, 10)}`;
  const share = t`${ml_requests ?? 0} of ${total_requests ?? 0} answers by the model's arm, ${ml_failures ?? 0} fallbacks${since}`;
  const failures =
    health.errorRate === null ? '' : t`; ${percent(health.errorRate)} of the attempts in 60 min failed`;
  return t`Health: ${saidValue(health.status)}; ${share}${failures}`;
}

function foreignLine({ by, at }: Mark, wall: Wall): string {
  return t`Journal of another store: the forced off by ${oneLine(by)} at ${wallTime(at, wall)} was made here for a store at another address, and does not hold in this one. If it is the same store, run \`atmr-ml disable\` again; if not, run \`atmr-ml status\` with the other address to send it.`;
}

const units = () => [[t`d`, 86_400] as const, [t`h`, 3600] as const, [t`min`, 60] as const];

/** "3 h", "12 min", "4 s": the largest unit is enough to know. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const unit = units().find(([, size]) => seconds >= 2 * size);
  return unit === undefined ? t`${seconds} s` : `${Math.floor(seconds / unit[1])} ${unit[0]}`;
}
