import type { Coordinates } from '../booking/booking.js';
import { LATITUDE, LONGITUDE, type NumberRule, readNumber } from '../booking/values.js';
import { AtmrError } from '../errors.js';
import { nearestName } from '../nearest-name.js';
import { t } from '../wording/t.js';

/** Places to ask about by name; `weather.places` in the configuration adds others and replaces these. */
export const PLACES: Readonly<Record<string, Coordinates>> = {
  annecy: { lat: 45.9, lon: 6.12 },
  annemasse: { lat: 46.19, lon: 6.24 },
  basel: { lat: 47.56, lon: 7.59 },
  bern: { lat: 46.95, lon: 7.45 },
  biel: { lat: 47.14, lon: 7.25 },
  chur: { lat: 46.85, lon: 9.53 },
  fribourg: { lat: 46.81, lon: 7.16 },
  geneva: { lat: 46.2, lon: 6.14 },
  'la-chaux-de-fonds': { lat: 47.1, lon: 6.83 },
  lausanne: { lat: 46.52, lon: 6.63 },
  lugano: { lat: 46.0, lon: 8.95 },
  luzern: { lat: 47.05, lon: 8.31 },
  lyon: { lat: 45.76, lon: 4.84 },
  milano: { lat: 45.46, lon: 9.19 },
  montreux: { lat: 46.43, lon: 6.91 },
  neuchatel: { lat: 46.99, lon: 6.93 },
  nyon: { lat: 46.38, lon: 6.24 },
  sion: { lat: 46.23, lon: 7.36 },
  'st-gallen': { lat: 47.42, lon: 9.37 },
  winterthur: { lat: 47.5, lon: 8.73 },
  yverdon: { lat: 46.78, lon: 6.64 },
  zurich: { lat: 47.38, lon: 8.54 },
};
const DEFAULT_PLACE = 'geneva';

export interface NamedPlace extends Coordinates {
  /** `null` for bare coordinates. */
  readonly name: string | null;
}

interface PlaceFlags {
  readonly lat?: string;
  readonly lon?: string;
  readonly place?: string;
}

/** The place that the flags name, Geneva without any; USAGE for one that is none. */
export function placeOf(
  { lat, lon, place }: PlaceFlags,
  own: Readonly<Record<string, Coordinates>>,
): NamedPlace {
  if (lat === undefined && lon === undefined)
    return knownPlace(place ?? DEFAULT_PLACE, { ...PLACES, ...own });
  if (place !== undefined) {
    throw new AtmrError(
      'USAGE',
      t`--place and --${lat === undefined ? 'lon' : 'lat'} exclude each other; give one.`,
    );
  }
  if (lat === undefined || lon === undefined) {
    const [given, missing] = lat === undefined ? ['--lon', '--lat'] : ['--lat', '--lon'];
    throw new AtmrError(
      'USAGE',
      t`${given} is given without ${missing}; expected both, such as --lat 46.20 --lon 6.14.`,
    );
  }
  return { name: null, lat: degrees('--lat', lat, LATITUDE), lon: degrees('--lon', lon, LONGITUDE) };
}

function knownPlace(name: string, places: Readonly<Record<string, Coordinates>>): NamedPlace {
  const known = Object.keys(places);
  const match = known.find((one) => one.toLowerCase() === name.toLowerCase());
  const place = match === undefined ? undefined : places[match];
  if (match !== undefined && place !== undefined) return { name: match, ...place };
  const near = nearestName(name, known);
  const hint = near === null ? t`Known are ${known.toSorted().join(', ')}.` : t`Did you mean ${near}?`;
  const remedy = t`Give --lat and --lon, or add it to weather.places in the configuration file.`;
  throw new AtmrError('USAGE', t`--place is "${name}", which is not known. ${hint} ${remedy}`);
}

function degrees(flag: string, text: string, rule: NumberRule): number {
  const value = readNumber(text, rule);
  if (typeof value === 'number') return value;
  throw new AtmrError(
    'USAGE',
    t`${flag} is "${text}", which ${value}; expected decimal degrees such as 46.20.`,
  );
}
