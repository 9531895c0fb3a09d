import type { Decision, Incident, PeriodReport } from '../../report/report.js';
import type { Showing } from '../../report/showing.js';
import { type Section, type TableCell, textBlock } from './blocks.js';

/** Who changed the flag, when and why. */
export function decisionSection({ decisions }: PeriodReport, showing: Showing): Section {
  const { words } = showing;
  const { heading, intro, none } = words.decisions;
  const head = [...words.monitoring.audit.head];
  const rows = decisions.map((decision) => decisionRow(decision, showing));
  return {
    ...{ id: 'decisions', heading, intro },
    blocks:
      rows.length === 0
        ? [textBlock(none)]
        : [{ kind: 'table', caption: heading, head, rows, words: head.length }],
  };
}

function decisionRow(decision: Decision, { words, formats }: Showing): TableCell[] {
  const { at, by, byGuard, event, action, shareBefore, shareAfter, forced, reason } = decision;
  const { events, guard, forced: forcedMark } = words.decisions;
  const what = event === null ? words.monitoring.audit.actions[action] : events[event];
  const share =
    shareBefore === shareAfter
      ? formats.share(shareAfter)
      : `${formats.share(shareBefore)} → ${formats.share(shareAfter)}`;
  const why = reason === '' ? '–' : reason;
  return [
    ...[formats.dateTime(at), byGuard ? guard : by, what, share],
    forced ? { tone: 'bad', text: `${forcedMark}${words.monitoring.colon}${why}` } : why,
  ];
}

/** What the guard found, what became of it, and who has seen it. */
export function incidentSection(report: PeriodReport, showing: Showing): Section {
  const { words } = showing;
  const { heading, intro } = words.incidents;
  return {
    ...{ id: 'incidents', heading, intro },
    blocks: [...incidentBlocks(report, showing), ...messageBlocks(report, showing)],
  };
}

function incidentBlocks({ incidents }: PeriodReport, showing: Showing): Section['blocks'] {
  const { words } = showing;
  const { heading, head, none } = words.incidents;
  if (incidents.known === null) return [textBlock(words.notKnown(incidents.fault))];
  if (incidents.known.length === 0) return [textBlock(none)];
  const rows = incidents.known.map((incident) => incidentRow(incident, showing));
  return [{ kind: 'table', caption: heading, head: [...head], rows, words: head.length }];
}

function incidentRow(incident: Incident, showing: Showing): TableCell[] {
  const { words, formats } = showing;
  const { levels, seenBy, notSeen } = words.incidents;
  const { level, began, ended, acknowledgedBy, acknowledgedAt } = incident;
  const when =
    ended === null
      ? `${words.monitoring.alertPanel.since(formats.dateTime(began))}, ${words.monitoring.alertPanel.lasts}`
      : began === ended
        ? formats.dateTime(began)
        : words.monitoring.alertPanel.between(formats.dateTime(began), formats.dateTime(ended));
  const tone = { notice: 'muted', warn: 'warn', act: 'bad' } as const;
  return [
    when,
    { tone: tone[level], text: `${levels[level]}${words.monitoring.colon}${showing.topic(incident)}` },
    showing.found(incident),
    doneText(incident, showing),
    acknowledgedBy === null ? notSeen : seenBy(acknowledgedBy, formats.dateTime(acknowledgedAt)),
  ];
}

function doneText({ action, dryRun }: Incident, { words }: Showing): string {
  const { done, wouldHave, nothing } = words.incidents;
  if (action === null) return nothing;
  return dryRun ? wouldHave(done[action]) : done[action];
}

function messageBlocks({ messages }: PeriodReport, { words, formats }: Showing): Section['blocks'] {
  if (messages.known === null) return [textBlock(words.notKnown(messages.fault))];
  const { sent, failed, waiting } = messages.known;
  const counts = [sent, failed, waiting].map((count) => formats.count(count)) as [string, string, string];
  return [textBlock(words.incidents.messages(...counts))];
}
