import { dayLabel, localTime } from '../booking/local-time.js';
import type { RolloutPlay } from '../rollout/simulate-rollout.js';
import { t } from '../wording/t.js';
import { saidValue } from '../wording/values-said.js';
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
    ...wrapped(notPlayed(), columns, '').map(style.dim),
    ...wrapped(leftOutText(play.excluded), columns, ''),
  ].join('\n');
}

const notPlayed = () => t`Not played: prediction times, crashes and hourly traffic; they count as in order.`;

function headingLines(play: RolloutPlay, style: Style, timeZone: string): string[] {
  const { plan, bookings, model, source, startedAt, days } = play;
  const shares = t`${plan.join(' → ')} %`;
  const title =
    startedAt === null ? t`No booking was scored` : t`Played ${shares} on ${counted(bookings, t`booking`)}`;
  return [
    style.bold(title),
    t`model     ${model.name} ${model.version}`,
    ...labelled(t`bookings  `, source.name, t`bookings  `.length, style.columns),
    ...(startedAt === null
      ? []
      : [t`played    ${counted(days, t`whole day`, t`whole days`)} from ${date(startedAt, timeZone)}`]),
    ...simulatedLines(play, style),
  ];
}

function simulatedLines({ simulated, model }: RolloutPlay, { columns, warn }: Style): string[] {
  const parts = [...(simulated ? [t`bookings`] : []), ...(model.simulated ? [t`the model’s training`] : [])];
  if (parts.length === 0) return [];
  const says = t`! simulated: ${parts.join(t` and `)}; this says nothing about your rides`;
  return wrapped(says, columns, '  ', '').map(warn);
}

function eventLines({ events, stoppedBy, stoppedOnDay }: RolloutPlay, style: Style, timeZone: string) {
  const rows = events.map(({ day, at, percentage, kind, text }) => {
    const isStop = kind === 'hold' || kind === 'halve' || kind === 'roll_back';
    const event = saidValue(kind);
    // What the guard found is a sentence, which stands below.
    const why = isStop && day === stoppedOnDay && stoppedBy !== null ? stoppedBy : text;
    return [String(day), date(at, timeZone), t`${percentage} %`, isStop ? style.bad(event) : event, why];
  });
  return alignedRows([t`day`, t`date`, t`traffic`, t`event`, t`why`], rows, style.columns);
}

function verdictLines(play: RolloutPlay, style: Style): string[] {
  const { columns } = style;
  const { answer, text } = verdictOf(play);
  const reasons = missing(play).flatMap((reason) => wrapped(`- ${reason}`, columns, '  ', ''));
  return [...wrapped(text, columns, '').map(style[answer]), ...reasons.map(style.dim)];
}

function verdictOf(play: RolloutPlay): { readonly answer: 'good' | 'bad' | 'warn'; readonly text: string } {
  const { outcome, reachedFullOnDay, stoppedOnDay, stoppedBecause, startedAt, days, assessment } = play;
  const full = reachedFullOnDay === null ? '' : t`reached 100 % on day ${reachedFullOnDay}`;
  if (outcome === 'stopped') {
    const [day, why] = [stoppedOnDay ?? 0, stoppedBecause ?? ''];
    const text =
      full === ''
        ? t`Would have stopped on day ${day} because ${why}.`
        : t`Would have ${full}, and stopped on day ${day} because ${why}.`;
    return { answer: 'bad', text };
  }
  if (outcome === 'reached') return { answer: 'good', text: t`Would have ${full}.${endText(play)}` };
  if (startedAt === null) return { answer: 'warn', text: t`Undecided: nothing was played.` };
  const share = assessment.percentage ?? 0;
  return { answer: 'warn', text: t`Undecided: the bookings end on day ${days}, at ${share} %.` };
}

function endText(play: RolloutPlay): string {
  const end = play.events.find(({ kind }) => kind === 'complete');
  if (end !== undefined) return t` It would have been complete on day ${end.day}.`;
  return missing(play).length === 0 ? '' : t` Not complete at the end:`;
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
  return [t`Passed over: ${passedOver.join(', ')}, as an operator would with --force.`];
}

function date(iso: string, timeZone: string): string {
  return dayLabel(localTime(Date.parse(iso), timeZone).dayNumber);
}
