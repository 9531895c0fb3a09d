import type { CheckedItem } from '../../checklist/checklist.js';
import type { PeriodReport } from '../../report/report.js';
import type { Showing } from '../../report/showing.js';
import { type Block, type ListItem, type Section, type TableCell, textBlock } from './blocks.js';

/** The guide's list that fits the step, with who answered it. */
export function checklistSection({ checklist }: PeriodReport, showing: Showing): Section {
  const { words } = showing;
  const { heading } = words.monitoring.checklist;
  const { intro, notStarted } = words.checklist;
  const section = { id: 'checklist', heading, intro };
  if (checklist.fault !== null) return { ...section, blocks: [textBlock(words.notKnown(checklist.fault))] };
  if (checklist.known === null) return { ...section, blocks: [textBlock(notStarted)] };
  const { items, list, done, failed, unanswered } = checklist.known;
  const say = words.monitoring.checklist;
  return {
    ...section,
    blocks: [
      textBlock(`${say.lists[list]}${words.monitoring.colon}${say.summary(done, failed, unanswered)}.`),
      {
        ...{ kind: 'table', caption: say.lists[list], head: [...words.checklist.head], words: 3 },
        rows: items.map((item) => itemRow(item, showing)),
      },
    ],
  };
}

function itemRow({ id, text, result, basis, answer, found }: CheckedItem, showing: Showing): TableCell[] {
  const { words, formats } = showing;
  const say = words.monitoring.checklist;
  const tone = { done: 'good', failed: 'bad', unanswered: 'warn' } as const;
  const seen =
    found === null || found === '' ? say.checked : `${say.checked}${words.monitoring.colon}${found}`;
  const note = answer === null || answer.note === '' ? '' : ` (${answer.note})`;
  const by =
    basis === 'checked'
      ? seen
      : answer === null
        ? '–'
        : `${say.answered(answer.by, formats.dateTime(answer.at))}${note}`;
  return [words.checklist.item(id, text), { tone: tone[result], text: say.results[result] }, by];
}

/** What to do next, when, and who has to agree. */
export function nextSection({ next, at }: PeriodReport, showing: Showing): Section {
  const { words, moment } = showing;
  const { heading, intro, run } = words.next;
  const { decision, nextCommand, reasons } = next;
  const command: Block[] =
    nextCommand === null
      ? []
      : [{ kind: 'command', label: `${run}${words.monitoring.colon}`.trimEnd(), command: nextCommand }];
  const texts = [...new Set(reasons.map(({ code, text }) => words.next.reason(code, text)))];
  const why: Block[] =
    texts.length === 0 ? [] : [{ kind: 'list', items: texts.map((text) => ({ label: '', text })) }];
  return {
    ...{ id: 'next', heading, intro: intro(moment(at)) },
    blocks: [
      textBlock(words.monitoring.now.decisions[decision]),
      ...[...why, ...command],
      { kind: 'list', items: nextItems(next, showing) },
    ],
  };
}

function nextItems(next: PeriodReport['next'], { words, formats, moment }: Showing): ListItem[] {
  const { step, steps, percentage, phase, earliestAt, expectedAt, bookings, approvals, guard } = next;
  const { labels } = words.next;
  const when = (at: string | null) => (at === null ? words.monitoring.notKnownYet : moment(at));
  const item = (label: keyof typeof labels, text: string): ListItem => {
    return { label: `${labels[label]}${words.monitoring.colon}`, text };
  };
  const guarded = item('guard', guard ?? words.monitoring.now.nobodyWatches);
  if (step === null || steps === null || percentage === null) return [guarded];
  const where = words.monitoring.now.step(step, steps, formats.share(percentage));
  const { settled, needed } = bookings;
  const { given } = approvals;
  return [
    item('step', `${words.monitoring.rollout.phases[phase]}${words.monitoring.colon}${where}`),
    item('earliest', when(earliestAt)),
    item('expected', when(expectedAt)),
    item('bookings', words.monitoring.now.ofNeeded(formats.count(settled), formats.count(needed))),
    item('approvals', words.next.approvals(given.length, approvals.needed, given.join(', '))),
    guarded,
  ];
}
