import type { Coordinates } from '../booking/booking.js';
import { type Random, rounded } from './random.js';

/** A part of the Geneva region where rides begin and end: a centre, how far it spreads, and its share of them. */
interface Area {
  readonly lat: number;
  readonly lon: number;
  readonly spreadDegrees: number;
  readonly weight: number;
}

const AREAS: readonly Area[] = [
  { lat: 46.2044, lon: 6.1432, spreadDegrees: 0.01, weight: 18 },
  { lat: 46.1925, lon: 6.1495, spreadDegrees: 0.008, weight: 13 },
  { lat: 46.2201, lon: 6.1105, spreadDegrees: 0.009, weight: 12 },
  { lat: 46.1836, lon: 6.1025, spreadDegrees: 0.009, weight: 11 },
  { lat: 46.2005, lon: 6.2005, spreadDegrees: 0.009, weight: 9 },
  { lat: 46.2315, lon: 6.0795, spreadDegrees: 0.009, weight: 8 },
  { lat: 46.2505, lon: 6.1505, spreadDegrees: 0.009, weight: 7 },
  { lat: 46.1605, lon: 6.1105, spreadDegrees: 0.008, weight: 8 },
  { lat: 46.2805, lon: 6.1655, spreadDegrees: 0.008, weight: 5 },
  { lat: 46.1805, lon: 6.0305, spreadDegrees: 0.01, weight: 6 },
  { lat: 46.2455, lon: 6.2105, spreadDegrees: 0.01, weight: 6 },
  { lat: 46.3355, lon: 6.1905, spreadDegrees: 0.008, weight: 1 },
];
/** One in each of the first areas. */
const CLINIC_COUNT = 10;
const COORDINATE_DECIMALS = 4;

/** Where rides can go: any place of the region, or one of the clinics. */
export interface Region {
  randomPlace(): Coordinates;
  readonly clinics: readonly Clinic[];
}

interface Clinic {
  readonly label: string;
  readonly place: Coordinates;
}

/** A region whose clinics stay where they are; `random` draws all of its places. */
export function createRegion(random: Random): Region {
  const areaAt = weightedTable(AREAS);
  const randomPlace = () => placeIn(areaAt[random.below(areaAt.length)]!, random);
  const clinics = AREAS.slice(0, CLINIC_COUNT).map((area, index) => ({
    label: `clinic-${index + 1}`,
    place: placeIn(area, random),
  }));
  return { randomPlace, clinics };
}

function placeIn({ lat, lon, spreadDegrees }: Area, random: Random): Coordinates {
  return {
    lat: rounded(lat + spreadDegrees * random.normal(), COORDINATE_DECIMALS),
    lon: rounded(lon + spreadDegrees * random.normal(), COORDINATE_DECIMALS),
  };
}

/** Each area as many times as its weight, so that one draw picks one by its share. */
function weightedTable(areas: readonly Area[]): readonly Area[] {
  return areas.flatMap((area) => Array.from({ length: area.weight }, () => area));
}
