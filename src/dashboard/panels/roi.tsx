import type { Formats } from '../../wording/formats.js';
import type { Words } from '../../wording/words.js';
import { WithCommands } from '../command.js';
import type { RoiAnswer } from '../documents.js';
import { Badge, Panel } from '../panel.js';
import type { Resource } from '../resource.js';
import { useSurroundings } from '../surroundings.js';
import { Table } from '../table.js';

/** What the model returns: measured where it can be, and marked where it is assumed. */
export function RoiPanel({ roi }: { readonly roi: Resource<RoiAnswer> }) {
  const { words, formats } = useSurroundings();
  const { roi: say } = words;
  return (
    <Panel
      id="roi"
      heading={say.heading}
      {...(roi.value && { intro: introOf(roi.value, words, formats) })}
      resource={roi}
    >
      {(answer) => (
        <>
          <p class="quiet">{words.asOf(formats.dateTime(answer.at))}</p>
          {answer.simulated?.bookings ? <p class="warn">{words.simulatedBookings}</p> : null}
          {answer.insufficient === null ? (
            <p class="value">
              {formats.wholePercent(answer.roi.base)}{' '}
              <small>
                [{say.interval(formats.wholePercent(answer.roi.low), formats.wholePercent(answer.roi.high))}]
              </small>
            </p>
          ) : (
            <p class="not-enough">
              {words.notEnough}
              {words.colon}
              <WithCommands text={answer.insufficient} />
            </p>
          )}
          <Gains roi={answer} />
          <h3>{say.steps}</h3>
          <ul class="plain">
            {answer.steps.map((step) => (
              <li key={step.percentage}>
                {say.atStep(formats.share(step.percentage))}
                {words.colon} {formats.wholePercent(step.base)} [
                {say.interval(formats.wholePercent(step.low), formats.wholePercent(step.high))}]
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

function introOf({ percentage, percentageFrom }: RoiAnswer, { roi }: Words, { share }: Formats): string {
  return percentageFrom === 'flag' ? roi.intro(share(percentage)) : roi.introOff(share(percentage));
}

interface Row {
  readonly name: string;
  readonly basis: string | null;
  readonly cells: { readonly low: number | null; readonly base: number | null; readonly high: number | null };
}

function Gains({ roi }: { readonly roi: RoiAnswer }) {
  const { words, formats } = useSurroundings();
  const { roi: say } = words;
  const costs = roi.costs.firstYearChf;
  const rows: Row[] = [
    ...roi.gains.map(({ name, basis, annualChf }) => ({ name: say.gains[name], basis, cells: annualChf })),
    { name: say.total, basis: null, cells: roi.annualGainsChf },
    { name: say.costs, basis: null, cells: { low: costs, base: costs, high: costs } },
  ];
  const [year, basis, low, base, high] = say.head;
  return (
    <Table
      caption={say.heading}
      rows={rows}
      keyOf={({ name }) => name}
      columns={[
        { name: year, cell: ({ name }) => name },
        {
          name: basis,
          cell: (row) =>
            row.basis === null ? (
              ''
            ) : (
              <Badge tone={row.basis === 'measured' ? 'good' : 'muted'}>
                {row.basis === 'measured' ? say.measured : say.assumed}
              </Badge>
            ),
        },
        chfColumn(low, ({ cells }) => cells.low, formats),
        chfColumn(base, ({ cells }) => cells.base, formats),
        chfColumn(high, ({ cells }) => cells.high, formats),
      ]}
    />
  );
}

function chfColumn(name: string, value: (row: Row) => number | null, formats: Formats) {
  return { name, cell: (row: Row) => formats.chf(value(row)), number: true };
}
