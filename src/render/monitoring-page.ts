import type { Anomaly, StoredPrediction, WindowMetrics } from '../ledger/ledger.js';
import { html, type Markup, NO_MARKUP } from './html.js';
import { type Cell, dataTable, glanceTable } from './html-table.js';
import { count, decimal, percent, signedPercent } from './number.js';
import { REPORT_STYLE } from './report-style.js';
import { durationText, nextStep, type StatusReport } from './status.js';

/** Everything that the page shows; `null` where the ledger does not answer. */
export interface Monitoring {
  readonly report: StatusReport;
  readonly ledger: {
    readonly day: WindowMetrics;
    readonly week: WindowMetrics;
    readonly latest: readonly StoredPrediction[];
    readonly anomalies: readonly Anomaly[];
    readonly anomalyCount: number;
  } | null;
}

/** Minutes off from which a booking is an anomaly. */
export const ANOMALY_MINUTES = 5;
const REFRESH_SECONDS = 30;

/** The style as it stands in the page, so that a policy can allow this one text by its hash. */
export const PAGE_STYLE = REPORT_STYLE;

/** The page of `/ml-monitoring`: one file without scripts, which loads itself again. */
export function monitoringPage({ report, ledger }: Monitoring): string {
  const { status, at, timeZone, warnings } = report;
  // First of all: whoever reads the rest has to know.
  const banners = warnings.map(({ text }) => html`<p>${plain(text)}</p>`);
  const body = html`<div class="banners">${banners}</div><header><h1>ML monitoring · ${status.flag?.key ?? 'no flag'}</h1>
<p class="verdict tone-${toneOf(report)}">${verdictOf(report)}</p>
<p class="sentence">${report.health.findings.map(({ text }) => `${text} `)}Next: ${plain(nextStep(status))}</p></header>
<main>${facts(report)}${instances(report)}${ledger === null ? LEDGER_AWAY : observed(ledger, timeZone)}</main>
<footer><p>As of ${timeText(at, timeZone)} (${timeZone}); the page loads itself again every ${REFRESH_SECONDS} s.</p></footer>`;
  const { markup } = html`<html lang="en"><head><meta charset="utf-8"><title>ML monitoring</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="${REFRESH_SECONDS}">
<style>${{ markup: PAGE_STYLE }}</style></head>
<body>${body}</body></html>
`;
  return `<!doctype html>\n${markup}`;
}

const LEDGER_AWAY = html`<section><h2>Predictions</h2>
<p class="intro">The ledger of predictions does not answer: nothing is known of them now.</p></section>`;

function verdictOf({ status, health }: StatusReport): string {
  const { state, regressed, flag } = status;
  if (regressed) return 'The store lost data: control answers';
  if (state === 'on') return `On, ${flag?.percentage} % of the bookings · ${health.status}`;
  return `${state.charAt(0).toUpperCase()}${state.slice(1)}: the heuristic answers`;
}

function toneOf({ status, health }: StatusReport): string {
  if (status.regressed || health.status === 'failing') return 'bad';
  if (health.status === 'degraded') return 'warn';
  return health.status === 'healthy' ? 'good' : 'muted';
}

