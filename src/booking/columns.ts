import { type FeatureName, isFeatureName } from '../features/features.js';
import { t } from '../wording/t.js';

/** The booking fields of a record, by the name of their column. `id` may also be called `booking_id`. */
const FIELDS = [
  'id',
  'scheduled_time',
  'pickup_lat',
  'pickup_lon',
  'dropoff_lat',
  'dropoff_lon',
  'distance_meters',
  'duration_seconds',
  'medical_facility',
  'is_medical',
  'is_urgent',
  'is_round_trip',
  'driver_id',
  'driver_total_bookings',
  'weather',
  'weather.main.temp',
  'weather.wind.speed',
  'weather.rain.1h',
  'weather.snow.1h',
  'weather.visibility',
  'weather.clouds.all',
  'simulated',
  'acted_on',
  'variant',
  'actual_delay_minutes',
] as const;

export type Field = (typeof FIELDS)[number];

/** Columns of the users' exports that mean nothing here and are nobody's mistake. */
const EXPECTED_EXTRAS = new Set(['booking_id', 'company_id', 'assignment_id']);

/** Where the values of a record are. Made once for all records that have the same columns. */
export interface ColumnPlan {
  readonly names: readonly string[];
  /** The position of each field, -1 where there is none. */
  readonly at: Readonly<Record<Field, number>>;
  /** The columns that bring a feature ready-made. */
  readonly given: readonly { readonly name: FeatureName; readonly at: number }[];
  /** Columns that are not used, for a notice. */
  readonly ignored: readonly string[];
  /** Why no booking can be read from such columns; `null` when it can. */
  readonly problem: (() => string) | null;
}

/**
 * Assigns columns to booking fields and ready-made features. Five names are both: they are booking fields beside a
 * `scheduled_time`, and features in a table without time.
 */
export function planColumns(rawNames: readonly string[]): ColumnPlan {
  const names = rawNames.map((name) => name.trim());
  const timed = names.includes('scheduled_time');
  const isGiven = (name: string): name is FeatureName => isFeatureName(name) && !(timed && isField(name));
  const at = positions(names, isGiven);
  const given = names.flatMap((name, i) => (isGiven(name) ? [{ name, at: i }] : []));
  const ignored = names.filter((name) => !isGiven(name) && !isField(name) && !EXPECTED_EXTRAS.has(name));
  return { names, at, given, ignored, problem: findProblem(names, at, given) };
}

function positions(names: readonly string[], isGiven: (name: string) => boolean): Record<Field, number> {
  const of = (field: Field) => [field, isGiven(field) ? -1 : names.indexOf(field)] as const;
  const at = Object.fromEntries(FIELDS.map(of)) as Record<Field, number>;
  return at.id >= 0 ? at : { ...at, id: names.indexOf('booking_id') };
}

function findProblem(
  names: readonly string[],
  at: ColumnPlan['at'],
  given: ColumnPlan['given'],
): (() => string) | null {
  const repeated = names.find((name, i) => name !== '' && names.indexOf(name) < i);
  if (repeated !== undefined) return () => t`has the column ${repeated} twice. Keep one`;
  const lacksId = at.id < 0;
  const lacksTime = at.scheduled_time < 0 && !given.some(({ name }) => !isField(name));
  if (!lacksId && !lacksTime) return null;
  return () => {
    const missing = [
      ...(lacksId ? [t`id (or booking_id)`] : []),
      ...(lacksTime
        ? [t`scheduled_time (or ready features such as time_of_day, day_of_week, distance_km)`]
        : []),
    ];
    return t`has no column ${missing.join(t` and no column `)}; its columns are ${listed(names)}`;
  };
}

const MOST_LISTED = 12;
const MOST_SHOWN = 40;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_LISTED).map((name) => printable(name) || t`(unnamed)`);
  const more = names.length - shown.length;
  return more > 0 ? t`${shown.join(', ')} and ${more} more` : shown.join(', ');
}

/** A piece of somebody's file made fit for a message: at most 40 characters, none that moves the cursor. */
export function printable(text: string): string {
  const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  return shown.replace(/[\p{C}\p{Z}]/gu, (mark) => (mark === ' ' ? mark : '·'));
}

function isField(name: string): name is Field {
  return (FIELDS as readonly string[]).includes(name);
}
