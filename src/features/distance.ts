import type { Booking, Coordinates } from '../booking/booking.js';

const EARTH_RADIUS_KM = 6371.0;
const RADIANS_PER_DEGREE = Math.PI / 180;

/** Kilometres between pickup and dropoff: great-circle when both are known, else the booking's own distance, else `null`. */
export function bookingDistanceKm({ pickup, dropoff, distanceMeters }: Booking): number | null {
  if (pickup && dropoff) return haversineKm(pickup, dropoff);
  return distanceMeters === null ? null : distanceMeters / 1000;
}

/** Great-circle distance on a sphere of radius 6371.0 km, by the haversine formula. */
export function haversineKm(from: Coordinates, to: Coordinates): number {
  const halfLat = ((to.lat - from.lat) * RADIANS_PER_DEGREE) / 2;
  const halfLon = ((to.lon - from.lon) * RADIANS_PER_DEGREE) / 2;
  const a =
    Math.sin(halfLat) ** 2 +
    Math.cos(from.lat * RADIANS_PER_DEGREE) * Math.cos(to.lat * RADIANS_PER_DEGREE) * Math.sin(halfLon) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, a)));
}
