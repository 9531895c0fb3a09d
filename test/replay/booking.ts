import type { Booking } from '../../src/booking/booking.js';
import { localTime } from '../../src/booking/local-time.js';

/** A settled booking of 4 km at 10:00 on a Monday, with what a test wants different. */
export function booking(changes: Partial<Booking> = {}): Booking {
  return {
    id: '1',
    scheduled: localTime(Date.UTC(2026, 2, 2, 9), 'Europe/Zurich'),
    pickup: null,
    dropoff: null,
    distanceMeters: 4000,
    durationSeconds: 900,
    isMedical: false,
    isUrgent: false,
    isRoundTrip: false,
    driverId: '7',
    driverTotalBookings: 120,
    weather: null,
    simulated: false,
    actualDelayMinutes: 5,
    given: null,
    ...changes,
  };
}
