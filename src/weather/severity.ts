import type { Weather } from './weather.js';

/** Each condition's share of the severity, 0 where it does not apply. */
export interface SeverityTerms {
  readonly precipitation: number;
  readonly wind: number;
  readonly visibility: number;
  readonly clouds: number;
  readonly temperature: number;
}

/** The highest sum that the terms can reach. */
export const WORST_SEVERITY = 0.95;
/** Ordinary weather, and what stands in for unknown weather: losing the weather on a fine day moves no prediction. */
export const ORDINARY_FACTOR = 0.5;

/** The named terms of how much the weather slows a pickup; they sum to 0–{@link WORST_SEVERITY}. */
export function severityTerms(weather: Weather): SeverityTerms {
  return {
    precipitation: precipitationTerm(weather),
    wind: windTerm(weather.windKmh),
    visibility: visibilityTerm(weather.visibilityMeters),
    clouds: cloudsTerm(weather.cloudsPercent),
    temperature: temperatureTerm(weather.temperatureC),
  };
}

/** The sum of {@link severityTerms}. */
export function severity(weather: Weather): number {
  const { windKmh, visibilityMeters, cloudsPercent, temperatureC } = weather;
  const sky = windTerm(windKmh) + visibilityTerm(visibilityMeters) + cloudsTerm(cloudsPercent);
  // Tenths have no exact binary form: the worst terms may sum to a hair more than the worst.
  return Math.min(WORST_SEVERITY, precipitationTerm(weather) + sky + temperatureTerm(temperatureC));
}

/** 0.5 (ordinary) to 1.0 (worst); unknown weather is ordinary. */
export function weatherFactor(weather: Weather | null): number {
  if (weather === null) return ORDINARY_FACTOR;
  return ORDINARY_FACTOR + (1 - ORDINARY_FACTOR) * (severity(weather) / WORST_SEVERITY);
}

function windTerm(kmh: number): number {
  return kmh > 50 ? 0.2 : kmh > 30 ? 0.1 : 0;
}

function cloudsTerm(percent: number): number {
  return percent > 80 ? 0.05 : 0;
}

/** Snow hides the rain of the same hour: a sleet report is counted once, as snow. */
function precipitationTerm({ snowMm, rainMm }: Weather): number {
  if (snowMm > 0) return Math.min(0.4, 0.2 + 0.05 * snowMm);
  if (rainMm > 0) return Math.min(0.3, 0.1 + 0.02 * rainMm);
  return 0;
}

function visibilityTerm(meters: number | null): number {
  if (meters === null) return 0;
  return meters < 1000 ? 0.2 : meters < 5000 ? 0.1 : 0;
}

function temperatureTerm(celsius: number): number {
  if (celsius < -5 || celsius > 35) return 0.1;
  return celsius < 0 || celsius > 30 ? 0.05 : 0;
}
