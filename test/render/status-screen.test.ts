import { describe, expect, it } from 'vitest';
import { unwrittenFlag } from '../../src/flag/flag.js';
import type { Status } from '../../src/flag/status.js';
import type { WindowMetrics } from '../../src/ledger/ledger.js';
import { fittedFrame } from '../../src/render/frame.js';
import { hourLines, hourText } from '../../src/render/hour-series.js';
import type { StatusReport } from '../../src/render/status.js';
import { type StatusSeen, statusLogLine, statusScreen } from '../../src/render/status-screen.js';
import { terminalStyle } from '../../src/render/style.js';

const style = await terminalStyle(false, 80);
const NOW_MS = Date.parse('2026-11-28T08:41:05.000Z');

/** An hour in which so many were asked about, and the arms were off by so much; `null` where nothing is known. */
function hour(requests: number, mae: number | null): WindowMetrics {
  const arm = (value: number | null) => ({ count: value === null ? 0 : 9, mae: value });
  const traffic = {
    requests,
    attempts: requests,
    failures: 0,
    predictionTimeMs: requests ? { p95: 31 } : null,
  };
  const accuracy = { model: arm(mae), heuristic: arm(mae === null ? null : mae + 1) };
  return { fromMs: 0, untilMs: 0, traffic, accuracy } as unknown as WindowMetrics;
}

const QUIET = hour(0, null);
const HOURS = [
  ...Array.from({ length: 21 }, (_, i) => hour(10 * i, 1 + i / 20)),
  QUIET,
  QUIET,
  hour(412, 1.62),
];

describe('hourLines', () => {
  it('shows the last hour, and the hours before as curves with gaps where nothing is known', () => {
    expect(hourLines(HOURS, style, true)).toEqual([
      '               last 60 min      last 24 h',
      'answers        412              ▁▁▁▂▂▂▂▂▂▃▃▃▃▃▃▄▄▄▄▄▄▁▁█',
      'failures       0.0 %             ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁  ▁',
      'MAE model      1.62 min         ▁▁▁▂▂▂▂▂▂▃▃▃▃▃▃▄▄▄▄▄▅  ▃',
      'MAE heuristic  2.62 min         ▅▅▅▅▅▅▆▆▆▆▆▆▇▇▇▇▇▇███  ▇',
      'time p95       31 ms             ████████████████████  █',
    ]);
  });

  it('says that there is not enough data, and never 0, where nothing is known', () => {
    const lines = hourLines([...HOURS, QUIET], style, true);
    expect(lines[1]).toMatch(/^answers +0 /);
    for (const line of lines.slice(2)) expect(line).toMatch(/^\w[\w ]+ not enough data/);
    expect(hourText([QUIET])).toBe(
      '0 answers in the last hour, failures: not enough data, MAE: not enough data',
    );
  });

  it('keeps the newest hours where there is no room for all, and has ASCII where there is nothing else', () => {
    const narrow = hourLines(HOURS, { ...style, columns: 40 }, false);
    for (const line of narrow) expect(line).toMatch(/^\p{ASCII}{1,40}$/u);
    expect(narrow[1]).toBe('answers        412              -----__#');
    expect(hourLines(HOURS, { ...style, columns: 20 }, true)[1]).toBe('answers        412');
  });
});

const flag = {
  ...{ ...unwrittenFlag('k'), enabled: true, percentage: 25, revision: 7, changeId: 'c7', clears: [] },
  ...{ updatedAt: '2026-11-28T06:41:05.000Z', updatedBy: 'ana', reason: 'week 2' },
};
const store = { name: 'postgres', answers: true, version: '15.4', latencyMs: 1.2, revision: 7 } as const;
const mark = { id: 'm', at: flag.updatedAt, by: 'zoe', host: 'h', reason: 'fire\n\u001B[2Jin the hall' };

function instances(count: number, lost: number): Status['instances'] {
  return Array.from({ length: count }, (_, i) => ({
    ...{ instance: `host-${i}`, host: 'host', pid: i, url: null, revision: 7, changeId: 'c7', model: null },
    ...{ off: [], seenAgoMs: 400, live: i < count - lost, confirmed: false },
  }));
}

function reportBy(changes: Partial<Status> = {}, at = NOW_MS): StatusReport {
  const status: Status = {
    ...{ state: 'on', flag, regressed: false, marks: [], foreignMarks: [], since: flag },
    ...{ stores: [{ ...store, behind: false, fault: null }], instances: instances(3, 0) },
    ...changes,
  };
  const health = { status: 'healthy', successRate: 1, errorRate: 0, findings: [] } as const;
  return {
    ...{ status, usage: null, health, warnings: [], place: 'here', timeZone: 'Europe/Zurich' },
    ...{ model: { name: 'delay_predictor', version: '1', simulated: false }, at: new Date(at).toISOString() },
  };
}

