import { describe, expect, it } from 'vitest';
import { parseBoolean, parseDurationMs, readVariables } from '../src/environment.js';

describe('readVariables', () => {
  it('prefers the process to .env, and says where a value is from', () => {
    const { variables } = readVariables({ A: 'process' }, { A: 'file', B: 'file' }, ['A', 'B', 'C']);
    expect(variables).toEqual({
      A: { value: 'process', source: 'environment' },
      B: { value: 'file', source: '.env' },
    });
  });

  it('counts an empty value as not set', () => {
    expect(readVariables({ A: ' ' }, { A: 'file' }, ['A']).variables).toEqual({
      A: { value: 'file', source: '.env' },
    });
  });

  it.each([
    'your_api_key_here',
    'your_sentry_dsn_here',
    'postgresql://user:pass@host:5432/atmr_prod',
    'changeme',
    '<key>',
  ])('counts the placeholder %s as not set, with a warning', (placeholder) => {
    const { variables, warnings } = readVariables({}, { KEY: placeholder }, ['KEY']);
    expect(variables).toEqual({});
    expect(warnings).toEqual(['KEY in the .env is a placeholder; it counts as not set.']);
  });
});

describe('parseBoolean', () => {
  it.each([
    ['true', true],
    ['YES', true],
    ['1', true],
    ['False', false],
    ['no', false],
    ['0', false],
  ])('reads %s', (text, value) => {
    expect(parseBoolean('ML_ENABLED', text)).toBe(value);
  });

  it.each(['on', 'maybe', '2', 'constructor'])('refuses %s', (text) => {
    expect(() => parseBoolean('ML_ENABLED', text)).toThrow(/ML_ENABLED is ".*"; expected true, false/);
  });
});

describe('parseDurationMs', () => {
  it.each([
    ['10m', 600_000],
    ['90s', 90_000],
    ['1.5h', 5_400_000],
    ['250ms', 250],
    ['10', null],
    ['-1s', null],
    [`${'9'.repeat(400)}d`, null],
    ['', null],
  ])('reads %s', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });
});
