import { useEffect, useState } from 'preact/hooks';
import type { Formats } from '../../wording/formats.js';
import type { Words } from '../../wording/words.js';
import type { Prediction, PredictionsAnswer } from '../documents.js';
import { Fact, Panel } from '../panel.js';
import { type Resource, type Tick, useResource } from '../resource.js';
import { useSurroundings } from '../surroundings.js';
import { type Column, Table } from '../table.js';
import { bookingHash, bookingOf } from './booking-hash.js';
import { BookingLink } from './booking-link.js';
import { fits, NO_FILTER, type PredictionFilter } from './prediction-filter.js';

const MOST_OF_A_BOOKING = 20;

interface PredictionsProps {
  readonly predictions: Resource<PredictionsAnswer>;
  readonly tick: Tick;
}

/** The latest 100, filtered and sorted; or all that is known of one booking, where the address names it. */
export function Predictions({ predictions, tick }: PredictionsProps) {
  const { words } = useSurroundings();
  const [filter, setFilter] = useState(NO_FILTER);
  const booking = useHashBooking();
  const asked =
    booking === null
      ? null
      : `/ml-monitoring/predictions?limit=${MOST_OF_A_BOOKING}&booking_id=${encodeURIComponent(booking)}`;
  const ofBooking = useResource<PredictionsAnswer>(asked, tick);
  if (booking !== null) return <OfBooking id={booking} predictions={ofBooking} />;
  return (
    <Panel
      id="predictions"
      heading={words.predictions.heading}
      intro={words.predictions.intro}
      size="wide"
      resource={predictions}
    >
      {({ predictions: rows }) =>
        rows.length === 0 ? (
          <p class="quiet">{words.predictions.none}</p>
        ) : (
          <>
            <FilterForm filter={filter} setFilter={setFilter} />
            <Listed all={rows} rows={rows.filter((row) => fits(row, filter))} />
          </>
        )
      }
    </Panel>
  );
}

function Listed({
  all,
  rows,
}: {
  readonly all: readonly Prediction[];
  readonly rows: readonly Prediction[];
}) {
  const { words, formats } = useSurroundings();
  const shown = words.predictions.shown(formats.count(rows.length), formats.count(all.length));
  return (
    <>
      <p class="quiet" role="status">
        {rows.length === 0 ? words.predictions.noneFits : shown}
      </p>
      {rows.length === 0 ? null : (
        <Table
          caption={words.predictions.heading}
          rows={rows}
          keyOf={({ request_id }) => request_id}
          columns={columnsOf(words, formats)}
          long
        />
      )}
    </>
  );
}

function columnsOf(words: Words, formats: Formats): Column<Prediction>[] {
  const { head, sources, variants } = words.predictions;
  const minutes = (value: number | null) => formats.decimal(value, 1);
  return [
    { name: head.created, cell: (row) => formats.dateTime(row.created_at), by: (row) => row.created_at },
    { name: head.booking, cell: (row) => <BookingLink id={row.booking_id} />, by: (row) => row.booking_id },
    { name: head.variant, cell: (row) => variants[row.variant], by: (row) => row.variant },
    { name: head.source, cell: (row) => sources[row.source], by: (row) => row.source },
    {
      name: head.predicted,
      cell: (row) => minutes(row.predicted_minutes),
      by: (row) => row.predicted_minutes,
      number: true,
    },
    {
      name: head.heuristic,
      cell: (row) => minutes(row.heuristic_minutes),
      by: (row) => row.heuristic_minutes,
      number: true,
    },
    {
      name: head.actual,
      cell: (row) => minutes(row.actual_delay_minutes),
      by: (row) => row.actual_delay_minutes,
      number: true,
    },
    {
      ...{ name: head.error, number: true },
      cell: (row) => minutes(row.error_minutes),
      by: (row) => (row.error_minutes === null ? null : Math.abs(row.error_minutes)),
    },
    {
      name: head.confidence,
      cell: (row) => formats.percent(row.confidence, 0),
      by: (row) => row.confidence,
      number: true,
    },
    {
      name: head.time,
      cell: (row) => formats.milliseconds(row.prediction_time_ms),
      by: (row) => row.prediction_time_ms,
      number: true,
    },
  ];
}

interface FilterFormProps {
  readonly filter: PredictionFilter;
  setFilter(filter: PredictionFilter): void;
}

