import { bookingDistanceKm } from '../features/distance.js';
import { DEFAULT_HEURISTIC, heuristicMinutes } from '../model/heuristic.js';
import { addToCluster, type Clusters, emptyClusters, intraclassCorrelation } from './clusters.js';
import type { SimulatedBooking } from './simulate.js';

/** The scores that no model can beat on these bookings, and how their errors cluster. NaN where there is nothing to score. */
export interface NoiseFloor {
  readonly n: number;
  /** MAE of the median that each booking lets one expect, in minutes. */
  readonly bestMae: number;
  /** R² of that median moved by the mean of the noise, which stands for the conditional mean. */
  readonly bestR2: number;
  /** Intraclass correlation of the noise of one day, and of one driver. */
  readonly dayCorrelation: number;
  readonly driverCorrelation: number;
  readonly heuristicMae: number;
}

/** Running sums of {@link NoiseFloor}; memory grows with days and drivers, not with bookings. */
export interface FloorSums {
  n: number;
  absoluteNoise: number;
  noise: number;
  squaredNoise: number;
  delay: number;
  squaredDelay: number;
  heuristicError: number;
  readonly days: Clusters;
  readonly drivers: Clusters;
}

/** The noise floor of simulated bookings; unsettled ones are left out. */
export function noiseFloor(bookings: Iterable<SimulatedBooking>): NoiseFloor {
  const sums = emptyFloorSums();
  for (const simulated of bookings) addToFloor(sums, simulated);
  return floorOf(sums);
}

export function emptyFloorSums(): FloorSums {
  return {
    n: 0,
    absoluteNoise: 0,
    noise: 0,
    squaredNoise: 0,
    delay: 0,
    squaredDelay: 0,
    heuristicError: 0,
    days: emptyClusters(),
    drivers: emptyClusters(),
  };
}

export function addToFloor(sums: FloorSums, { booking, noiseMinutes: noise }: SimulatedBooking): void {
  const delay = booking.actualDelayMinutes;
  if (delay === null) return;
  const heuristic = heuristicMinutes(bookingDistanceKm(booking) ?? Number.NaN, DEFAULT_HEURISTIC);
  sums.n += 1;
  sums.absoluteNoise += Math.abs(noise);
  sums.noise += noise;
  sums.squaredNoise += noise * noise;
  sums.delay += delay;
  sums.squaredDelay += delay * delay;
  sums.heuristicError += Math.abs(delay - heuristic);
  if (booking.scheduled !== null) addToCluster(sums.days, booking.scheduled.dayNumber, noise);
  if (booking.driverId !== null) addToCluster(sums.drivers, booking.driverId, noise);
}

export function floorOf(sums: FloorSums): NoiseFloor {
  const { n } = sums;
  const noiseVariation = sums.squaredNoise - sums.noise ** 2 / n;
  const delayVariation = sums.squaredDelay - sums.delay ** 2 / n;
  return {
    n,
    bestMae: sums.absoluteNoise / n,
    bestR2: delayVariation > 0 ? 1 - noiseVariation / delayVariation : Number.NaN,
    dayCorrelation: intraclassCorrelation(sums.days),
    driverCorrelation: intraclassCorrelation(sums.drivers),
    heuristicMae: sums.heuristicError / n,
  };
}
