import type { PeriodReport } from '../../report/report.js';
import type { Showing } from '../../report/showing.js';
import type { Cases, GainLine, Roi } from '../../roi/assess.js';
import { type Block, type Section, type Table, type TableCell, textBlock } from './blocks.js';

/** What the model returns: in a month's report every line, in a week's what they come to. */
export function returnSection({ roi, period }: PeriodReport, showing: Showing): Section {
  const { words, formats } = showing;
  const { heading } = words.monitoring.roi;
  if (roi.known === null) {
    return { id: 'return', heading, intro: '', blocks: [textBlock(words.notKnown(roi.fault))] };
  }
  const { measured, insufficient, percentage } = roi.known;
  const of = measured === null ? [] : [textBlock(words.roi.measuredOn(formats.count(measured.n)))];
  return {
    ...{ id: 'return', heading, intro: words.roi.intro(formats.share(percentage)) },
    blocks: [
      ...of,
      ...(insufficient === null ? [] : [textBlock(words.roi.notEnough)]),
      ...(period.kind === 'month' || insufficient === null
        ? [lineTable(roi.known, period.kind === 'month', showing)]
        : []),
      ...(insufficient === null ? stepBlocks(roi.known, showing) : []),
      textBlock(words.roi.assumedNote),
    ],
  };
}

/** CHF a year, line by line where they are wanted, and what is left of it. */
function lineTable(roi: Roi, isWhole: boolean, showing: Showing): Table {
  const { words, formats } = showing;
  const [, basis, low, base, high] = words.monitoring.roi.head;
  const costs = formats.chf(roi.costs.firstYearChf);
  return {
    ...{ kind: 'table', caption: words.monitoring.roi.heading, words: 3 },
    head: [words.roi.line, basis, words.roi.driver, low, base, high],
    rows: [
      ...(isWhole ? roi.gains.map((line) => gainRow(line, showing)) : []),
      [words.monitoring.roi.total, '', '', ...caseCells(roi.annualGainsChf, formats.chf)],
      [words.monitoring.roi.costs, '', '', costs, costs, costs],
      [words.roi.atShare, '', formats.share(roi.percentage), ...caseCells(roi.roi, formats.wholePercent)],
    ],
  };
}

function gainRow({ name, basis, driver, annualChf }: GainLine, { words, formats }: Showing): TableCell[] {
  const say = words.monitoring.roi;
  const drivers = {
    over_allocation: formats.minutes(driver.base),
    anticipated_delays: formats.percent(driver.base),
    satisfaction: words.roi.units.points(formats.decimal(driver.base, 1)),
    reassignments: words.roi.units.aDay(formats.decimal(driver.base, 1)),
  };
  return [
    say.gains[name],
    {
      tone: basis === 'measured' ? 'good' : 'muted',
      text: basis === 'measured' ? say.measured : say.assumed,
    },
    drivers[name],
    ...caseCells(annualChf, formats.chf),
  ];
}

function caseCells({ low, base, high }: Cases, show: (value: number | null) => string): string[] {
  return [low, base, high].map(show);
}

function stepBlocks({ steps, gates }: Roi, { words, formats }: Showing): Block[] {
  const say = words.monitoring.roi;
  const show = formats.wholePercent;
  const shares: Block = {
    kind: 'list',
    items: steps.map(({ percentage, low, base, high }) => ({
      label: `${say.atStep(formats.share(percentage))}${words.monitoring.colon}`,
      text: words.ends(show(base), show(low), show(high)),
    })),
  };
  const asked = gates.map(({ percentage, target, value, lower, upper, result }) => {
    const seen = words.ends(show(value), show(lower), show(upper));
    const answer = words.monitoring.rollout.results[result];
    return textBlock(words.roi.gates(formats.share(percentage), show(target), seen, answer));
  });
  return [shares, ...asked];
}
