import { describe, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import {
  DEFAULT_SIMULATION,
  dayNumberOf,
  type SimulationFlags,
  simulationSettings,
} from '../../src/simulator/settings.js';

function refusal(flags: SimulationFlags): string {
  try {
    simulationSettings(flags);
  } catch (thrown) {
    if (thrown instanceof AtmrError && thrown.code === 'USAGE') return thrown.message;
    throw thrown;
  }
  return 'accepted';
}

describe('simulationSettings', () => {
  it('fills in the defaults', () => {
    expect(simulationSettings({})).toEqual(DEFAULT_SIMULATION);
  });

  it('reads every flag', () => {
    const flags = { bookings: '10', from: '2024-02-29', days: '3', seed: '0', unsettled: '25' };
    expect(simulationSettings({ ...flags, scenario: 'snow-week', scenarioDay: '3' })).toEqual({
      bookings: 10,
      from: '2024-02-29',
      days: 3,
      seed: 0,
      unsettledPercent: 25,
      scenario: { name: 'snow-week', day: 2 },
    });
  });

  it('starts a scenario in the middle unless told otherwise', () => {
    expect(simulationSettings({ days: '10', scenario: 'demand-surge' }).scenario?.day).toBe(5);
    expect(simulationSettings({ days: '1', scenario: 'demand-surge' }).scenario?.day).toBe(0);
  });

  it.each<[SimulationFlags, string]>([
    [{ bookings: '-1' }, '--bookings is "-1"'],
    [{ bookings: '0' }, '--bookings'],
    [{ bookings: '1.5' }, '--bookings'],
    [{ bookings: '1e3' }, '--bookings'],
    [{ bookings: '' }, '--bookings'],
    [{ bookings: '999999999999' }, '--bookings'],
    [{ days: '0' }, '--days'],
    [{ days: '9999' }, '--days'],
    [{ seed: '-3' }, '--seed'],
    [{ seed: '2147483648' }, '--seed'],
    [{ unsettled: '101' }, '--unsettled'],
    [{ from: '2026-02-30' }, '--from is "2026-02-30"'],
    [{ from: '2026-13-01' }, '--from'],
    [{ from: '5 January' }, '--from'],
    [{ from: '0001-01-01' }, '--from'],
    [{ scenario: 'toString' }, 'There is no scenario "toString"; expected one of snow-week'],
    [{ scenario: 'snow-week', scenarioDay: '0' }, '--scenario-day'],
    [{ scenario: 'snow-week', scenarioDay: '183' }, '--scenario-day'],
    [{ scenarioDay: '3' }, 'name one with --scenario'],
  ])('refuses %j', (flags, message) => {
    expect(refusal(flags)).toContain(message);
  });
});

describe('dayNumberOf', () => {
  it('counts from 1970-01-01 and knows no other spelling', () => {
    expect(dayNumberOf('1970-01-02')).toBe(1);
    expect(dayNumberOf('1970-1-2')).toBeNaN();
  });
});
