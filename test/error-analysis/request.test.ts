import { expect, test } from 'vitest';
import { analysisRequest } from '../../src/error-analysis/request.js';

const NOW_MS = Date.UTC(2026, 7, 20, 12);
const read = (flags: object) => analysisRequest({ report: [], ...flags }, 'Europe/Zurich', NOW_MS);

test('the flags mean what they say', () => {
  expect(read({})).toEqual({
    source: undefined,
    window: { fromMs: null, untilMs: null },
    baseline: null,
    worst: 10,
    seed: 1,
    csv: undefined,
    onBadRow: 'fail',
  });
  expect(read({ since: '24h' }).window.fromMs).toBe(Date.UTC(2026, 7, 19, 12));
  expect(read({ since: '7d' }).window.fromMs).toBe(Date.UTC(2026, 7, 13, 12));
  expect(read({ since: '2026-08-01' }).window.fromMs).toBe(Date.UTC(2026, 6, 31, 22));
  expect(read({ baseline: '2026-07-01..2026-07-31' }).baseline).toEqual({
    fromMs: Date.UTC(2026, 5, 30, 22),
    untilMs: Date.UTC(2026, 6, 31, 22),
  });
});

test.each([
  [{ since: 'yesterday' }, /--since is "yesterday"/],
  [{ baseline: '2026-07-01' }, /--baseline is "2026-07-01"; expected two local days/],
  [{ baseline: '2026-07-31..2026-07-01' }, /ends before it begins/],
  [{ baseline: '2026-07-01..soon' }, /--baseline is "soon"/],
  [{ worst: '-1' }, /--worst is "-1"/],
  [{ csv: 'errors.md', report: ['./errors.md'] }, /--csv and --report are both errors\.md/],
  [{ since: '7x' }, /--since is "7x"; expected 24h, 7d or a day/],
])('%o is refused', (flags, message) => {
  expect(() => read(flags)).toThrow(message);
});
