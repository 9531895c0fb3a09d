import { dayLabel, localTime } from '../booking/local-time.js';
import type { RolloutPlay } from '../rollout/simulate-rollout.js';
import { leftOutText } from './exclusions.js';
import { counted } from './number.js';
import type { Style } from './style.js';
import { alignedRows } from './table.js';
import { labelled, wrapped } from './wrapped.js';

/** A rollout that was played on past bookings as text for a terminal; days are those of `timeZone`. */
export function rolloutPlayText(play: RolloutPlay, style: Style, timeZone: string): string {
  const { columns } = style;
  return [
    ...headingLines(play, style, timeZone),
    ...(play.events.length === 0 ? [] : ['', ...eventLines(play, style, timeZone)]),
    '',
    ...verdictLines(play, style),
    '',
    ...passedOverLines(play).flatMap((text) => wrapped(text, columns, '')),
    ...wrapped(NOT_PLAYED, columns, '').map(style.dim),
    ...wrapped(leftOutText(play.excluded), columns, ''),
  ].join('\n');
}

const NOT_PLAYED = 'Not played: prediction times, crashes and hourly traffic; they count as in order.';

function headingLines(play: RolloutPlay, style: Style, timeZone: string): string[] {
  const { plan, bookings, model, source, startedAt, days } = play;
  const shares = `${plan.join(' → ')} %`;
  const title =
    startedAt === null ? 'No booking was scored' : `Played ${shares} on ${counted(bookings, 'booking')}`;
  return [
    style.bold(title),
    `model     ${model.name} ${model.version}`,
    ...labelled('bookings', source.name, LABEL_WIDTH, style.columns),
    ...(startedAt === null
      ? []
      : [`played    ${counted(days, 'whole day')} from ${date(startedAt, timeZone)}`]),
    ...simulatedLines(play, style),
  ];
}

const LABEL_WIDTH = 10;

function simulatedLines({ simulated, model }: RolloutPlay, { columns, warn }: Style): string[] {
  const parts = [...(simulated ? ['bookings'] : []), ...(model.simulated ? ['the model’s training'] : [])];
  if (parts.length === 0) return [];
  const says = `! simulated: ${parts.join(' and ')}; this says nothing about your rides`;
  return wrapped(says, columns, '  ', '').map(warn);
}

function eventLines({ events, stoppedBy, stoppedOnDay }: RolloutPlay, style: Style, timeZone: string) {
  const rows = events.map(({ day, at, percentage, kind, text }) => {
    const isStop = kind === 'hold' || kind === 'halve' || kind === 'roll_back';
    const event = kind.replace('_', ' ');
    // What the guard found is a sentence, which stands below.
    const why = isStop && day === stoppedOnDay && stoppedBy !== null ? stoppedBy : text;
    return [String(day), date(at, timeZone), `${percentage} %`, isStop ? style.bad(event) : event, why];
  });
  return alignedRows(['day', 'date', 'traffic', 'event', 'why'], rows, style.columns);
}

function verdictLines(play: RolloutPlay, style: Style): string[] {
  const { columns } = style;
  const { answer, text } = verdictOf(play);
  const reasons = missing(play).flatMap((reason) => wrapped(`- ${reason}`, columns, '  ', ''));
  return [...wrapped(text, columns, '').map(style[answer]), ...reasons.map(style.dim)];
}

function verdictOf(play: RolloutPlay): { readonly answer: 'good' | 'bad' | 'warn'; readonly text: string } {
  const { outcome, reachedFullOnDay, stoppedOnDay, stoppedBecause, startedAt, days, assessment } = play;
  const full = `reached 100 % on day ${reachedFullOnDay}`;
  if (outcome === 'stopped') {
    const before = reachedFullOnDay === null ? '' : `${full}, and `;
    return {
      answer: 'bad',
      text: `Would have ${before}stopped on day ${stoppedOnDay} because ${stoppedBecause}.`,
    };
  }
  if (outcome === 'reached') return { answer: 'good', text: `Would have ${full}.${endText(play)}` };
  if (startedAt === null) return { answer: 'warn', text: 'Undecided: nothing was played.' };
  const share = assessment.percentage ?? 0;
  return { answer: 'warn', text: `Undecided: the bookings end on day ${days}, at ${share} %.` };
}

function endText(play: RolloutPlay): string {
  const end = play.events.find(({ kind }) => kind === 'complete');
  if (end !== undefined) return ` It would have been complete on day ${end.day}.`;
  return missing(play).length === 0 ? '' : ' Not complete at the end:';
}

/** What kept it from going on to the end, where nothing stopped it. */
function missing({ outcome, assessment, startedAt }: RolloutPlay): string[] {
  if (outcome === 'stopped' || startedAt === null) return [];
  return assessment.reasons
    .filter(({ code }) => code !== 'calendar' && code !== 'complete')
    .map(({ text }) => text);
}

function passedOverLines({ passedOver }: RolloutPlay): string[] {
  if (passedOver.length === 0) return [];
  return [`Passed over: ${passedOver.join(', ')}, as an operator would with --force.`];
}

function date(iso: string, timeZone: string): string {
  return dayLabel(localTime(Date.parse(iso), timeZone).dayNumber);
}