function seenBy(changes: Partial<StatusSeen> = {}): StatusSeen {
  const report = changes.report ?? reportBy();
  return {
    report,
    answered: report,
    hours: { value: HOURS, atMs: NOW_MS - 12_000, fault: null },
    ...changes,
  };
}

const AWAY = { ...store, answers: false, version: null, latencyMs: null, revision: null, behind: false };
const UNKNOWN = reportBy({
  ...{ state: 'unknown', flag: null, since: null, instances: [] },
  stores: [{ ...AWAY, fault: 'Postgres refused.' }],
});
const GONE = seenBy({
  report: UNKNOWN,
  answered: reportBy({}, NOW_MS - 40_000),
  hours: { value: HOURS, atMs: NOW_MS - 180_000, fault: 'The ledger did not answer.' },
});

describe('statusLogLine', () => {
  it.each([
    [
      seenBy(),
      'on 25 %, revision 7, healthy, 3 of 3 instances live, 412 answers in the last hour, 0.0 % failures, MAE 1.62 / 2.62 min',
    ],
    [
      seenBy({ report: reportBy({ state: 'forced off', marks: [mark], instances: [] }) }),
      'forced off, revision 7, healthy, no instance reads it, 412 answers in the last hour, 0.0 % failures, MAE 1.62 / 2.62 min',
    ],
    [
      GONE,
      'unknown, postgres does not answer, healthy, which instances read it is not known, the ledger does not answer',
    ],
  ])('case %#', (seen, line) => expect(statusLogLine(seen)).toBe(line));
});

describe('statusScreen', () => {
  const showing = { nowMs: NOW_MS, style, unicode: true, ending: 'q ends it', lateAfterMs: 11_000 };
  const screen = (seen: StatusSeen, atMs = NOW_MS) =>
    statusScreen({ value: seen, atMs, fault: null }, showing);

  it('has the state, the curves with their age, and the processes', () => {
    const lines = screen(seenBy());
    expect(lines[0]).toBe('atmr-ml status · 2026-11-28 09:41:05 Europe/Zurich · q ends it');
    expect(lines[1]).toBe('flag k: on, 25 % of the bookings, revision 7, for 2 h');
    expect(lines).toContain('Figures of 09:40:53, 12 s ago.');
    expect(lines).toContain('3 of 3 instances live');
    expect(lines.join('\n')).not.toContain('!');
  });

  it('keeps what was known while a store and the ledger are away, and says how old it is', () => {
    const text = screen(GONE).join(' ').replace(/ +/g, ' ');
    expect(text).toContain('flag: unknown');
    expect(text).toContain(
      '! 40 s ago the store that decides said: on 25 %, revision 7, 3 of 3 instances live',
    );
    expect(text).toContain('Store postgres: does not answer. Postgres refused.');
    expect(text).toContain('MAE model 1.62 min');
    expect(text).toContain(
      '! No figures of the ledger now: The ledger did not answer. These are of 09:38:05, 3 min ago.',
    );
  });

  it('says so where a look takes very long', () => {
    expect(screen(seenBy(), NOW_MS - 10_000)[1]).toMatch(/^flag/);
    expect(screen(seenBy(), NOW_MS - 13_000)[1]).toBe(
      '! There was no answer since. What follows is of 09:40:52, 13 s ago.',
    );
  });

  it('of 200 processes shows the lost ones first, on a screen of 24 lines', () => {
    const lines = screen(seenBy({ report: reportBy({ instances: instances(200, 2) }) }));
    const frame = fittedFrame(lines, { columns: 80, rows: 24 }, '…');
    expect(frame).toHaveLength(24);
    expect(frame).toContain('198 of 200 instances live');
    const at = frame.indexOf('198 of 200 instances live');
    expect(frame.slice(at + 1, at + 3)).toEqual([
      'Instance host-198: revision 7, lost, seen 0 s ago',
      'Instance host-199: revision 7, lost, seen 0 s ago',
    ]);
    expect(frame.at(-1)).toMatch(/^… 19\d lines not shown$/);
  });

  it('shows before anything is known that it looks, or why it cannot', () => {
    const at = (fault: string | null) => statusScreen({ value: null, atMs: 0, fault }, showing);
    expect(at(null)).toEqual(['Looking …']);
    expect(at('Nobody answers.')).toEqual(['Nobody answers.']);
  });
});
