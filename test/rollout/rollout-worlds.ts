import { LATE_ABOVE_MINUTES, MISSED_ABOVE_MINUTES } from '../../src/booking/outcome.js';
import { type DayFigures, emptyDay } from '../../src/rollout/day-figures.js';
import type { PlayedDay } from '../../src/rollout/play-moments.js';

/** Worlds of bookings that both arms predict, whose truth is known. Minutes. */
export interface ErrorWorld {
  readonly heuristicMae: number;
  readonly modelMae: number;
  /** Of the normal numbers whose sizes the arms' errors are. */
  readonly armCorrelation: number;
  /** How alike bookings of a day are: of the model's error, the heuristic's and their difference. */
  readonly dayCorrelation: number;
  readonly perDay: number;
  /** Share of the attempts in which the model fails. */
  readonly failing: number;
}

type Uniform = () => number;

/** How heavy the tails of both errors of a booking are, and how much delays vary: an R² of some 0.7. */
const TAIL_SPREAD = 0.4;
const DELAY = { mean: 3, spread: 5.4 };

const MEAN_SIZE = Math.sqrt(2 / Math.PI);
const TAIL_SQUARE = Math.exp(TAIL_SPREAD ** 2);
/** Of an error of mean 1 on a day like any other. */
const VARIANCE = TAIL_SQUARE / MEAN_SIZE ** 2 - 1;

/**
 * One day. An arm's error is the size of a normal number, correlated between the arms, times factors of mean 1: one of
 * the booking, shared by the arms, and those of the day, shared as much as it takes for the day correlation of the
 * difference to be that of the errors.
 */
export function drawDay(world: ErrorWorld, dayNumber: number, uniform: Uniform): PlayedDay {
  const { heuristicMae, modelMae, armCorrelation, perDay, failing } = world;
  const gaussian = gaussians(uniform);
  const factors = dayFactors(world, gaussian);
  const other = Math.sqrt(1 - armCorrelation ** 2);
  const figures: { -readonly [Name in keyof DayFigures]: DayFigures[Name] } = emptyDay(dayNumber);
  const [attempts, misses]: [boolean[], boolean[]] = [[], []];
  for (let i = 0; i < perDay; i++) {
    figures.asked++;
    const isFailure = uniform() < failing;
    attempts.push(isFailure);
    if (isFailure) continue;
    const first = gaussian();
    const second = armCorrelation * first + other * gaussian();
    const tail = Math.exp(TAIL_SPREAD * gaussian() - TAIL_SPREAD ** 2 / 2) / MEAN_SIZE;
    const [model, heuristic] = [
      modelMae * first * tail * factors.model,
      heuristicMae * second * tail * factors.heuristic,
    ];
    const actual = DELAY.mean + DELAY.spread * gaussian();
    add(figures, Math.abs(model), Math.abs(heuristic), actual);
    const isLate = actual > LATE_ABOVE_MINUTES;
    const isForeseen = actual + model > LATE_ABOVE_MINUTES && actual + heuristic <= LATE_ABOVE_MINUTES;
    if (isLate && isForeseen) figures.foreseen++;
    misses.push(Math.abs(model) > MISSED_ABOVE_MINUTES);
  }
  return { figures, attempts, misses };
}

/** Days from `firstDay` on. */
export function* drawDays(world: ErrorWorld, firstDay: number, count: number, uniform: Uniform) {
  for (let i = 0; i < count; i++) yield drawDay(world, firstDay + i, uniform);
}

/** The arms' correlation at which their difference has the standardised effect `effect`. */
export function worldOfEffect(world: Omit<ErrorWorld, 'armCorrelation'>, effect: number): ErrorWorld {
  let [low, high] = [0, 1];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (effectOf({ ...world, armCorrelation: middle }) < effect) low = middle;
    else high = middle;
  }
  return { ...world, armCorrelation: high };
}

/** Mean of the paired difference over its standard deviation. */
function effectOf(world: ErrorWorld): number {
  const { modelMae: e, heuristicMae: h } = world;
  const { own, between } = covariances(world);
  const variance =
    (e ** 2 + h ** 2) * together(VARIANCE, own) - 2 * e * h * together(covariance(world), between);
  return Math.abs(e - h) / Math.sqrt(variance);
}

/** What a draw of many days shows of a world. */
export function measured(world: ErrorWorld, days: number, uniform: Uniform) {
  let [n, e, h, ee, hh, eh] = [0, 0, 0, 0, 0, 0];
  let squaresOfDays = 0;
  for (const { figures: day } of drawDays({ ...world, failing: 0 }, 0, days, uniform)) {
    n += day.settled;
    e += day.e;
    h += day.h;
    ee += day.ee;
    hh += day.hh;
    eh += day.eh;
    squaresOfDays += (day.e - day.h) ** 2 / day.settled;
  }
  const mean = (e - h) / n;
  const squares = ee + hh - 2 * eh;
  const within = (squares - squaresOfDays) / (n - days);
  const between = (squaresOfDays - n * mean ** 2) / (days - 1);
  const size = n / days;
  const [varianceE, varianceH] = [ee / n - (e / n) ** 2, hh / n - (h / n) ** 2];
  return {
    modelMae: e / n,
    heuristicMae: h / n,
    armCorrelation: (eh / n - (e * h) / n ** 2) / Math.sqrt(varianceE * varianceH),
    effect: mean / Math.sqrt(squares / n - mean ** 2),
    dayCorrelation: (between - within) / (between + (size - 1) * within),
  };
}

/** Factors of mean 1: a common one, which makes days hard for both arms, and one of each arm. */
function dayFactors(world: ErrorWorld, gaussian: () => number) {
  const { own, between } = covariances(world);
  const common = Math.log1p(between);
  const single = Math.log1p(own) - common;
  const factor = (variance: number) => Math.exp(Math.sqrt(variance) * gaussian() - variance / 2);
  const shared = factor(common);
  return { model: shared * factor(single), heuristic: shared * factor(single) };
}

/** Of one arm's day factor, and of the two arms', at which every correlation within a day is the wanted one. */
function covariances(world: ErrorWorld) {
  const { dayCorrelation: rho } = world;
  const at = (alike: number) => (rho * alike) / (1 - rho * (1 + alike));
  return { own: at(VARIANCE), between: at(covariance(world)) };
}

/** Of both arms' errors of mean 1 on a day like any other. */
function covariance({ armCorrelation: r }: ErrorWorld): number {
  const product = (2 / Math.PI) * (Math.sqrt(1 - r ** 2) + r * Math.asin(r));
  return (TAIL_SQUARE * product) / MEAN_SIZE ** 2 - 1;
}

/** The covariance of products of independent factors of mean 1. */
function together(a: number, b: number): number {
  return (1 + a) * (1 + b) - 1;
}

function add(
  day: { -readonly [Name in keyof DayFigures]: DayFigures[Name] },
  e: number,
  h: number,
  actual: number,
): void {
  day.settled++;
  day.e += e;
  day.h += h;
  day.ee += e * e;
  day.hh += h * h;
  day.eh += e * h;
  day.actual += actual;
  day.actualSquares += actual * actual;
}

function gaussians(uniform: Uniform): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