function FilterForm({ filter, setFilter }: FilterFormProps) {
  const { words } = useSurroundings();
  const { predictions: say } = words;
  const lookUp = (event: Event) => {
    event.preventDefault();
    if (filter.booking.trim() !== '') location.hash = bookingHash(filter.booking.trim());
  };
  return (
    <search>
      <form class="filter" onSubmit={lookUp}>
        <label>
          {say.search}
          <input
            type="search"
            value={filter.booking}
            onInput={({ currentTarget }) => setFilter({ ...filter, booking: currentTarget.value })}
            aria-describedby="search-note"
          />
        </label>
        <button type="submit">{say.lookUp}</button>
        <Choice
          label={say.variant}
          value={filter.variant}
          choices={{ all: say.all, ...say.variants }}
          choose={(variant) => setFilter({ ...filter, variant })}
        />
        <Choice
          label={say.source}
          value={filter.source}
          choices={{ all: say.all, ...say.sources }}
          choose={(source) => setFilter({ ...filter, source })}
        />
        <Choice
          label={say.outcome}
          value={filter.outcome}
          choices={{ all: say.all, settled: say.settled, open: say.open, far: say.far }}
          choose={(outcome) => setFilter({ ...filter, outcome })}
        />
        <small id="search-note">{say.searchNote}</small>
      </form>
    </search>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: Readonly<Record<T, string>>;
  choose(value: T): void;
}

function Choice<T extends string>({ label, value, choices, choose }: ChoiceProps<T>) {
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value as T)}>
        {Object.entries<string>(choices).map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface OfBookingProps {
  readonly id: string;
  readonly predictions: Resource<PredictionsAnswer>;
}

function OfBooking({ id, predictions }: OfBookingProps) {
  const { words, formats } = useSurroundings();
  const { predictions: say } = words;
  return (
    <Panel id="predictions" heading={say.ofBooking(id)} size="wide" resource={predictions}>
      {({ predictions: rows }) => (
        <>
          <p>
            <a href="#predictions">{say.back}</a>
          </p>
          {rows.length === 0 ? <p class="quiet">{say.unknownBooking(id)}</p> : null}
          {rows.map((row) => (
            <article key={row.request_id} class="answer">
              <h3>{formats.dateTime(row.created_at)}</h3>
              <dl class="facts">
                {factsOf(row, words, formats).map(([name, value]) => (
                  <Fact key={name} name={name}>
                    {value}
                  </Fact>
                ))}
              </dl>
            </article>
          ))}
        </>
      )}
    </Panel>
  );
}

function factsOf(row: Prediction, words: Words, formats: Formats): [string, string][] {
  const { head, fields, sources, variants } = words.predictions;
  const { lower_minutes: lower, upper_minutes: upper, weather } = row;
  return [
    [head.variant, variants[row.variant]],
    [head.source, sources[row.source]],
    [fields.reason, row.reason ?? '–'],
    [head.predicted, formats.minutes(row.predicted_minutes)],
    [fields.modelSaid, formats.minutes(row.model_minutes)],
    [fields.interval, lower === null ? '–' : `${formats.decimal(lower, 1)} … ${formats.decimal(upper, 1)}`],
    [head.heuristic, formats.minutes(row.heuristic_minutes)],
    [head.actual, formats.minutes(row.actual_delay_minutes)],
    [head.error, formats.minutes(row.error_minutes)],
    [head.confidence, formats.percent(row.confidence, 0)],
    [head.time, formats.milliseconds(row.prediction_time_ms)],
    [
      fields.weather,
      `${formats.decimal(weather.factor)}${weather.reason === null ? '' : ` (${weather.reason})`}`,
    ],
    [fields.outOfRange, formats.count(row.out_of_range)],
    [fields.scheduled, formats.dateTime(row.scheduled_time)],
    [fields.settledAt, formats.dateTime(row.settled_at)],
    [fields.share, formats.share(row.percentage)],
    [fields.modelVersion, `${row.model_name} ${row.model_version}`],
    [fields.instance, row.instance],
    [fields.request, row.request_id],
    [fields.simulated, row.simulated ? words.yes : words.no],
  ];
}

function useHashBooking(): string | null {
  const [booking, setBooking] = useState(() => bookingOf(location.hash));
  useEffect(() => {
    const follow = () => setBooking(bookingOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => {
    if (booking !== null) document.getElementById('predictions')?.scrollIntoView();
  }, [booking]);
  return booking;
}
