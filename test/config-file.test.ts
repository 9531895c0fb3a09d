import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { readConfigFile } from '../src/config-file.js';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
  file = join(folder, 'a.yaml');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('readConfigFile', () => {
  it('takes every setting, and an empty file', async () => {
    writeFileSync(file, '# nothing\n');
    expect(await readConfigFile(file)).toEqual({});
    const settings = { timezone: 'Europe/Paris', heuristic: { minutesPerKm: 0.4 }, models: './m' };
    writeFileSync(file, JSON.stringify({ ...settings, flag: { key: 'k', staleAfter: '5m' } }));
    expect(await readConfigFile(file)).toMatchObject(settings);
  });

  it.each([
    [
      'timezon: UTC',
      'there is no setting timezon (did you mean timezone?); known are timezone, heuristic, models, flag, serve, bookings, rollout, guard, alerts, contacts, escalation, weather',
    ],
    [
      'heuristic: {minutesPerKM: 1}',
      'there is no setting heuristic.minutesPerKM (did you mean minutesPerKm?); known in heuristic are minutesPerKm, baseMinutes, defaultMinutes.',
    ],
    ['timezone: Mars/North', 'timezone is Mars/North; expected an IANA time zone such as Europe/Zurich.'],
    [
      'heuristic: {minutesPerKm: 1e300}',
      'heuristic.minutesPerKm is 1e+300; expected a number from 0 to 1000.',
    ],
    ['heuristic: {baseMinutes: -1}', 'heuristic.baseMinutes is -1; expected a number from 0 to 1000.'],
    ['models: 7', 'models is 7; expected a text.'],
    ['heuristic: 7', 'heuristic is not a list of keys with values.'],
    [
      '- a',
      'there is no setting 0; known are timezone, heuristic, models, flag, serve, bookings, rollout, guard, alerts, contacts, escalation, weather',
    ],
    ['weather: {places: {clinic: {lat: 46}}}', 'weather.places.clinic.lon is missing.'],
    ['weather: {places: {clinic: {lat: 1, lng: 2}}}', 'known in weather.places.clinic are lat, lon'],
    ['weather: {places: {clinic: {lat: 1, lon: 200}}}', 'expected degrees from −180 to 180.'],
    ['7', 'it is not a list of keys with values.'],
    ['a: b: c', 'a.yaml is not YAML: Nested mappings are not allowed in compact mappings'],
  ])('says of %j what does not fit', async (content, fault) => {
    writeFileSync(file, content);
    await expect(readConfigFile(file)).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining(fault),
    });
  });

  it('tells a folder and a missing file from one that is not YAML', async () => {
    mkdirSync(file);
    await expect(readConfigFile(file)).rejects.toThrow(
      /a\.yaml cannot be read: it is a folder; expected a YAML/,
    );
    await expect(readConfigFile(join(folder, 'none'))).rejects.toThrow(/There is no configuration file at/);
  });
});

it('resolves models against the folder of the file, and trains there', async () => {
  writeFileSync(file, 'models: ./mine');
  const mine = join(folder, 'mine');
  expect(await readConfig(file)).toMatchObject({ modelsFolder: mine, newModelsFolder: mine });
});
