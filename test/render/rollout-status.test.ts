import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { RULE_NAMES } from '../../src/guard/rule-names.js';
import { type RolloutReport, rolloutDocument, rolloutText } from '../../src/render/rollout-status.js';
import { terminalStyle } from '../../src/render/style.js';
import { NO_EVIDENCE } from '../../src/rollout/evidence.js';
import { DEFAULT_PLAN } from '../../src/rollout/plan.js';
import { PHASES } from '../../src/rollout/rollout.js';
import {
  type ByHand,
  days,
  GOOD,
  holesOf,
  NOW_MS,
  rolloutBy,
  surveyBy,
  TIME_ZONE,
} from './survey-by-hand.js';

const WIDTH = 80;
const style = await terminalStyle(false, WIDTH);
const coloured = await terminalStyle(true, WIDTH);

function reportBy(
  given: ByHand = {},
  guard: string | null = 'host-1-ab',
  guardScope: RolloutReport['guardScope'] = 'shared',
): RolloutReport {
  return { survey: surveyBy(given), guard, guardScope, timeZone: TIME_ZONE, place: 'SQLite at /tmp/home' };
}

const textBy = (...given: Parameters<typeof reportBy>) => rolloutText(reportBy(...given), style);
const documentBy = (...given: Parameters<typeof reportBy>) => rolloutDocument(reportBy(...given));
const linesBy = (...given: Parameters<typeof reportBy>) => textBy(...given).split('\n');

/** A rule that only says what it would do, and one that acts. */
const FOUND = { seen: { misses: Array.from({ length: 60 }, () => true), drifted: ['distance_km'] } };
const LONG =
  'somebody wrote a reason that goes on and on, for it was a long week with many rides and much rain';

/** What a look may come upon, each with the longest texts that there are of it. */
const ALL: Readonly<Record<string, ByHand>> = {
  'all is well': {},
  'nothing is known': { evidence: NO_EVIDENCE, modelSimulated: null },
  'no rollout': { rollout: null },
  'no flag': { rollout: null, flag: null, evidence: NO_EVIDENCE, modelSimulated: null },
  'few outcomes': { evidence: { ...GOOD, days: days(10, 1.6, 3, { asked: 150 }) } },
  'a worse model': { evidence: { ...GOOD, days: days(10, 4, 3) } },
  'nearly as good': { evidence: { ...GOOD, days: days(10, 2.45, 2.5), crashes: 2 } },
  'a breach and a dry run': { ...FOUND, dryRun: ['miss_rate'] },
  'no ledger': { telemetryFault: `nothing is known of the model: the ledger at ${LONG} does not answer` },
  'all is simulated': {
    modelSimulated: true,
    evidence: { ...GOOD, days: days(10, 1.6, 3, { simulated: 100 }) },
  },
  'a stop with a long reason': {
    rollout: rolloutBy({ phase: 'held', stop: { code: 'manual_change', text: LONG, from: 'collecting' } }),
  },
  'many who agreed': {
    rollout: rolloutBy({ approvals: Array.from({ length: 9 }, (_, i) => `operator number ${i}`) }),
  },
  'many bookings': { evidence: { ...GOOD, days: days(10, 2.45, 2.5, { asked: 123_457, settled: 123_456 }) } },
  'every rule': {
    dryRun: RULE_NAMES,
    evidence: { ...GOOD, days: days(10, 4, 3, { asked: 120 }) },
    seen: {
      ...{ ...FOUND.seen, attempts: FOUND.seen.misses, crashed: ['host-1-ab', 'host-2-cd'], uptime: 0.9 },
      assignment: { model: 900, control: 100, both: 3, percentage: 25 },
      ...{ lastRequestMs: NOW_MS - 13 * 3_600_000, requestsWeekAgo: 9 },
    },
  },
};

