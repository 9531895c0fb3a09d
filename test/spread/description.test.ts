import { describe, expect, it } from 'vitest';
import { DEFAULT_HEURISTIC } from '../../src/model/heuristic.js';
import { differences, type ReplayDescription, runName } from '../../src/spread/description.js';

const ASKED: ReplayDescription = {
  version: '1.0.0',
  model: 'a'.repeat(64),
  against: null,
  runtime: 'builtin ',
  heuristic: DEFAULT_HEURISTIC,
  window: { fromMs: null, untilMs: null },
  onBadRow: 'fail',
  query: null,
  database: '0123456789abcdef',
  timeZone: 'Europe/Zurich',
};

describe('what a part is scored with', () => {
  it('is told where it differs, hashes by their beginning', () => {
    expect(differences(ASKED, ASKED)).toEqual([]);
    expect(differences(ASKED, { ...ASKED, model: 'b'.repeat(64), timeZone: 'Europe/Paris' })).toEqual([
      'the model (aaaaaaaaaaaa, here bbbbbbbbbbbb)',
      'the timezone (Europe/Zurich, here Europe/Paris)',
    ]);
  });

  it('names the run, whatever differs', () => {
    const others: ReplayDescription[] = [
      { ...ASKED, version: '1.0.1' },
      { ...ASKED, model: 'c'.repeat(64) },
      { ...ASKED, against: 'a'.repeat(64) },
      { ...ASKED, runtime: 'onnxruntime ' },
      { ...ASKED, heuristic: { ...DEFAULT_HEURISTIC, baseMinutes: 4 } },
      { ...ASKED, window: { fromMs: 0, untilMs: null } },
      { ...ASKED, onBadRow: 'skip' },
      { ...ASKED, query: 'd'.repeat(64) },
      { ...ASKED, database: 'fedcba9876543210' },
      { ...ASKED, timeZone: 'Europe/Paris' },
    ];
    const names = [runName(ASKED, null), runName(ASKED, 500), ...others.map((other) => runName(other, null))];
    expect(new Set(names).size).toBe(names.length);
    expect(runName({ ...ASKED }, null)).toBe(names[0]);
  });
});
