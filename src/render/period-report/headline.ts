import type { PeriodReport } from '../../report/report.js';
import type { Showing } from '../../report/showing.js';
import type { Tone } from '../plot/figure.js';

const TONES = { better: 'good', worse: 'bad', undecided: 'warn', no_data: 'muted' } as const;

/** The report in three sentences, for somebody who reads no more. */
export interface Headline {
  readonly tone: Tone;
  readonly headline: string;
  /** What it rests on, and where the traffic is. */
  readonly sentence: string;
}

export function headlineOf(report: PeriodReport, showing: Showing): Headline {
  const { words, formats, date } = showing;
  const { verdict, evidence } = report;
  const { answer, improvement, shareAtEnd, shareNow, takenBack, since } = verdict;
  const { modelMae, heuristicMae, settled } = evidence.sinceBaseline;
  const size = improvement.value === null ? '' : formats.percent(Math.abs(improvement.value));
  const measured =
    modelMae === null || heuristicMae === null
      ? words.nobodySettled
      : words.onAverage(
          formats.minutes(modelMae),
          formats.minutes(heuristicMae),
          formats.count(settled),
          date(since),
        );
  const { lower, upper } = improvement;
  const known =
    lower === null || upper === null
      ? []
      : [words.interval(sizeText(upper, showing), sizeText(lower, showing))];
  const share =
    shareAtEnd === shareNow
      ? shareNow === 0
        ? words.modelOff
        : words.shareNow(formats.share(shareNow))
      : words.shareMoved(formats.share(shareAtEnd), formats.share(shareNow));
  return {
    ...{ tone: TONES[answer], headline: words.headlines[answer](size) },
    sentence: [
      ...[measured, ...known, ...(answer === 'undecided' ? [words.notProven] : [])],
      ...[share, words.takenBack(takenBack)],
    ].join(' '),
  };
}

function sizeText(improvement: number, { words, formats }: Showing): string {
  const size = formats.percent(Math.abs(improvement));
  return improvement < 0 ? words.less(size) : words.more(size);
}

/** What nobody may overlook. */
export function bannersOf({ simulated, period, at }: PeriodReport, { words, moment }: Showing): string[] {
  return [
    ...(simulated.bookings ? [words.monitoring.simulatedBookings] : []),
    ...(simulated.model === true ? [words.monitoring.simulatedModel] : []),
    ...(period.finished ? [] : [words.unfinished(moment(at))]),
  ];
}

/** What it is about. */
export function factsOf(report: PeriodReport, { words, date, moment }: Showing): [string, string][] {
  const { period, flag, model, at, place } = report;
  const { facts } = words;
  return [
    [facts.period, words.span(date(period.firstDay), date(period.lastDay))],
    [facts.heldAgainst, period.before],
    [facts.flag, flag],
    [facts.model, model === null ? words.none : `${model.name} ${model.version}`],
    [facts.made, moment(at)],
    [facts.stores, place],
  ];
}
