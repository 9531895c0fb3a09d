import type { CheckedItem, Checklist } from '../checklist/checklist.js';
import type { ListName } from '../checklist/items.js';
import { t } from '../wording/t.js';
import { saidValue } from '../wording/values-said.js';
import type { Style } from './style.js';

const titles = (): Readonly<Record<ListName, string>> => ({
  before: t`Before the deployment`,
  'week-1': t`During the deployment (week 1)`,
  'week-4': t`After the deployment (week 4)`,
});
const MARKS = { done: '✔', failed: '✖', unanswered: '?' } as const;
const BOXES = { done: 'x', failed: ' ', unanswered: ' ' } as const;

/** The list as text for a terminal. */
export function checklistText(checklist: Checklist, style: Style): string {
  const paint = { done: style.good, failed: style.bad, unanswered: style.warn };
  const width = Math.max(...checklist.items.map(({ id }) => id.length));
  return [
    style.bold(titles()[checklist.list]),
    ...checklist.items.flatMap((item) => {
      const line = `${paint[item.result](MARKS[item.result])} ${item.id.padEnd(width)}  ${item.text}`;
      return [line, ...detailsOf(item).map((detail) => style.dim(`${' '.repeat(width + 4)}${detail}`))];
    }),
    '',
    summary(checklist),
  ].join('\n');
}

/** The list as Markdown, to print or to keep. */
export function checklistMarkdown(checklist: Checklist): string {
  const { list, flag, at, items } = checklist;
  return [
    `# ${titles()[list]}`,
    '',
    t`Flag \`${flag}\`, ${at}`,
    '',
    ...items.flatMap((item) => {
      const failed = item.result === 'failed' ? t`**failed:** ` : '';
      const line = `- [${BOXES[item.result]}] ${failed}${item.text} (\`${item.id}\`)`;
      return [line, ...detailsOf(item).map((detail) => `  - ${detail}`)];
    }),
    '',
    summary(checklist),
  ].join('\n');
}

function detailsOf({ found, remedy, answer, result, basis }: CheckedItem): string[] {
  const details: string[] = [];
  if (found !== null && found !== '') details.push(t`checked: ${found}`);
  if (answer !== null) {
    const beside = basis === 'checked' ? t`, but what was checked counts` : '';
    const note = answer.note === '' ? '' : ` “${oneLine(answer.note)}”`;
    details.push(t`${saidValue(answer.answer)}: ${oneLine(answer.by)}, ${answer.at}${note}${beside}`);
  }
  if (remedy !== null && result !== 'done') details.push(`→ ${remedy}`);
  return details;
}

/** Somebody's words, which may neither move the cursor nor begin an item of their own. */
function oneLine(text: string): string {
  return text.replace(/[\p{C}\u2028\u2029]+/gu, ' ').trim();
}

function summary({ done, failed, unanswered, items, list }: Checklist): string {
  const open = items.filter(({ result, basis }) => result === 'unanswered' && basis === null);
  const example =
    open[0] === undefined ? '' : t` Answer with \`atmr-ml checklist ${list} --answer ${open[0].id}=yes\`.`;
  return t`${done} done, ${failed} failed, ${unanswered} open.${example}`;
}
