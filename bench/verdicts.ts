/**
 * How often the verdicts err, in simulated worlds whose truth is known. Run: `npm run bench:verdicts`.
 *
 * Fails when a sequential test alarms falsely more often than it says, when the gate on −32 % passes 50 bookings of a
 * model that gains 29 %, or when the interval that decides a replay does not hold the truth as often as it says.
 */
import { writeSync } from 'node:fs';
import {
  type Alarms,
  bettingAlarms,
  cappedMean,
  coverage,
  dayCorrelationOf,
  daySequenceAlarms,
  gateAnswers,
  rateAlarms,
  shiftAlarms,
  type World,
} from '../test/statistics/verdict-simulations.js';

const SEED = 20260101;
const RUNS = { runs: 2000, looks: 1500, seed: SEED };
const POWER_RUNS = { ...RUNS, runs: 500 };
/** Three standard errors of 5 % in so many runs. */
const NOISE = 3 * Math.sqrt((0.05 * 0.95) / RUNS.runs);
const REPLAYS = 1000;
const WORLD: World = { bookings: 200, perDay: 10, drivers: 25, ratio: 0.71, daySpread: 0, driverSpread: 0 };
const failures: string[] = [];

print(`seed ${SEED}; ${RUNS.runs} runs of ${RUNS.looks} looks; power over ${POWER_RUNS.runs} runs`);
print('\n(a) false alarms at the boundary, at most 5 %, and power');
falseAlarms('rate e-process, 20 %', rateAlarms(0.2, RUNS));
power('  rate 25 %', rateAlarms(0.25, POWER_RUNS));
power('  rate 30 %', rateAlarms(0.3, POWER_RUNS));
falseAlarms('betting sequence, MAE 2.5', bettingAlarms(2.5, cappedMean(2.5), RUNS));
power('  MAE 2.75', bettingAlarms(2.75, cappedMean(2.5), POWER_RUNS));
power('  MAE 3.0', bettingAlarms(3, cappedMean(2.5), POWER_RUNS));
for (const correlation of [0, 0.05]) {
  const of = `10 bookings a day, correlation ${correlation}`;
  falseAlarms(`day means, ${of}`, daySequenceAlarms(0, correlation, RUNS));
  power('  difference −0.1 sd', daySequenceAlarms(-0.1, correlation, POWER_RUNS));
  power('  difference −0.2 sd', daySequenceAlarms(-0.2, correlation, POWER_RUNS));
}
shiftDetector();

print(`\n(b) the gate on −32 % for a true −29 %, 50 bookings, ${REPLAYS} replays`);
gateOf('independent bookings', WORLD, 0.05);
// What all bookings of one day share, one day cannot tell: the output says that days were not used, `--by day` refuses.
gateOf('one day whose bookings are alike', { ...WORLD, daySpread: 0.2 }, 1);

print(`\n(c) coverage of the improvement at 200 bookings of 20 days and 25 drivers, ${REPLAYS} replays`);
coverageOf('independent', WORLD);
coverageOf('days alike', { ...WORLD, daySpread: 0.2 });
coverageOf('days and drivers alike', { ...WORLD, daySpread: 0.2, driverSpread: 0.2 });
if (failures.length > 0) {
  print(`\nFAILED: ${failures.join('; ')}`);
  process.exit(1);
}

function falseAlarms(name: string, { share }: Alarms): void {
  print(`${name.padEnd(52)} ${percent(share)}`);
  check(`${name}: ${percent(share)}`, share <= 0.05 + NOISE);
}

function power(name: string, { share, at }: Alarms): void {
  const median = at[Math.floor(POWER_RUNS.runs / 2)];
  print(`${name.padEnd(52)} found in ${percent(share)}, median look ${median ?? 'not reached'}`);
}

/** Its promise is not a probability but the mean number of looks between false alarms. */
function shiftDetector(): void {
  const within = shiftAlarms(0.2, RUNS);
  const { at, share } = shiftAlarms(0.2, { ...RUNS, runs: 1000, looks: 50_000 });
  const mean = at.reduce((sum, look) => sum + look, 0) / 1000 + (1 - share) * 50_000;
  print(`${'shift detector at 20 %: within 1,500 looks'.padEnd(52)} ${percent(within.share)}`);
  print(`${'  mean looks to a false alarm, at least 2,000'.padEnd(52)} ${Math.round(mean)}`);
  check(`shift detector: ${Math.round(mean)} looks`, mean >= 2000);
  print(
    `${'  at a healthy 12 %: within 1,500 looks'.padEnd(52)} ${percent(shiftAlarms(0.12, POWER_RUNS).share)}`,
  );
  power('  rate 30 % from the start', shiftAlarms(0.3, POWER_RUNS));
}

function gateOf(name: string, world: World, mostPasses: number): void {
  const { pass, fail, insufficient, point } = gateAnswers(
    { ...world, bookings: 50, perDay: 100 },
    REPLAYS,
    SEED,
  );
  print(
    `${name.padEnd(52)} not enough data ${percent(insufficient)}, fail ${percent(fail)}, pass ${percent(pass)}; the bare number reaches it in ${percent(point)}`,
  );
  check(`gate, ${name}: passes ${percent(pass)}`, pass <= mostPasses);
}

function coverageOf(name: string, world: World): void {
  const correlation = dayCorrelationOf(world, 4000, SEED).toFixed(3);
  const { decided, lowerBound, upperBound, booking } = coverage(world, REPLAYS, SEED);
  print(
    `${`${name}, correlation within a day ${correlation}`.padEnd(52)} ${percent(decided)}; bounds ${percent(lowerBound)} and ${percent(upperBound)}; by booking alone ${percent(booking)}`,
  );
  check(`coverage, ${name}: ${percent(decided)}`, decided >= 0.93 && decided <= 0.97);
}

function check(what: string, holds: boolean): void {
  if (!holds) failures.push(what);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function print(line: string): void {
  writeSync(1, `${line}\n`);
}
