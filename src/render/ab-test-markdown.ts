import type { AbTestDocument } from '../replay/ab-test.js';
import { t } from '../wording/t.js';
import { armCell, basis, scoreRows } from './ab-test.js';
import { actedOnSentence, otherName, powerLines, simulationWarnings, verdictWords } from './ab-test-words.js';
import { leftOutText } from './exclusions.js';
import { gateCells, gateHead } from './gate-table.js';
import { localDays } from './local-days.js';
import { markdownTable as table, markdownText as text } from './markdown.js';
import { counted, decimal, endsText, signedPercent } from './number.js';
import { segmentCells, segmentHead } from './segment-table.js';

/** The report of a replay for a pull request. */
export function abTestMarkdown(result: AbTestDocument, timeZone: string): string {
  const { arms, improvement, difference, segments, gates } = result;
  const { answer, word, sentence } = verdictWords(result);
  const other = arms.against ?? arms.heuristic;
  const armRows = scoreRows().map(([label, metric, show]) => [
    label,
    armCell(arms.model, metric, show),
    armCell(other, metric, show),
  ]);
  return [
    `## ${MARKS[answer]} ${t`${word}: ${counted(result.n, t`booking`)}, model against ${text(otherName(result))}`}`,
    '',
    ...simulationWarnings(result).flatMap((line) => [`> ${t`**Note:** ${line}`}`, '']),
    [sentence, ...powerLines(result)].join(' '),
    '',
    ...(improvement.value === null
      ? []
      : [
          t`**Improvement ${interval(improvement, signedPercent)}**, difference ${interval(difference, decimal)} min (95 %, ${basis(improvement)}).`,
          '',
        ]),
    ...table(['', t`model`, otherName(result)], armRows),
    ...table(gateHead(), gates.map(gateCells)),
    ...(segments.length === 0
      ? []
      : [
          `<details><summary>${t`Segments`}</summary>`,
          '',
          ...table(segmentHead(), segments.map(segmentCells)),
          t`Results are on p-values adjusted by Holm for all segments.`,
          '',
          '</details>',
          '',
        ]),
    ...aboutLines(result, timeZone),
    '',
  ].join('\n');
}

const MARKS = { good: '✅', bad: '❌', warn: '⏳' } as const;

function aboutLines(result: AbTestDocument, timeZone: string): string[] {
  const { model, source, period, seed, excluded } = result;
  const when = period === null ? t`without times` : localDays(period.from, period.to, timeZone);
  return [
    t`Model ${text(`${model.name} ${model.version}`)} (\`${model.sha256.slice(0, 12)}\`), bookings of ${text(source.name)}, ${when}, seed ${seed}. ${leftOutText(excluded)}. ${actedOnSentence(result)}`,
  ];
}

function interval(
  { value, lower, upper }: AbTestDocument['improvement'],
  show: (value: number | null) => string,
): string {
  return `${show(value)} ${endsText(show(lower), show(upper))}`;
}
