import { openOutbox } from '../alerts/open-outbox.js';
import { dayLabel, localTime } from '../booking/local-time.js';
import type { Checklist } from '../checklist/checklist.js';
import { listAt } from '../checklist/items.js';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { AtmrError } from '../errors.js';
import { GUARD } from '../guard/act.js';
import { uptimeBetween } from '../guard/look.js';
import type { Survey, SurveySources } from '../guard/survey.js';
import { UPTIME_KEPT_DAYS } from '../guard/uptime.js';
import { DAY_MS } from '../ledger/spans.js';
import { provenanceOf } from '../model/provenance.js';
import { oneLine } from '../one-line.js';
import type { RoiInputs } from '../roi/inputs.js';
import { measureByLedger } from '../roi/measure-by-ledger.js';
import { needsMeasuring, type RoiDocument, roiDocument } from '../roi/roi.js';
import { closedDays } from '../rollout/closed-days.js';
import type { DayFigures } from '../rollout/day-figures.js';
import { openRolloutReport, rolloutReport } from '../rollout-report.js';
import { t } from '../wording/t.js';
import { type Changes, changesIn } from './changes.js';
import { answerOf, armEvidence, evidenceDays, knownByDay } from './evidence.js';
import { figuresOf, type Measured } from './figures.js';
import { incidentsIn } from './incidents.js';
import { before, type Period } from './period.js';
import type {
  Evidence,
  Messages,
  Next,
  Part,
  PeriodReport,
  PeriodTraffic,
  ReportedPeriod,
} from './report.js';

export interface ReportRequest {
  readonly period: Period;
  /** Prices, volumes and assumptions of the return. */
  readonly inputs: RoiInputs;
}

/** There is nothing to report, and why. */
export interface NothingRecorded {
  readonly nothing: string;
}

/** What a report is made with. */
interface Gathering {
  readonly request: ReportRequest;
  readonly sources: SurveySources;
  readonly config: Config;
  readonly clock: Clock;
  readonly nowMs: number;
  /** The end of the period, or now while it lasts. */
  readonly untilMs: number;
  readonly earlier: Period;
}

/**
 * Reads all that is to be said of a period. Rejects with UNAVAILABLE when the flag's record or the ledger does not answer;
 * what else is away is said to be.
 */
export async function gatherReport(
  request: ReportRequest,
  config: Config,
  clock: Clock,
  notice: (text: string) => void,
): Promise<PeriodReport | NothingRecorded> {
  const { period } = request;
  const nowMs = clock.nowMs();
  if (period.fromMs > nowMs) return { nothing: t`${period.name} has not begun yet` };
  const open = await openRolloutReport(config, clock);
  try {
    const untilMs = Math.min(period.untilMs, nowMs);
    const earlier = before(period, config.timeZone);
    const gathering = { request, sources: open.sources, config, clock, nowMs, untilMs, earlier };
    const { record } = open.sources.holders;
    const changes = changesIn(await record.history(Number.MAX_SAFE_INTEGER), period, GUARD, cleaned);
    const [now, past] = await Promise.all([measured(gathering, period), measured(gathering, earlier)]);
    const incidents = await part(readIncidents(gathering));
    const { requests } = now.traffic;
    const { settled, unscored } = now.accuracy;
    const count = requests + settled + unscored + changes.decisions.length + (incidents.known?.length ?? 0);
    if (count === 0) return { nothing: t`Nothing is recorded of ${period.name}` };
    const seen = await rolloutReport(open);
    return await reportOf(gathering, changes, { now, past, incidents, seen }, notice, open.place);
  } finally {
    await open.close();
  }
}

interface Gathered {
  readonly now: Measured;
  readonly past: Measured;
  readonly incidents: PeriodReport['incidents'];
  readonly seen: { readonly survey: Survey; readonly guard: string | null };
}

