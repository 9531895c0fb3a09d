import type { Booking } from '../../src/booking/booking.js';
import { DEFAULT_SIMULATION } from '../../src/simulator/settings.js';
import { type SimulatedBooking, simulateBookings } from '../../src/simulator/simulate.js';
import { DEFAULT_FEATURES } from '../../src/training/boosting-defaults.js';
import type { TrainSettings } from '../../src/training/train.js';

/** A simulated history. Seeds from 500 on were not used in choosing the booster's settings. */
export function simulated(bookings: number, seed = 500): SimulatedBooking[] {
  return [...simulateBookings({ ...DEFAULT_SIMULATION, bookings, seed })];
}

export function history(bookings: number, seed = 500): Booking[] {
  return simulated(bookings, seed).map(({ booking }) => booking);
}

export const SETTINGS: TrainSettings = {
  name: 'test',
  seed: 1,
  features: DEFAULT_FEATURES,
  trainedAt: '2026-11-01T08:00:00.000Z',
  onProgress: async () => {},
};
