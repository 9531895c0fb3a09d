import { THRESHOLDS } from '../../health/thresholds.js';
import { Chart } from '../chart.js';
import type { Colours } from '../colours.js';
import type { DailyAnswer, ImprovementAnswer } from '../documents.js';
import { Panel } from '../panel.js';
import type { Resource } from '../resource.js';
import { useSurroundings } from '../surroundings.js';
import { Table } from '../table.js';

interface ArmsProps {
  readonly daily: Resource<DailyAnswer>;
  readonly improvement: Resource<ImprovementAnswer>;
  readonly colours: Colours;
}

/** Both arms over time, and the improvement with the band that may be looked at every day. */
export function Arms({ daily, improvement, colours }: ArmsProps) {
  return (
    <>
      <Errors daily={daily} colours={colours} />
      <Improvement improvement={improvement} colours={colours} />
    </>
  );
}

function Errors({ daily, colours }: Pick<ArmsProps, 'daily' | 'colours'>) {
  const { words, formats } = useSurroundings();
  const { arms } = words;
  return (
    <Panel id="arms" heading={arms.mae} intro={`${arms.maeNote} ${arms.intro}`} resource={daily}>
      {({ days }) => {
        const known = days.slice(days.findIndex(({ model }) => model.mae !== null));
        if (days.every(({ model }) => model.mae === null)) return <p class="not-enough">{words.notEnough}</p>;
        return (
          <>
            <Chart
              label={arms.mae}
              dates={known.map(({ date }) => date)}
              lines={[
                { name: arms.model, values: known.map(({ model }) => model.mae), colour: '--model' },
                {
                  name: arms.heuristic,
                  values: known.map(({ heuristic }) => heuristic.mae),
                  colour: '--other',
                  dashed: true,
                },
              ]}
              levels={[
                {
                  value: THRESHOLDS.mae.warnAbove,
                  name: `${arms.target} < ${formats.minutes(THRESHOLDS.mae.warnAbove)}`,
                },
              ]}
              dayName={arms.date}
              day={formats.day}
              value={(value) => formats.decimal(value)}
              colours={colours}
            />
            <Figures
              caption={arms.mae}
              rows={known}
              columns={[
                [arms.model, ({ model }) => formats.minutes(model.mae)],
                [arms.heuristic, ({ heuristic }) => formats.minutes(heuristic.mae)],
                [arms.settled, ({ settled }) => formats.count(settled)],
              ]}
            />
          </>
        );
      }}
    </Panel>
  );
}

function Improvement({ improvement, colours }: Pick<ArmsProps, 'improvement' | 'colours'>) {
  const { words, formats } = useSurroundings();
  const { arms } = words;
  return (
    <Panel id="improvement" heading={arms.improvement} intro={arms.improvementNote} resource={improvement}>
      {({ days, step_date }) => {
        if (days.every((day) => day.improvement === null)) return <p class="not-enough">{arms.tooFewDays}</p>;
        return (
          <>
            <Chart
              label={arms.improvement}
              dates={days.map(({ date }) => date)}
              lines={[
                { name: arms.upper, values: days.map(({ upper }) => upper), colour: '--model', edge: true },
                { name: arms.lower, values: days.map(({ lower }) => lower), colour: '--model', edge: true },
                { name: arms.model, values: days.map((day) => day.improvement), colour: '--model' },
              ]}
              band={[0, 1]}
              levels={[
                { value: 0, name: arms.heuristic },
                {
                  value: THRESHOLDS.improvement.shownAbove,
                  name: `${arms.target} ${formats.signedPercent(THRESHOLDS.improvement.shownAbove)}`,
                },
              ]}
              markedDate={step_date}
              dayName={arms.date}
              day={formats.day}
              value={formats.signedPercent}
              colours={colours}
            />
            <Figures
              caption={arms.improvement}
              rows={days}
              columns={[
                [arms.model, (day) => formats.signedPercent(day.improvement)],
                [arms.lower, ({ lower }) => formats.signedPercent(lower)],
                [arms.upper, ({ upper }) => formats.signedPercent(upper)],
                [arms.settled, ({ settled }) => formats.count(settled)],
              ]}
            />
          </>
        );
      }}
    </Panel>
  );
}

interface FiguresProps<T extends { readonly date: string }> {
  readonly caption: string;
  readonly rows: readonly T[];
  readonly columns: readonly (readonly [name: string, cell: (row: T) => string])[];
}

/** What a chart shows, in numbers. */
function Figures<T extends { readonly date: string }>({ caption, rows, columns }: FiguresProps<T>) {
  const { words, formats } = useSurroundings();
  return (
    <details>
      <summary>{words.asTable}</summary>
      <Table
        caption={caption}
        rows={rows}
        keyOf={({ date }) => date}
        long
        columns={[
          { name: words.arms.date, cell: ({ date }) => formats.day(date) },
          ...columns.map(([name, cell]) => ({ name, cell, number: true })),
        ]}
      />
    </details>
  );
}