async function reportOf(
  gathering: Gathering,
  changes: Changes,
  { now, past, incidents, seen }: Gathered,
  notice: (text: string) => void,
  place: string,
): Promise<PeriodReport> {
  const { config, nowMs } = gathering;
  const model = changes.last?.after.model ?? null;
  const { evidence, isSimulated } = await readEvidence(gathering, changes, seen.survey);
  const { improvement, since } = evidence.sinceBaseline;
  const { shareAtEnd, takenBack } = changes;
  const shareNow = seen.survey.exposure.percentage;
  return {
    period: periodDocument(gathering),
    ...{ at: iso(nowMs), timeZone: config.timeZone, flag: config.flagKey, place },
    model: model === null ? null : { name: model.name, version: model.version },
    simulated: {
      bookings: isSimulated || now.traffic.simulated > 0,
      model: (await provenanceOf(config.modelsFolder, model)).simulated,
    },
    verdict: { answer: answerOf(improvement), improvement, since, shareAtEnd, shareNow, takenBack },
    traffic: trafficOf(now, past, changes),
    figures: figuresOf(now, past),
    evidence,
    decisions: changes.decisions,
    incidents,
    messages: await part(readMessages(gathering)),
    roi: await part(readReturn(gathering, shareAtEnd)),
    checklist: await part(readList(gathering, seen.survey, notice)),
    next: nextOf(seen),
  };
}

function periodDocument({ request: { period }, nowMs, earlier }: Gathering): ReportedPeriod {
  const { kind, name, fromMs, untilMs, firstDay, lastDay } = period;
  return {
    ...{ kind, name, from: iso(fromMs), until: iso(untilMs) },
    ...{ firstDay: dayLabel(firstDay), lastDay: dayLabel(lastDay) },
    ...{ finished: untilMs <= nowMs, before: earlier.name },
  };
}

async function measured({ sources, nowMs }: Gathering, { fromMs, untilMs }: Period): Promise<Measured> {
  const end = Math.min(untilMs, nowMs);
  const { traffic, accuracy } = await sources.ledger.metrics(fromMs, end);
  // Of a part of the period that happens to be kept nobody asked.
  const isKept = fromMs > nowMs - UPTIME_KEPT_DAYS * DAY_MS;
  const uptime = isKept ? await part(uptimeBetween(sources.guardStore, fromMs, end)) : null;
  return { traffic, accuracy, uptime: uptime?.known ?? null };
}

function trafficOf(now: Measured, past: Measured, { shares }: Changes): PeriodTraffic {
  return {
    ...{ answers: now.traffic.requests, answersBefore: past.traffic.requests },
    ...{ bySource: now.traffic.bySource, bySourceBefore: past.traffic.bySource, shares },
  };
}

/** Older days say little of today, and each is read. */
const MOST_DAYS = 90;

/** Of the model of the period's end, on days whose bookings are all due. */
async function readEvidence(gathering: Gathering, changes: Changes, { assessment }: Survey) {
  const { request, sources, nowMs, untilMs, earlier } = gathering;
  const { period } = request;
  const { timeZone } = sources;
  const version = changes.last?.after.model?.version ?? null;
  const oldestMs = untilMs - MOST_DAYS * DAY_MS;
  // Before its first traffic the model was scored as well: the whole period tells of it.
  const baselineMs = Math.max(oldestMs, Math.min(period.fromMs, baselineOf(changes) ?? period.fromMs));
  const read = (fromMs: number, endMs: number) =>
    sources.days(closedDays(fromMs, nowMs, timeZone, endMs), version, nowMs);
  const [own, past, known] = [
    await read(period.fromMs, period.untilMs),
    await read(earlier.fromMs, earlier.untilMs),
    await read(baselineMs, period.untilMs),
  ];
  const evidence: Evidence = {
    period: armEvidence(own, period.firstDay),
    before: armEvidence(past, earlier.firstDay),
    sinceBaseline: armEvidence(known, localTime(baselineMs, timeZone).dayNumber),
    days: evidenceDays([...past, ...own]),
    improvementByDay: knownByDay(known),
    gates: assessment.gates,
  };
  return { evidence, isSimulated: [...own, ...known].some(hasSimulated) };
}

