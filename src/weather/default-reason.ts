/** Why a weather factor is the default instead of a measurement. */
export type WeatherDefaultReason =
  | 'no_key'
  | 'unauthorized'
  | 'rate_limited'
  | 'timeout'
  | 'unreachable'
  | 'malformed'
  | 'no_coordinates'
  | 'beyond_forecast'
  | 'no_history'
  | 'disabled';
