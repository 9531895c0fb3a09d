import type { GuideRoi } from '../roi/guide.js';
import { t } from '../wording/t.js';
import { decimal, percent } from './number.js';
import { chf, DRIVER_UNITS, gainLabels, whole } from './roi.js';
import type { Style } from './style.js';
import { tableText } from './table.js';

/** The guide's return as text for a terminal: what it printed beside what its formulas give. */
export function guideText(guide: GuideRoi, style: Style): string {
  const { costsChf, payback, lines } = guide;
  const remarks = [...lines, payback].flatMap((line) => (line.follows ? [] : [line.remark ?? '']));
  return [
    style.bold(t`The rollout guide's return on investment: every gain is assumed, none was measured`),
    '',
    gainTable(guide, style),
    '',
    t`costs of the first year  ${chf(costsChf)}`,
    t`return                   ${whole(guide.publishedRoi)} published, ${whole(guide.recomputedRoi)} recomputed`,
    t`payback                  under ${payback.publishedWeeks} week published, ${decimal(payback.recomputedWeeks, 1)} weeks recomputed`,
    t`breaks even at           ${percent(guide.breakEvenShare)} of the traffic`,
    ...guide.steps.map(
      ({ percentage, roi }) => t`at ${String(percentage).padStart(3)} %                 ${whole(roi)}`,
    ),
    '',
    ...remarks.map((remark) => style.bad(`✖ ${remark}`)),
  ].join('\n');
}

function gainTable({ lines, publishedChf, recomputedChf }: GuideRoi, { columns }: Style): string {
  const rows = [
    ...lines.map((line) => [
      gainLabels()[line.name],
      DRIVER_UNITS[line.name](line.driver),
      chf(line.publishedChf),
      chf(line.recomputedChf),
      line.follows ? '✔' : '✖',
    ]),
    [t`gains`, '', chf(publishedChf), chf(recomputedChf), ''],
  ];
  return tableText([t`CHF a year`, t`from`, t`published`, t`recomputed`, ''], rows, {
    columns,
    ruled: false,
  });
}