function hasSimulated({ simulated }: DayFigures): boolean {
  return simulated > 0;
}

/** When the steps began that tell of this model; without a rollout, when it became the flag's. */
function baselineOf({ last, modelSinceMs }: Changes): number | null {
  const rollout = last?.after.rollout;
  return rollout === undefined ? modelSinceMs : Date.parse(rollout.baselineAt);
}

async function readIncidents({ sources, request: { period }, untilMs }: Gathering) {
  return incidentsIn(await sources.guardStore.episodes(period.fromMs), period.fromMs, untilMs, cleaned);
}

const NEWEST_MESSAGES = 10_000;

async function readMessages({ config, request: { period } }: Gathering): Promise<Messages> {
  const outbox = await openOutbox(config);
  try {
    const entries = (await outbox.list(NEWEST_MESSAGES)).filter(
      ({ createdMs, channel }) =>
        channel !== 'log' && createdMs >= period.fromMs && createdMs < period.untilMs,
    );
    const sent = entries.filter(({ sentMs }) => sentMs !== null).length;
    const failed = entries.filter(({ gaveUpMs }) => gaveUpMs !== null).length;
    return { sent, failed, waiting: entries.length - sent - failed };
  } finally {
    await outbox.close();
  }
}

const SEED = 1;

/** At the share of the period's end; all of it is of interest where the model answers nobody. */
async function readReturn(
  { request: { period, inputs }, config, clock, untilMs }: Gathering,
  share: number,
): Promise<RoiDocument> {
  const window = { fromMs: period.fromMs, untilMs };
  const savings = needsMeasuring(inputs) ? await measureByLedger(window, SEED, config, clock) : null;
  const at = share > 0 ? { percentage: share, from: 'flag' } : { percentage: 100, from: 'default' };
  const percentageFrom = at.from as RoiDocument['percentageFrom'];
  return roiDocument(inputs, savings, { percentage: at.percentage, percentageFrom }, SEED);
}

/** What the guide asks before it begins takes a look at the whole machine: that is `doctor`'s and the checklist's. */
async function readList(
  { config, clock }: Gathering,
  { assessment: { step, steps } }: Survey,
  notice: (text: string) => void,
): Promise<Checklist | null> {
  const list = listAt(step, steps);
  if (list === 'before') return null;
  const { readChecklist } = await import('../checklist/work-through.js');
  const found = await readChecklist(list, { config, fileFault: null, clock }, notice);
  return { ...found, items: found.items.map(withCleanAnswer) };
}

function withCleanAnswer(item: Checklist['items'][number]) {
  const { answer } = item;
  if (answer === null) return item;
  return { ...item, answer: { ...answer, by: cleaned(answer.by), note: cleaned(answer.note) } };
}

function nextOf({ survey: { assessment }, guard }: Gathered['seen']): Next {
  const { decision, phase, step, steps, percentage, nextPercentage, reasons, nextCommand } = assessment;
  const { settled, needed } = assessment.bookings;
  const { given, needed: asked } = assessment.approvals;
  return {
    ...{ decision, phase, step, steps, percentage, nextPercentage, nextCommand, guard },
    reasons: reasons.map(({ code, text }) => ({ code, text: cleaned(text) })),
    earliestAt: assessment.nextAtMs === null ? null : iso(assessment.nextAtMs),
    expectedAt: assessment.expectedAtMs === null ? null : iso(assessment.expectedAtMs),
    bookings: { settled, needed },
    approvals: { given: given.map(cleaned), needed: asked },
  };
}

/** What is away leaves a gap that is told of; what is broken is a bug. */
async function part<T>(reading: Promise<T>): Promise<Part<T>> {
  try {
    return { known: await reading, fault: null };
  } catch (thrown) {
    if (!(thrown instanceof AtmrError)) throw thrown;
    return { known: null, fault: cleaned(thrown.message) };
  }
}

const MOST_TEXT = 300;

/** What somebody wrote as one line, which begins nothing of its own wherever it is put. */
function cleaned(text: string): string {
  return oneLine(text, MOST_TEXT);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
