import { describe, expect, it } from 'vitest';
import { countdownText, rolloutLogLine, rolloutScreen } from '../../src/render/rollout-screen.js';
import type { RolloutReport } from '../../src/render/rollout-status.js';
import { terminalStyle } from '../../src/render/style.js';
import { type ByHand, days, GOOD, NOW_MS, rolloutBy, surveyBy, TIME_ZONE } from './survey-by-hand.js';

const style = await terminalStyle(false, 80);

function reportBy(given: ByHand = {}): RolloutReport {
  const place = { guard: 'host-1-ab', guardScope: 'shared', timeZone: TIME_ZONE, place: 'here' } as const;
  return { survey: surveyBy(given), ...place };
}

const EARLY = {
  rollout: rolloutBy({ stepAt: '2026-06-17T07:00:00.000Z' }),
  evidence: { ...GOOD, days: days(2, 1.6, 3, { asked: 31, settled: 31, e: 50, h: 93 }) },
};
const AWAY = { telemetryFault: 'nothing is known of the model: the ledger does not answer' };

function screenOf(report: RolloutReport, answered: RolloutReport | null = report, unicode = true) {
  const showing = { nowMs: NOW_MS + 1000, style, unicode, ending: 'q ends it', lateAfterMs: 15_000 };
  return rolloutScreen({ value: { report, answered }, atMs: NOW_MS, fault: null }, showing);
}

describe('rolloutScreen', () => {
  it('shows how far the step is: a bar, the time left, both arms by day', () => {
    const lines = screenOf(reportBy(EARLY));
    expect(lines.slice(0, 3)).toEqual([
      'atmr-ml rollout status · 2026-06-19 12:00:01 Europe/Zurich · q ends it',
      'Rollout: collecting at step 2 of 4, 25 %',
      'WAIT: not everything is there yet.',
    ]);
    expect(lines).toContain('progress    ██████████████████▋░░░░░░░░░░░ 62 %');
    expect(lines).toContain('time left   4 d 20 h');
    // On one scale, so that the lower arm is the better one.
    expect(lines).toContain('MAE model   1.61 min         ▂▁▂▁▂▁▂▁│▂▂');
    expect(lines).toContain('heuristic   3.00 min         ████████│██');
    expect(lines.at(-1)).toMatch(/^- /);
  });

  it('has ASCII where there is nothing else', () => {
    const lines = screenOf(reportBy(EARLY), undefined, false);
    expect(lines).toContain('progress    ###################........... 62 %');
    expect(lines).toContain('heuristic   3.00 min         ########|##');
  });

  it('keeps the evidence that was known while the ledger is away, with its age', () => {
    const known = reportBy(EARLY);
    const before = { ...known, survey: { ...known.survey, nowMs: NOW_MS - 39_000 } };
    const lines = screenOf(reportBy({ ...EARLY, ...AWAY }), before);
    expect(lines).toContain('! nothing is known of the model: the ledger does not answer');
    expect(lines).toContain('! What follows is what was known at 11:59:21, 40 s ago.');
    expect(lines).toContain('bookings    62 settled of 100 needed, 31 a day; outcomes known for 100 %');
  });

  it('has no figure, not even zero, where nothing was ever known', () => {
    expect(screenOf(reportBy({ ...EARLY, ...AWAY }), null).slice(1)).toEqual([
      'Rollout: collecting at step 2 of 4, 25 %',
      'WAIT: not everything is there yet.',
      'guard       host-1-ab',
      '! nothing is known of the model: the ledger does not answer',
      '',
      '- the step lasts another 4.9 days',
    ]);
  });
});

describe('rolloutLogLine', () => {
  it.each([
    [EARLY, 'step 2 of 4, 25 %, collecting: wait – 62 of 100 bookings, earliest 2026-06-24 09:00'],
    [{}, 'step 2 of 4, 25 %, collecting: advance – everything is met for 50 %'],
    [AWAY, 'step 2 of 4, 25 %, collecting: wait – nothing is known of the model: the ledger does not answer'],
    [
      { rollout: null },
      'not started, the model answers 25 % now: wait – no rollout was started. Run `atmr-ml rollout start`.',
    ],
  ] satisfies [ByHand, string][])('case %#', (given, line) => {
    const report = reportBy(given);
    expect(rolloutLogLine({ report, answered: report })).toBe(line);
  });
});

describe('countdownText', () => {
  it.each([
    [-1, '0 s'],
    [900, '1 s'],
    [252_000, '4 min 12 s'],
    [3_600_000, '1 h 0 min'],
    [183_600_000, '2 d 3 h'],
  ])('of %d ms is %s', (ms, text) => expect(countdownText(ms)).toBe(text));
});
