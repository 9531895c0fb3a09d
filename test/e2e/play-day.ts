import { bookingJson } from '../../src/simulator/booking-json.js';
import { DEFAULT_SIMULATION } from '../../src/simulator/settings.js';
import { simulateBookings } from '../../src/simulator/simulate.js';

/** A simulated booking as a dispatch backend sends it, and what will happen to it. */
export interface PlayedBooking {
  readonly document: Readonly<Record<string, unknown>>;
  readonly id: string;
  readonly scheduledMs: number;
  readonly delayMinutes: number;
}

/** The document of POST /predictions, as far as a player looks into it. */
export interface PlayedAnswer {
  readonly booking_id: string;
  readonly request_id: string;
  readonly variant: 'model' | 'control';
  readonly source: 'model' | 'heuristic' | 'fallback';
  readonly predicted_minutes: number;
  readonly heuristic_minutes: number;
  readonly model_minutes: number | null;
  readonly weather: { readonly is_default: boolean };
}

/** What the backend knows at the end of its day. */
export interface PlayedDay {
  /** Every answer it got, in the order of its requests; repetitions left out. */
  readonly answers: readonly PlayedAnswer[];
  /** Minutes late by booking id, as last reported. */
  readonly outcomes: ReadonlyMap<string, number>;
}

const DAY_MS = 86_400_000;

/** Bookings of the day after tomorrow: an outcome scores only what was predicted before its pickup. */
export function bookingsOfADay(count: number, seed: number): PlayedBooking[] {
  const from = new Date(Date.now() + 2 * DAY_MS).toISOString().slice(0, 10);
  const simulated = simulateBookings({ ...DEFAULT_SIMULATION, bookings: count, from, days: 1, seed });
  return [...simulated].map((one, i) => {
    const { actual_delay_minutes, ...document } = JSON.parse(bookingJson(one));
    // Some bookings come without weather, as they do.
    if (i % 10 === 3) document.weather = null;
    return {
      ...{ document, id: one.booking.id, scheduledMs: one.booking.scheduled!.epochMs },
      delayMinutes: Math.max(-180, Math.min(180, actual_delay_minutes)),
    };
  });
}

/** Bookings after which the outcomes of those before are sent. */
const OUTCOMES_EVERY = 25;

/**
 * Plays a backend's day against a server: each booking is asked about, some twice, some under a name and again; the
 * outcomes of most arrive later, in batches, by the delay or the pickup's time, and a few are corrected.
 */
export async function playDay(url: string, bookings: readonly PlayedBooking[]): Promise<PlayedDay> {
  const answers: PlayedAnswer[] = [];
  const outcomes = new Map<string, number>();
  let waiting: PlayedBooking[] = [];
  for (const [i, booking] of bookings.entries()) {
    answers.push(...(await askAbout(url, booking, i)));
    if (i % 20 !== 7) waiting.push(booking);
    if (waiting.length < OUTCOMES_EVERY && i < bookings.length - 1) continue;
    await report(url, waiting, outcomes);
    waiting = [];
  }
  await correct(url, bookings, outcomes);
  return { answers, outcomes };
}

async function askAbout(url: string, { document, id }: PlayedBooking, i: number): Promise<PlayedAnswer[]> {
  const path = `${url}/api/predictions`;
  const named = i % 3 === 0 ? { request_id: `request-${id}` } : {};
  const first = await post<PlayedAnswer>(path, { booking: document, ...named }, 201);
  // A client that heard nothing asks again.
  if (i % 9 === 0) await post(path, { booking: document, ...named }, 200);
  if (i % 5 !== 1) return [first];
  // The driver is known later: another question about the same booking.
  return [
    first,
    await post<PlayedAnswer>(path, { booking: { ...document, driver_total_bookings: 500 } }, 201),
  ];
}

async function report(url: string, bookings: readonly PlayedBooking[], outcomes: Map<string, number>) {
  const items = bookings.map(({ id, delayMinutes, scheduledMs }, i) => {
    const pickup = new Date(scheduledMs + delayMinutes * 60_000).toISOString();
    // By its time to a millisecond, as a database has it.
    return i % 2 === 0
      ? { booking_id: id, actual_delay_minutes: delayMinutes }
      : { booking_id: id, actual_pickup_at: pickup };
  });
  const settled = await post<{ settled: number }>(`${url}/api/outcomes`, items, 200);
  if (settled.settled !== items.length) throw new Error(`${JSON.stringify(settled)} of ${items.length}`);
  for (const { id, delayMinutes } of bookings) outcomes.set(id, delayMinutes);
}

/** Every fortieth outcome turns out to be another. */
async function correct(url: string, bookings: readonly PlayedBooking[], outcomes: Map<string, number>) {
  for (const { id } of bookings.filter((_, i) => i % 40 === 2)) {
    await post(`${url}/api/outcomes`, { booking_id: id, actual_delay_minutes: 33 }, 200);
    outcomes.set(id, 33);
  }
}

async function post<T>(url: string, body: unknown, wanted: number): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (response.status === wanted) return JSON.parse(text) as T;
  throw new Error(`${url} answered ${response.status} instead of ${wanted}: ${text}`);
}
