import type { Weights } from '../statistics/summed-ratio.js';

/** What is divided by what: MAE(model) is MODEL / BOOKINGS, the improvement MODEL / HEURISTIC − 1. */
export const MODEL: Weights = { model: 1, heuristic: 0, one: 0 };
export const HEURISTIC: Weights = { model: 0, heuristic: 1, one: 0 };
export const DIFFERENCE: Weights = { model: 1, heuristic: -1, one: 0 };
export const BOOKINGS: Weights = { model: 0, heuristic: 0, one: 1 };
