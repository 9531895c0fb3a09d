import { LARGEST_DELAY_MINUTES, LATE_ABOVE_MINUTES } from '../booking/outcome.js';
import { bookingDistanceKm } from '../features/distance.js';
import { addToFloor, emptyFloorSums, type FloorSums, floorOf, type NoiseFloor } from './noise-floor.js';
import { rounded } from './random.js';
import type { SimulationSettings } from './settings.js';
import type { SimulatedBooking } from './simulate.js';

/** The shape of simulated bookings, in minutes and shares. A figure that cannot be computed is `null`. */
export interface SimulationSummary {
  readonly seed: number;
  readonly from: string;
  readonly days: number;
  readonly scenario: string | null;
  readonly n: number;
  readonly unsettled: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly sd: number | null;
  readonly lateShare: number | null;
  readonly earlyShare: number | null;
  readonly distanceCorrelation: number | null;
  readonly bestMae: number | null;
  readonly bestR2: number | null;
  readonly dayCorrelation: number | null;
  readonly driverCorrelation: number | null;
  readonly heuristicMae: number | null;
}

/** Adds bookings one by one and sums them up at any time. */
export interface SummaryMeter {
  add(simulated: SimulatedBooking): void;
  summary(): SimulationSummary;
}

interface ShapeSums {
  all: number;
  late: number;
  early: number;
  distance: number;
  squaredDistance: number;
  distanceTimesDelay: number;
  /** How often each delay occurs, by hundredths of a minute from −180. */
  readonly histogram: Uint32Array;
}

const LOWEST_DELAY = -LARGEST_DELAY_MINUTES;
const STEPS_PER_MINUTE = 100;
const HISTOGRAM_STEPS = 2 * LARGEST_DELAY_MINUTES * STEPS_PER_MINUTE + 1;
const SUMMARY_DECIMALS = 4;

/** A meter for bookings that {@link SimulationSettings} gave. Its memory does not grow with their number. */
export function createSummaryMeter(settings: SimulationSettings): SummaryMeter {
  const floor = emptyFloorSums();
  const shape = emptyShapeSums();
  return {
    add: (simulated) => {
      addToFloor(floor, simulated);
      addToShape(shape, simulated);
    },
    summary: () => summarise(settings, floor, shape),
  };
}

function emptyShapeSums(): ShapeSums {
  return {
    all: 0,
    late: 0,
    early: 0,
    distance: 0,
    squaredDistance: 0,
    distanceTimesDelay: 0,
    histogram: new Uint32Array(HISTOGRAM_STEPS),
  };
}

function addToShape(sums: ShapeSums, { booking }: SimulatedBooking): void {
  const delay = booking.actualDelayMinutes;
  const distanceKm = bookingDistanceKm(booking);
  sums.all += 1;
  if (delay === null || distanceKm === null) return;
  sums.late += delay > LATE_ABOVE_MINUTES ? 1 : 0;
  sums.early += delay < 0 ? 1 : 0;
  sums.distance += distanceKm;
  sums.squaredDistance += distanceKm * distanceKm;
  sums.distanceTimesDelay += distanceKm * delay;
  sums.histogram[Math.round((delay - LOWEST_DELAY) * STEPS_PER_MINUTE)]! += 1;
}

function summarise(settings: SimulationSettings, floorSums: FloorSums, shape: ShapeSums): SimulationSummary {
  const floor: NoiseFloor = floorOf(floorSums);
  const { n } = floor;
  const delayVariation = floorSums.squaredDelay - floorSums.delay ** 2 / n;
  const distanceVariation = shape.squaredDistance - shape.distance ** 2 / n;
  const covariation = shape.distanceTimesDelay - (shape.distance * floorSums.delay) / n;
  return {
    seed: settings.seed,
    from: settings.from,
    days: settings.days,
    scenario: settings.scenario?.name ?? null,
    n: shape.all,
    unsettled: shape.all - n,
    mean: figure(floorSums.delay / n),
    median: figure(medianOf(shape.histogram, n)),
    sd: figure(Math.sqrt(delayVariation / (n - 1))),
    lateShare: figure(shape.late / n),
    earlyShare: figure(shape.early / n),
    distanceCorrelation: figure(covariation / Math.sqrt(distanceVariation * delayVariation)),
    bestMae: figure(floor.bestMae),
    bestR2: figure(floor.bestR2),
    dayCorrelation: figure(floor.dayCorrelation),
    driverCorrelation: figure(floor.driverCorrelation),
    heuristicMae: figure(floor.heuristicMae),
  };
}

/** The lower median, exact because delays are whole hundredths. */
function medianOf(histogram: Uint32Array, n: number): number {
  let seen = 0;
  for (let step = 0; step < histogram.length; step += 1) {
    seen += histogram[step]!;
    if (seen > 0 && 2 * seen >= n) return step / STEPS_PER_MINUTE + LOWEST_DELAY;
  }
  return Number.NaN;
}

function figure(value: number): number | null {
  return Number.isFinite(value) ? rounded(value, SUMMARY_DECIMALS) : null;
}