function facts({ status, model, usage, place }: StatusReport): Markup {
  const { flag, stores } = status;
  const totals = usage?.totals ?? null;
  const origin = model.simulated ? ', trained on SIMULATED bookings' : '';
  const entries = [
    ['Share', flag === null ? '–' : `${flag.percentage} %`],
    ['Revision', flag === null ? '–' : String(flag.revision)],
    ['Last change', flag === null ? '–' : `${flag.updatedBy}: ${flag.action}${reasonText(flag.reason)}`],
    ['Model', `${model.name} ${model.version ?? ''}${origin}`],
    ['Answers since the last reset', totals === null ? '–' : count(totals.requests)],
    ['Of these by fallback', totals === null ? '–' : count(totals.bySource.fallback)],
    ['Stores', stores.map(({ name, answers }) => `${name} ${answers ? 'answers' : 'is away'}`).join(', ')],
    ['Place', place],
  ];
  return html`<dl class="facts">${entries.map(([name = '', value = '']) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function reasonText(reason: string): string {
  return reason === '' ? '' : ` (“${reason}”)`;
}

function instances({ status }: StatusReport): Markup {
  const head = ['Instance', 'State', 'Revision', 'Model', 'Seen'];
  const rows = status.instances.map(({ instance, live, off, revision, model, seenAgoMs }): Cell[] => [
    instance,
    badge(live ? (off.length > 0 ? 'forced off' : 'live') : 'lost', live ? 'good' : 'bad'),
    String(revision),
    model === null ? '–' : `${model.name} ${model.version}`,
    `${durationText(seenAgoMs)} ago`,
  ]);
  const table =
    rows.length === 0
      ? html`<p class="intro">No running process reads this flag.</p>`
      : glanceTable('Instances', head, rows);
  return html`<section><h2>Instances</h2>${table}</section>`;
}

function observed(
  { day, week, latest, anomalies, anomalyCount }: NonNullable<Monitoring['ledger']>,
  timeZone: string,
): Markup {
  const more = anomalyCount > anomalies.length ? `; the largest ${anomalies.length} are shown` : '';
  return html`<section><h2>Metrics</h2>
<p class="intro">Traffic by the time of the request, accuracy by the time at which the outcome became known.</p>
${glanceTable('Metrics', ['', '24 hours', '7 days'], metricRows(day, week))}</section>
<section><h2>Anomalies of 7 days</h2>
<p class="intro">${count(anomalyCount)} settled bookings were off by more than ${ANOMALY_MINUTES} min${more}.</p>
${anomalies.length === 0 ? NO_MARKUP : dataTable('Anomalies', anomalyTable(anomalies, timeZone))}</section>
<section><h2>The latest ${latest.length} predictions</h2>
${latest.length === 0 ? html`<p class="intro">None yet.</p>` : dataTable('The latest predictions', latestTable(latest, timeZone))}</section>`;
}

function metricRows(day: WindowMetrics, week: WindowMetrics): Cell[][] {
  const row = (name: string, value: (window: WindowMetrics) => string) => [name, value(day), value(week)];
  return [
    row('Answers', ({ traffic }) => count(traffic.requests)),
    row('Failures of the model', ({ traffic }) => share(traffic.failures, traffic.attempts)),
    row('Fallbacks', ({ traffic }) => share(traffic.bySource.fallback, traffic.requests)),
    row('Weather unknown', ({ traffic }) => share(traffic.weatherDefaults, traffic.requests)),
    row('Prediction time p95', ({ traffic }) => milliseconds(traffic.predictionTimeMs?.p95 ?? null)),
    row('Settled bookings', ({ accuracy }) => count(accuracy.settled)),
    row('MAE, model', ({ accuracy }) => minutes(accuracy.model.mae)),
    row('MAE, heuristic', ({ accuracy }) => minutes(accuracy.heuristic.mae)),
    row('Improvement', ({ accuracy }) => signedPercent(accuracy.improvement)),
    row('R², model', ({ accuracy }) => decimal(accuracy.model.r2)),
    row('Within 3 min', ({ accuracy }) => percent(accuracy.model.accuracyRate)),
    row('Off by more than 5 min', ({ accuracy }) => percent(accuracy.model.missRate)),
  ];
}

function anomalyTable(anomalies: readonly Anomaly[], timeZone: string) {
  return {
    head: ['Booking', 'Predicted, min', 'Actual, min', 'Error, min', 'Asked'],
    rows: anomalies.map(({ bookingId, predictedMinutes, actualMinutes, errorMinutes, createdMs }) => [
      bookingId,
      decimal(predictedMinutes, 1),
      decimal(actualMinutes, 1),
      decimal(errorMinutes, 1),
      timeText(new Date(createdMs).toISOString(), timeZone),
    ]),
  };
}

function latestTable(latest: readonly StoredPrediction[], timeZone: string) {
  return {
    head: ['Booking', 'Asked', 'Arm', 'Answered by', 'Predicted, min', 'Heuristic, min', 'Actual, min'],
    rows: latest.map(({ row, actualDelayMinutes }) => [
      row.bookingId,
      timeText(new Date(row.createdMs).toISOString(), timeZone),
      row.variant,
      row.reason === null ? row.source : `${row.source} (${row.reason})`,
      decimal(row.predictedMinutes, 1),
      decimal(row.heuristicMinutes, 1),
      decimal(actualDelayMinutes, 1),
    ]),
  };
}

function badge(text: string, tone: string): Markup {
  return html`<span class="badge tone-${tone}">${text}</span>`;
}

/** `3 of 120 (2.5 %)`; a dash where there was nothing. */
function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${count(part)} of ${count(whole)} (${percent(part / whole)})`;
}

function minutes(value: number | null): string {
  return value === null ? '–' : `${decimal(value)} min`;
}

function milliseconds(value: number | null): string {
  return value === null ? '–' : `${decimal(value, value < 10 ? 1 : 0)} ms`;
}

/** `2026-03-02 08:30` in the people's time. */
function timeText(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
    Date.parse(at),
  );
}

/** Commands are quoted with backticks on a terminal; a page has no need of them. */
function plain(text: string): string {
  return text.replaceAll('`', '');
}
