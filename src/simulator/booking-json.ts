import type { Weather } from '../weather/weather.js';
import { isoWithOffset, windMs } from './booking-table.js';
import type { SimulatedBooking } from './simulate.js';

/** One booking as a JSON line without its end, its weather as OpenWeather nests it. */
export function bookingJson({ booking, medicalFacility }: SimulatedBooking): string {
  const { pickup, dropoff, scheduled, weather, driverId } = booking;
  return JSON.stringify({
    id: Number(booking.id),
    scheduled_time: scheduled && isoWithOffset(scheduled),
    pickup_lat: pickup?.lat ?? null,
    pickup_lon: pickup?.lon ?? null,
    dropoff_lat: dropoff?.lat ?? null,
    dropoff_lon: dropoff?.lon ?? null,
    distance_meters: booking.distanceMeters,
    duration_seconds: booking.durationSeconds,
    medical_facility: medicalFacility,
    is_urgent: booking.isUrgent,
    is_round_trip: booking.isRoundTrip,
    driver_id: driverId === null ? null : Number(driverId),
    driver_total_bookings: booking.driverTotalBookings,
    weather: weather && openWeatherReport(weather),
    simulated: booking.simulated,
    actual_delay_minutes: booking.actualDelayMinutes,
  });
}

function openWeatherReport(weather: Weather) {
  return {
    weather: [{ main: condition(weather) }],
    main: { temp: weather.temperatureC },
    ...(weather.visibilityMeters === null ? {} : { visibility: weather.visibilityMeters }),
    wind: { speed: windMs(weather) },
    ...(weather.rainMm > 0 ? { rain: { '1h': weather.rainMm } } : {}),
    ...(weather.snowMm > 0 ? { snow: { '1h': weather.snowMm } } : {}),
    clouds: { all: weather.cloudsPercent },
  };
}

function condition({ snowMm, rainMm, visibilityMeters, cloudsPercent }: Weather): string {
  if (snowMm > 0) return 'Snow';
  if (rainMm > 0) return 'Rain';
  if (visibilityMeters !== null && visibilityMeters < 1000) return 'Fog';
  return cloudsPercent > 10 ? 'Clouds' : 'Clear';
}