describe('where a rollout stands', () => {
  it('is told with all that a person wants to know of it', () => {
    const lines = linesBy();
    expect(lines[0]).toBe('Rollout: collecting at step 2 of 4, 25 %');
    expect(lines).toContain('bookings    1000 settled of 100 needed, 100 a day; outcomes known for 100 %');
    // A week after its start, and the window is open: now.
    expect(lines).toContain('earliest    2026-06-19 12:00');
    expect(lines).toContain('expected    2026-06-19 12:00 at the rate of today');
    expect(lines).toContain('approvals   0 of 1');
    expect(lines).toContain('guard       host-1-ab');
    expect(lines).toContainEqual(expect.stringMatching(/^mae +1\.60 min +\[.*\] +< 2\.5 min +pass/));
    expect(lines.at(-1)).toBe('ADVANCE: everything is met for 50 %. Run `atmr-ml rollout advance`.');
  });

  it('is a document that a pipeline can act on', () => {
    expect(documentBy()).toMatchObject({
      ...{ decision: 'advance', safeToAdvance: true, phase: 'collecting', step: 2, steps: 4 },
      ...{ percentage: 25, nextPercentage: 50, traffic: 25, reasons: [], findings: [] },
      ...{ nextAt: '2026-06-19T10:00:00.000Z', expectedAt: '2026-06-19T10:00:00.000Z' },
      bookings: { settled: 1000, needed: 100, perDay: 100, coverage: 1, simulated: false },
      ...{ approvals: { given: [], needed: 1 }, simulated: { bookings: false, model: false } },
      ...{ guard: 'host-1-ab', startedAt: '2026-06-01T07:00:00.000Z', stepAt: '2026-06-08T07:00:00.000Z' },
      model: { name: 'delay_predictor', version: '1.0.0', sha256: 'ab' },
      ...{ revision: 7, flag: 'ml-delay-prediction', place: 'SQLite at /tmp/home' },
      at: '2026-06-19T10:00:00.000Z',
    });
    expect(documentBy().gates.map(({ name, result }) => [name, result])).toContainEqual(['stable', 'pass']);
  });

  it('says what is simulated: bookings, the model’s training, or both', () => {
    const simulated = { ...GOOD, days: days(10, 1.6, 3, { simulated: 1 }) };
    expect(textBy()).not.toContain('simulated');
    expect(textBy({ evidence: simulated })).toContain('! simulated: bookings; this says nothing');
    expect(textBy({ modelSimulated: true })).toContain(
      '! simulated: the model’s training; this says nothing',
    );
    expect(textBy({ evidence: simulated, modelSimulated: true })).toContain(
      '! simulated: bookings and the model’s training; this says nothing',
    );
    expect(documentBy({ evidence: simulated, modelSimulated: true }).simulated).toEqual({
      ...{ bookings: true, model: true },
    });
    expect(documentBy({ modelSimulated: null }).simulated).toEqual({ bookings: false, model: null });
    expect(textBy({ modelSimulated: null })).not.toContain('simulated');
  });

  it('says which rules only say what they would do', () => {
    const text = textBy({ ...FOUND, dryRun: ['miss_rate'] });
    expect(text.replaceAll(/\s+/g, ' ')).toMatch(/! miss_rate: [^!]* is proven \(dry run\)/);
    expect(text.replaceAll(/\s+/g, ' ')).toMatch(/! drift: [^!(]* two days running [^(]/);
    expect(documentBy({ ...FOUND, dryRun: ['miss_rate'] }).findings).toMatchObject([
      { rule: 'miss_rate', dryRun: true },
      { rule: 'drift', dryRun: false },
    ]);
    // What would have been done stops nothing.
    expect(documentBy({ seen: { misses: FOUND.seen.misses }, dryRun: ['miss_rate'] }).decision).toBe(
      'advance',
    );
    expect(documentBy({ seen: { misses: FOUND.seen.misses } }).decision).toBe('hold');
  });

  it('tells what is not known as null, and with a dash or words', () => {
    const unknown: ByHand = { evidence: NO_EVIDENCE, modelSimulated: null };
    const document = documentBy(unknown, null);
    expect(document).toMatchObject({
      ...{ expectedAt: null, guard: null, bookings: { perDay: null, coverage: null } },
      simulated: { model: null },
    });
    for (const gate of document.gates) expect(gate).toMatchObject({ value: null, lower: null, upper: null });
    const lines = linesBy(unknown, null);
    expect(lines).toContain('bookings    0 settled of 100 needed; no whole day is due yet');
    expect(lines).toContain('expected    not known at the rate of today');
    expect(lines).toContainEqual(expect.stringMatching(/^mae +– +– +< 2\.5 min /));
    expect(lines).toContain('guard       nobody watches; run `atmr-ml serve` or `atmr-ml guard`');
  });

  it('says that there is no rollout, or not even a flag', () => {
    expect(linesBy({ rollout: null })[0]).toBe('No rollout was started; the model answers 25 %.');
    const none: ByHand = { rollout: null, flag: null };
    expect(linesBy(none)[0]).toBe('No rollout was started; the model answers 0 %.');
    expect(documentBy(none)).toMatchObject({
      ...{ phase: 'not_started', step: null, steps: null, percentage: null, nextPercentage: null },
      ...{ startedAt: null, stepAt: null, model: null, revision: null, flag: null, traffic: 0 },
      ...{ nextAt: null, expectedAt: null, gates: [] },
    });
  });

  it('says for whom the guard watches', () => {
    expect(textBy({}, 'host-1-ab', 'machine')).toContain('host-1-ab, for this machine alone');
    expect(textBy({}, 'host-1-ab')).not.toContain('machine');
    expect(documentBy({}, null, 'machine')).toMatchObject({ guard: null, guardScope: 'machine' });
  });

  it('tells the traffic of now where it is not that of the step', () => {
    const rollout = rolloutBy({
      phase: 'held',
      step: 3,
      stop: { code: 'guard', text: '', from: 'collecting' },
    });
    const lines = linesBy({ rollout });
    expect(lines[0]).toBe('Rollout: held at step 3 of 4, 50 %; the model answers 25 % now');
    expect(lines[1]).toBe('stopped     guard: no reason given');
    expect(lines.slice(-2)).toEqual([
      'HOLD: do not raise the traffic.',
      'Once the cause is mended: `atmr-ml rollout resume`.',
    ]);
    const back = rolloutBy({ phase: 'rolled_back', stop: { code: 'forced_off', text: '', from: 'ready' } });
    expect(linesBy({ rollout: back }).at(-1)).toBe('Once the cause is mended: `atmr-ml rollout start`.');
    expect(documentBy({ rollout: back }).nextCommand).toBe('atmr-ml rollout start');
    expect(documentBy({ rollout: null }).nextCommand).toBe('atmr-ml rollout start');
    const less = rolloutBy({ phase: 'rolled_back', stop: { code: 'operator', text: '', from: 'ready' } });
    expect(documentBy({ rollout: less }).nextCommand).toBe('atmr-ml rollout resume');
  });

  it('does not take a store that is away for a rollout that was never started', () => {
    const away = { rollout: null, flag: null, situation: { flagUnknown: true } };
    expect(linesBy(away)[0]).toBe('No store says where the rollout stands.');
    expect(documentBy(away)).toMatchObject({
      nextCommand: 'atmr-ml doctor',
      reasons: [{ code: 'flag_unknown' }],
    });
  });

  it('tells that more than one person has to agree', () => {
    const steps = DEFAULT_PLAN.steps.map((step) => ({ ...step, approvals: 2 }));
    const lines = linesBy({ situation: { plan: { ...DEFAULT_PLAN, steps } } });
    expect(lines.at(-1)).toMatch(/^ADVANCE: everything is met for 50 %; 2 people have to agree yet\. Run/);
  });

  it.each(PHASES)('has words for the phase %s and every decision in it', (phase) => {
    const isStopped = phase === 'held' || phase === 'rolled_back';
    const stop = isStopped ? ({ code: 'operator', text: 'strike', from: 'collecting' } as const) : null;
    const words = { advance: 'ADVANCE', hold: 'HOLD', rollback: 'ROLL BACK', wait: 'WAIT' };
    for (const evidence of [GOOD, NO_EVIDENCE, { ...GOOD, days: days(10, 4, 3) }]) {
      const report = reportBy({ rollout: rolloutBy({ phase, step: 4, stop }), evidence });
      const lines = rolloutText(report, style).split('\n');
      expect(lines[0]).toMatch(new RegExp(`^Rollout: ${phase.replace('_', ' ')} at step 4 of 4, 100 %`));
      const word = words[report.survey.assessment.decision];
      expect(lines.slice(-2).filter((line) => line.startsWith(word))).toHaveLength(1);
    }
  });

  it.each(Object.entries(ALL))('fits 80 columns and has no holes: %s', (_, given) => {
    const report = reportBy(given, 'a-host-with-quite-a-name.example.com-12345-0123456789ab', 'machine');
    const text = rolloutText(report, style);
    expect(text.split('\n').filter((line) => line.length > WIDTH)).toEqual([]);
    expect(text).not.toMatch(/NaN|undefined|Infinity|null|\[object/);
    expect(holesOf(rolloutDocument(report))).toEqual([]);
    // Colours change nothing but the colour.
    expect(stripVTControlCharacters(rolloutText(report, coloured))).toBe(text);
  });

  it('breaks no line where the width is not known', async () => {
    const wide = await terminalStyle(false);
    const text = rolloutText(reportBy(ALL['no ledger']), wide);
    expect(text.split('\n')).toContain(`! ${ALL['no ledger']?.telemetryFault}`);
  });
});
