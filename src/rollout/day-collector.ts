import type { Booking } from '../booking/booking.js';
import { localTime } from '../booking/local-time.js';
import { LATE_ABOVE_MINUTES, MISSED_ABOVE_MINUTES, type SettledBooking } from '../booking/outcome.js';
import { MOST_MINUTES } from '../ledger/accuracy.js';
import type { ScoredBooking } from '../replay/score.js';
import type { Exclusion } from '../replay/selection.js';
import { type DayFigures, emptyDay } from './day-figures.js';
import type { PlayedDay } from './play-moments.js';

/** Sorts what a replay tells into local days, as the ledger would have had them. */
export interface DayCollector {
  addScored(scored: ScoredBooking<SettledBooking>): void;
  /** Some that were left out were asked about all the same. */
  addLeftOut(booking: Booking, reason: Exclusion): void;
  /** Ascending, from the first to the last day with a scored booking: before is training, after is not settled yet. */
  days(): PlayedDay[];
}

type Sums = { -readonly [Name in keyof DayFigures]: DayFigures[Name] };

interface OpenDay {
  readonly figures: Sums;
  readonly attempts: Timed[];
  readonly misses: Timed[];
}

interface Timed {
  readonly atMs: number;
  readonly isBad: boolean;
}

/** These the model answered, and no outcome was there to score it by. */
const ASKED: readonly Exclusion[] = ['not_settled', 'no_pickup_event', 'delay_over_180_min'];

export function dayCollector(timeZone: string): DayCollector {
  const open = new Map<number, OpenDay>();
  const dayOf = (atMs: number): OpenDay => {
    const { dayNumber } = localTime(atMs, timeZone);
    const day = open.get(dayNumber) ?? { figures: emptyDay(dayNumber), attempts: [], misses: [] };
    open.set(dayNumber, day);
    return day;
  };
  return {
    addScored(scored) {
      const atMs = scored.booking.scheduled?.epochMs;
      if (atMs === undefined) return;
      const { figures, attempts, misses } = dayOf(atMs);
      addAsked(figures, scored.booking);
      addPair(figures, scored);
      attempts.push({ atMs, isBad: false });
      misses.push({ atMs, isBad: errorOf(scored, scored.modelMinutes) > MISSED_ABOVE_MINUTES });
    },
    addLeftOut(booking, reason) {
      const atMs = booking.scheduled?.epochMs;
      if (atMs === undefined) return;
      if (ASKED.includes(reason)) addAsked(dayOf(atMs).figures, booking);
      if (reason === 'model_failed' || reason === 'acted_on') {
        dayOf(atMs).attempts.push({ atMs, isBad: reason === 'model_failed' });
      }
    },
    days() {
      const days = [...open.values()].sort((a, b) => a.figures.dayNumber - b.figures.dayNumber);
      const isTried = ({ attempts }: OpenDay) => attempts.length > 0;
      const tried = days.slice(Math.max(0, days.findIndex(isTried)), days.findLastIndex(isTried) + 1);
      return tried.map(({ figures, attempts, misses }) => {
        return { figures, attempts: inOrder(attempts), misses: inOrder(misses) };
      });
    },
  };
}

function addAsked(figures: Sums, { simulated }: Booking): void {
  figures.asked += 1;
  figures.simulated += Number(simulated);
}

function addPair(figures: Sums, scored: ScoredBooking<SettledBooking>): void {
  const { booking, modelMinutes, heuristicMinutes } = scored;
  const actual = booking.actualDelayMinutes;
  const [e, h] = [errorOf(scored, modelMinutes), errorOf(scored, heuristicMinutes)];
  const isForeseen =
    actual > LATE_ABOVE_MINUTES &&
    modelMinutes > LATE_ABOVE_MINUTES &&
    heuristicMinutes <= LATE_ABOVE_MINUTES;
  figures.settled += 1;
  figures.e += e;
  figures.h += h;
  figures.ee += e * e;
  figures.hh += h * h;
  figures.eh += e * h;
  figures.actual += actual;
  figures.actualSquares += actual * actual;
  figures.foreseen += Number(isForeseen);
}

/** As the ledger has it, a day at most. */
function errorOf({ booking }: ScoredBooking<SettledBooking>, minutes: number): number {
  return Math.min(MOST_MINUTES, Math.abs(minutes - booking.actualDelayMinutes));
}

function inOrder(events: readonly Timed[]): boolean[] {
  return [...events].sort((a, b) => a.atMs - b.atMs).map(({ isBad }) => isBad);
}
