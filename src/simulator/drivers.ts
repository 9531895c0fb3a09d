import type { Random } from './random.js';

/** One driver of the simulated fleet. `completed` grows with every ride. */
export interface Driver {
  readonly id: number;
  completed: number;
  /** How slow this driver is for good, as the logarithm of a time factor: what no feature of a booking shows. */
  readonly slowness: number;
}

/** The drivers on the road; a driver who leaves is replaced in place by a beginner with the next id. */
export interface Fleet {
  readonly drivers: Driver[];
  nextId: number;
}

const RIDES_PER_DRIVER_DAY = 1;
const FEWEST_DRIVERS = 12;
const SLOWNESS_SD = 0.04;
/** Of a fleet at the start, the share that has only just begun. */
const BEGINNER_SHARE = 0.35;
const BEGINNER_MEAN_RIDES = 25;
const PRACTISED_MEAN_RIDES = 180;
/** Drivers stay about a year: without newcomers a long simulation would end with experts only. */
const DAILY_LEAVERS = 1 / 300;
/** The beginners of the `new-drivers` scenario are on average this much slower. */
const POOR_PUNCTUALITY = 0.3;

/** A fleet that suits `bookingsPerDay`, with beginners and old hands. */
export function createFleet(random: Random, bookingsPerDay: number): Fleet {
  const size = Math.max(FEWEST_DRIVERS, Math.ceil(bookingsPerDay / RIDES_PER_DRIVER_DAY));
  const drivers = Array.from({ length: size }, (_, index) => {
    const meanRides = random.chance(BEGINNER_SHARE) ? BEGINNER_MEAN_RIDES : PRACTISED_MEAN_RIDES;
    const completed = Math.floor(meanRides * random.exponential());
    return { id: index + 1, completed, slowness: SLOWNESS_SD * random.normal() };
  });
  return { drivers, nextId: size + 1 };
}

/** Lets a few drivers leave overnight. */
export function renewFleet(fleet: Fleet, random: Random): void {
  for (let slot = 0; slot < fleet.drivers.length; slot += 1) {
    if (random.chance(DAILY_LEAVERS)) replaceDriver(fleet, slot, SLOWNESS_SD * random.normal());
  }
}

/** Replaces `share` of the fleet by beginners with poor punctuality. */
export function hireBeginners(fleet: Fleet, random: Random, share: number): void {
  const slots = Math.round(fleet.drivers.length * share);
  for (let slot = 0; slot < slots; slot += 1) {
    replaceDriver(fleet, slot, POOR_PUNCTUALITY + SLOWNESS_SD * random.normal());
  }
}

function replaceDriver(fleet: Fleet, slot: number, slowness: number): void {
  fleet.drivers[slot] = { id: fleet.nextId, completed: 0, slowness };
  fleet.nextId += 1;
}
