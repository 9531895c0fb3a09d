import { FEWEST_FOR_A_VERDICT, THRESHOLDS } from '../../health/thresholds.js';
import type { Formats } from '../../wording/formats.js';
import type { FigureName } from '../../wording/words.js';
import type { DailyAnswer, Metrics, SummaryAnswer } from '../documents.js';
import { Panel } from '../panel.js';
import type { Resource } from '../resource.js';
import { Sparkline } from '../sparkline.js';
import { useSurroundings } from '../surroundings.js';

/** A figure of the guide: where it is read, what it is to be, and on how many it rests. */
interface Figure {
  readonly name: FigureName;
  readonly value: (metrics: Metrics) => number | null;
  readonly count: (metrics: Metrics) => number;
  readonly show: (formats: Formats, value: number | null) => string;
  readonly target: number;
  readonly direction: 'below' | 'above';
}

const settled = ({ model }: Metrics) => model.count;
const percent = (formats: Formats, value: number | null) => formats.percent(value);

const FIGURES: readonly Figure[] = [
  {
    ...{ name: 'mae', value: ({ mae }) => mae, count: settled, direction: 'below' },
    ...{ show: (formats, value) => formats.minutes(value), target: THRESHOLDS.mae.warnAbove },
  },
  {
    ...{ name: 'r2', value: ({ r2 }) => r2, count: settled, direction: 'above' },
    ...{ show: (formats, value) => formats.decimal(value), target: THRESHOLDS.r2.shownBelow },
  },
  {
    ...{ name: 'failureRate', value: ({ traffic }) => traffic.failure_rate, direction: 'below' },
    ...{ count: ({ traffic }) => traffic.attempts, show: percent, target: THRESHOLDS.failureRate.warnAbove },
  },
  {
    ...{
      name: 'accuracyRate',
      value: ({ accuracy_rate }) => accuracy_rate,
      count: settled,
      direction: 'above',
    },
    ...{ show: percent, target: THRESHOLDS.accuracyRate.shownBelow },
  },
  {
    ...{ name: 'predictionTime', value: ({ prediction_time_ms }) => prediction_time_ms?.p95 ?? null },
    ...{ count: ({ traffic }) => traffic.attempts, direction: 'below' },
    ...{
      show: (formats, value) => formats.milliseconds(value),
      target: THRESHOLDS.predictionTimeMs.shownAbove,
    },
  },
  {
    ...{ name: 'improvement', value: ({ improvement }) => improvement, count: settled, direction: 'below' },
    ...{ show: (formats, value) => formats.signedPercent(value), target: THRESHOLDS.improvement.shownAbove },
  },
  {
    ...{ name: 'missRate', value: ({ miss_rate }) => miss_rate, count: settled, direction: 'below' },
    ...{ show: percent, target: THRESHOLDS.missRate.warnAbove },
  },
  {
    ...{ name: 'lateRecall', value: ({ late_recall }) => late_recall, direction: 'above' },
    ...{ count: ({ late }) => late, show: percent, target: THRESHOLDS.lateRecall.shownBelow },
  },
];

interface FiguresProps {
  readonly summary: Resource<SummaryAnswer>;
  readonly daily: Resource<DailyAnswer>;
}

/** The guide's figures, of a day and a week, with what they are to be and where they go. */
export function Figures({ summary, daily }: FiguresProps) {
  const { words } = useSurroundings();
  return (
    <Panel
      id="figures"
      heading={words.figures.heading}
      intro={words.figures.intro}
      size="wide"
      resource={summary}
    >
      {({ metrics_24h, metrics_7d, metrics_7d_before }) => (
        <div class="tiles">
          {FIGURES.map((figure) => (
            <Tile
              key={figure.name}
              figure={figure}
              day={metrics_24h}
              week={metrics_7d}
              before={metrics_7d_before}
              days={daily.value?.days ?? []}
            />
          ))}
        </div>
      )}
    </Panel>
  );
}

interface TileProps {
  readonly figure: Figure;
  readonly day: Metrics;
  readonly week: Metrics;
  readonly before: Metrics;
  readonly days: DailyAnswer['days'];
}

function Tile({ figure, day, week, before, days }: TileProps) {
  const { words, formats } = useSurroundings();
  const { name, show, target } = figure;
  const title = words.figures.names[name];
  const sign = figure.direction === 'below' ? '<' : '>';
  return (
    <article class="tile" aria-label={title} data-figure={name}>
      <h3>{title}</h3>
      <Verdict figure={figure} metrics={week} />
      <p class={missesTarget(figure, day) ? 'warn' : 'quiet'}>
        {words.figures.day}
        {words.colon}
        <Value figure={figure} metrics={day} />
        {missesTarget(figure, day) ? <strong> ✗ {words.figures.misses}</strong> : null}
      </p>
      <p class="quiet">
        {words.figures.target} {sign}&nbsp;{show(formats, target)}
      </p>
      <Sparkline values={days.map(figure.value)} label={words.figures.trend(title)} />
      <p class="quiet">
        {words.figures.before}
        {words.colon}
        <Value figure={figure} metrics={before} />
      </p>
    </article>
  );
}

function Verdict({ figure, metrics }: { readonly figure: Figure; readonly metrics: Metrics }) {
  const { words } = useSurroundings();
  const isEnough = hasEnough(figure, metrics);
  const meets = isEnough && !missesTarget(figure, metrics);
  const tone = !isEnough ? 'muted' : meets ? 'good' : 'warn';
  return (
    <>
      <p class={`value ${tone}`}>
        <Value figure={figure} metrics={metrics} />
      </p>
      <p class={tone}>
        {words.figures.week}
        {isEnough ? <> · {meets ? `✓ ${words.figures.meets}` : `✗ ${words.figures.misses}`}</> : null}
      </p>
    </>
  );
}

function hasEnough(figure: Figure, metrics: Metrics): boolean {
  return figure.value(metrics) !== null && figure.count(metrics) >= FEWEST_FOR_A_VERDICT;
}

/** Of what is known well enough to say so. */
function missesTarget(figure: Figure, metrics: Metrics): boolean {
  const value = figure.value(metrics);
  if (value === null || !hasEnough(figure, metrics)) return false;
  return figure.direction === 'below' ? value >= figure.target : value <= figure.target;
}

/** What rests on too few says so instead of a number. */
function Value({ figure, metrics }: { readonly figure: Figure; readonly metrics: Metrics }) {
  const { words, formats } = useSurroundings();
  const [value, count] = [figure.value(metrics), figure.count(metrics)];
  if (value !== null && count >= FEWEST_FOR_A_VERDICT) return <>{figure.show(formats, value)}</>;
  const of = words.notEnoughOf(formats.count(count), formats.count(FEWEST_FOR_A_VERDICT));
  return (
    <span class="not-enough">
      {words.notEnough} <small>({of})</small>
    </span>
  );
}
