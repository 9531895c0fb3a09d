import { numbersSaid } from '../../wording/numbers-said.js';
import { t } from '../../wording/t.js';
import type { Findings } from '../analyse.js';
import type { WeatherContrast } from '../weather-contrast.js';
import type { Cause, SourceFlag } from './cause.js';
import { ALPHA, alphaFor, CONTRAST_MINUTES, SHIFT_MINUTES } from './material.js';

export function newDriversCause({ newDrivers: test, overTime }: Findings, source: SourceFlag): Cause | null {
  if (test.kind !== 'tested' || test.p > alphaFor(test.contrast, overTime, ALPHA.newDrivers)) return null;
  if (Math.abs(test.contrast) < CONTRAST_MINUTES || Math.abs(test.bias) < SHIFT_MINUTES) return null;
  return {
    name: 'new-drivers',
    sentence:
      test.bias < 0
        ? t`New drivers come later than their experience lets the model expect.`
        : t`New drivers come earlier than their experience lets the model expect.`,
    minutes: test.share * Math.max(0, test.mae - test.othersMae),
    evidence: [
      { label: t`drivers who began with at most ${test.newUpTo} rides`, value: test.drivers, unit: 'count' },
      { label: t`their share of the bookings`, value: test.share, unit: 'share' },
      { label: t`predicted − actual, theirs`, value: test.bias, unit: 'min' },
      { label: t`of the other drivers`, value: test.othersBias, unit: 'min' },
      { label: t`chance without a difference`, value: test.p, unit: 'p' },
    ],
    nextCommand: `atmr-ml train${source}`,
  };
}

export function severeWeather(findings: Findings): Cause | null {
  const { weather, overTime } = findings;
  return weather.kind === 'tested' ? worseInIt(weather, overTime) : nothingElse(findings);
}

function worseInIt(weather: WeatherContrast, overTime: Findings['overTime']): Cause | null {
  if (weather.p > alphaFor(weather.contrast, overTime, ALPHA.weather)) return null;
  if (Math.abs(weather.contrast) < CONTRAST_MINUTES) return null;
  const above = numbersSaid().decimal(weather.above, 2);
  return {
    name: 'severe-weather',
    sentence: t`The model is off in weather that training hardly saw.`,
    minutes: weather.share * Math.max(0, weather.mae - weather.othersMae),
    evidence: [
      { label: t`bookings with a weather factor above ${above}`, value: weather.bookings, unit: 'count' },
      { label: t`on days`, value: weather.days, unit: 'count' },
      { label: t`predicted − actual in it`, value: weather.bias, unit: 'min' },
      { label: t`otherwise`, value: weather.othersBias, unit: 'min' },
      { label: t`chance without a difference`, value: weather.p, unit: 'p' },
    ],
    nextCommand: 'atmr-ml weather-check',
  };
}

/** Nothing but severe weather: there is no other to compare with, only zero. */
function nothingElse({ severeShare, overTime: { bias } }: Findings): Cause | null {
  if (severeShare < 0.5 || bias.kind !== 'tested') return null;
  if (bias.p > ALPHA.bias || Math.abs(bias.mean) < CONTRAST_MINUTES) return null;
  return {
    name: 'severe-weather',
    sentence: t`The model is off, in weather that training hardly saw.`,
    minutes: Math.abs(bias.mean),
    evidence: [
      { label: t`share of bookings in it`, value: severeShare, unit: 'share' },
      { label: t`predicted − actual`, value: bias.mean, unit: 'min' },
      { label: t`chance without a bias`, value: bias.p, unit: 'p' },
    ],
    nextCommand: 'atmr-ml weather-check',
  };
}
