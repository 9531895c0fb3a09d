import type { LocalTime } from '../booking/local-time.js';
import { experienceMinutes } from './delay.js';
import { departures } from './departures.js';
import { createFleet, type Fleet, hireBeginners, renewFleet } from './drivers.js';
import { drawOutcome, type Shift } from './outcome.js';
import { planPeriod, type SimulatedDay } from './period.js';
import { createRegion, type Region } from './places.js';
import { type Random, randomStream } from './random.js';
import { drawRide, type Ride } from './ride.js';
import { worldOn } from './scenario.js';
import { withSensorFault } from './sensor-fault.js';
import type { SimulationSettings } from './settings.js';

/** A booking, and the truth behind its delay that nobody outside a simulation knows. */
export interface SimulatedBooking extends Ride {
  /** What the booking lets one expect: the median of its delay given everything it shows. */
  readonly structuralMinutes: number;
  /** The rest: driver, day, luck, disaster. */
  readonly noiseMinutes: number;
}

/** What one run carries from booking to booking. */
interface Simulation {
  readonly settings: SimulationSettings;
  readonly random: Readonly<Record<'bookings' | 'outcomes' | 'faults' | 'fleet', Random>>;
  readonly region: Region;
  readonly fleet: Fleet;
  nextId: number;
}

/** Simulated bookings in the order of their scheduled times; the memory needed does not grow with their number. */
export function* simulateBookings(settings: SimulationSettings): Iterable<SimulatedBooking> {
  const simulation = openSimulation(settings);
  for (const day of planPeriod(settings)) {
    const shift = beginShift(simulation, day);
    const due = departures(simulation.random.bookings, day.dayNumber, day.bookings);
    for (const { scheduled, bookings } of due) {
      for (let i = 0; i < bookings; i += 1) yield simulateBooking(simulation, shift, scheduled);
    }
  }
}

function openSimulation(settings: SimulationSettings): Simulation {
  const { seed, bookings, days } = settings;
  const fleetRandom = randomStream(seed, 'fleet');
  return {
    settings,
    random: {
      bookings: randomStream(seed, 'bookings'),
      outcomes: randomStream(seed, 'outcomes'),
      faults: randomStream(seed, 'faults'),
      fleet: fleetRandom,
    },
    region: createRegion(randomStream(seed, 'places')),
    fleet: createFleet(fleetRandom, bookings / days),
    nextId: 1,
  };
}

function beginShift({ settings, fleet, random }: Simulation, day: SimulatedDay): Shift {
  const world = worldOn(day.index, settings.scenario);
  renewFleet(fleet, random.fleet);
  if (day.index === settings.scenario?.day) hireBeginners(fleet, random.fleet, world.newDriverShare);
  const experience = fleet.drivers.reduce((sum, { completed }) => sum + experienceMinutes(completed), 0);
  return { day, world, meanExperienceMinutes: experience / fleet.drivers.length };
}

function simulateBooking(simulation: Simulation, shift: Shift, scheduled: LocalTime): SimulatedBooking {
  const { random, region, fleet, settings } = simulation;
  const driver = fleet.drivers[random.bookings.below(fleet.drivers.length)]!;
  const weather = shift.day.weather[scheduled.hour]!;
  const ride = drawRide(random.bookings, region, simulation.nextId, scheduled, driver, weather);
  simulation.nextId += 1;
  const outcome = drawOutcome(random.outcomes, shift, ride.booking, driver);
  driver.completed += 1;
  const isFaulty = random.faults.chance(shift.world.faultyShare);
  const isSettled = !random.faults.chance(settings.unsettledPercent / 100);
  const booking = isFaulty ? withSensorFault(ride.booking) : ride.booking;
  return {
    booking: { ...booking, actualDelayMinutes: isSettled ? outcome.delayMinutes : null },
    medicalFacility: ride.medicalFacility,
    structuralMinutes: outcome.structural,
    noiseMinutes: outcome.delayMinutes - outcome.structural,
  };
}
