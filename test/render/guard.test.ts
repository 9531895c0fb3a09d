import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Acted } from '../../src/guard/act.js';
import { RULE_NAMES } from '../../src/guard/rule-names.js';
import type { Moved, Tick } from '../../src/guard/tick.js';
import { tickDocument, tickText } from '../../src/render/guard.js';
import { terminalStyle } from '../../src/render/style.js';
import { NO_EVIDENCE } from '../../src/rollout/evidence.js';
import { type ByHand, days, GOOD, holesOf, NOW_MS, rolloutBy, surveyBy } from './survey-by-hand.js';

const WIDTH = 80;
const style = await terminalStyle(false, WIDTH);
const coloured = await terminalStyle(true, WIDTH);

/** A tick of the guard that leads, and did nothing. */
function tickBy(given: ByHand = {}, changes: Partial<Tick> = {}): Tick {
  return {
    ...{ survey: surveyBy(given), leads: true, leader: 'host-1-ab', acted: null, moved: null },
    ...{ episodes: [], notRemembered: null, heartbeat: 'none' },
    ...changes,
  };
}

const textBy = (...given: Parameters<typeof tickBy>) => tickText(tickBy(...given), style);
const linesBy = (...given: Parameters<typeof tickBy>) => textBy(...given).split('\n');
const documentBy = (...given: Parameters<typeof tickBy>) => tickDocument(tickBy(...given));
/** As one line, wherever it was broken. */
const flat = (text: string) => text.replaceAll(/\n {2}/g, ' ');

const FAILING: ByHand = { seen: { attempts: Array.from({ length: 60 }, () => true) } };
const MISSING: ByHand = { seen: { misses: Array.from({ length: 60 }, () => true) } };
const done: Acted = { what: 'rolled back to 0 %', done: true, revision: 8, exitCode: 0 };
const moved: Moved = {
  what: 'ready',
  done: true,
  revision: 9,
  exitCode: 0,
  event: 'ready',
  reason: 'all is well',
};
const LONG =
  'somebody wrote a reason that goes on and on, for it was a long week with many rides and much rain';

describe('a tick of the guard', () => {
  it('that found nothing says so', () => {
    expect(linesBy()).toEqual(['collecting, the model answers 25 %', 'Nothing found.']);
    expect(documentBy()).toEqual({
      ...{ at: '2026-06-19T10:00:00.000Z', leads: true, leader: 'host-1-ab' },
      ...{ phase: 'collecting', traffic: 25, decision: 'advance', telemetry: null },
      ...{ findings: [], wanted: null, acted: null, moved: null, notRemembered: null, heartbeat: 'none' },
    });
  });

  it('tells what it found, and what it did about it', () => {
    const [state, found, acted] = linesBy(FAILING, { acted: done })
      .join('\n')
      .replaceAll(/\n {2}/g, ' ')
      .split('\n');
    expect(state).toBe('collecting, the model answers 25 %');
    expect(found).toBe(
      "! failure_rate: 100.0 % of the model's last 50 attempts failed; above 20.0 % is proven",
    );
    expect(acted).toBe('Done: rolled back to 0 %, recorded as revision 8.');
    expect(documentBy(FAILING, { acted: done })).toMatchObject({
      decision: 'rollback',
      findings: [
        { rule: 'failure_rate', level: 'act', action: 'roll_back', value: 1, looks: 1, dryRun: false },
      ],
      wanted: { rule: 'failure_rate', action: 'roll_back' },
      acted: done,
    });
  });

  it('tells what is recorded, what is confirmed, and what failed', () => {
    expect(textBy(FAILING, { acted: { ...done, revision: null } })).toContain('recorded as a forced off.');
    expect(textBy(FAILING, { acted: { ...done, exitCode: 6 } })).toContain(
      'recorded as revision 8; not confirmed everywhere yet.',
    );
    const failed: Acted = { what: 'rolled back to 0 %: away', done: false, revision: null, exitCode: null };
    expect(textBy(FAILING, { acted: failed })).toContain(
      'FAILED, tried again at the next look: rolled back to 0 %: away',
    );
    expect(textBy({}, { moved })).toContain('Done: ready, recorded as revision 9.');
    expect(documentBy({}, { moved })).toMatchObject({ acted: null, moved });
  });

  it('says which rules only say what they would do, and does what the others want', () => {
    const dry = flat(textBy(MISSING, {}));
    expect(dry).not.toContain('dry run');
    const text = flat(textBy({ ...MISSING, dryRun: ['miss_rate'] }));
    expect(text).toMatch(/^! miss_rate: .* \(dry run: would hold\)$/m);
    expect(documentBy({ ...MISSING, dryRun: ['miss_rate'] })).toMatchObject({
      findings: [{ rule: 'miss_rate', action: 'hold', dryRun: true }],
      ...{ wanted: null, decision: 'advance' },
    });
    expect(flat(textBy({ ...FAILING, dryRun: ['failure_rate'] }))).toContain('(dry run: would roll back)');
  });

  it('that does not lead says who does, what it would want, and does nothing', () => {
    const idle: Partial<Tick> = { leads: false, leader: 'host-2-cd' };
    expect(linesBy(FAILING, idle)).toContain('Another guard leads (host-2-cd): nothing is done here.');
    expect(linesBy(FAILING, idle)).toContain('Wanted: roll back.');
    expect(linesBy({}, idle).join('\n')).not.toContain('Wanted');
    expect(linesBy(FAILING).join('\n')).not.toContain('Wanted');
    expect(documentBy(FAILING, idle)).toMatchObject({
      ...{ leads: false, leader: 'host-2-cd', acted: null, wanted: { action: 'roll_back' } },
    });
  });

  it('where nobody leads, as in a dry run alone, makes up no other guard', () => {
    const lines = linesBy(FAILING, { leads: false, leader: null });
    expect(lines).toContain('No guard leads: nothing is done here.');
    expect(lines).toContain('Wanted: roll back.');
    expect(lines.join('\n')).not.toContain('Another');
  });

  it('tells a ledger that is away from a model that is in order', () => {
    const fault = 'nothing is known of the model: the ledger does not answer.';
    const lines = linesBy({ telemetryFault: fault }, { notRemembered: fault });
    // Once is enough: what cannot be read cannot be remembered either.
    expect(lines).toEqual(['collecting, the model answers 25 %', `! ${fault}`]);
    expect(documentBy({ telemetryFault: fault }, { notRemembered: fault })).toMatchObject({
      ...{ telemetry: fault, notRemembered: fault, findings: [], wanted: null, decision: 'wait' },
    });
  });

  it('says what it could not remember, and where its own heartbeat did not arrive', () => {
    const lines = linesBy({}, { notRemembered: 'the disk is full', heartbeat: 'failed' });
    expect(lines).toContain('! not remembered: the disk is full');
    expect(lines).toContain('! the heartbeat could not be sent');
    expect(textBy({}, { heartbeat: 'sent' })).not.toContain('heartbeat');
  });

  it('says what there is where no rollout, or no flag, was ever written', () => {
    const none: ByHand = { rollout: null, flag: null, evidence: NO_EVIDENCE, modelSimulated: null };
    expect(linesBy(none)[0]).toBe('not started, the model answers 0 %');
    expect(documentBy(none)).toMatchObject({ phase: 'not_started', traffic: 0, decision: 'wait' });
  });

  it.each<[string, ByHand, Partial<Tick>]>([
    ['nothing known', { evidence: NO_EVIDENCE, modelSimulated: null }, {}],
    ['no flag', { rollout: null, flag: null }, { leads: false, leader: null }],
    ['a worse model', { evidence: { ...GOOD, days: days(10, 4, 3) } }, { acted: { ...done, exitCode: 6 } }],
    ['a long fault', { telemetryFault: LONG }, { notRemembered: `not ${LONG}`, heartbeat: 'failed' }],
    ['a failed act', FAILING, { acted: { what: LONG, done: false, revision: null, exitCode: null } }],
    ['a long move', { rollout: rolloutBy({ phase: 'ready' }) }, { moved: { ...moved, what: LONG } }],
    [
      'a long leader',
      FAILING,
      { leads: false, leader: 'a-host-with-quite-a-name.internal.example.com-12345-0123' },
    ],
    [
      'every rule',
      {
        dryRun: RULE_NAMES,
        evidence: { ...GOOD, days: days(10, 4, 3, { asked: 120 }) },
        seen: {
          ...{
            ...FAILING.seen,
            ...MISSING.seen,
            drifted: ['distance_km'],
            crashed: ['host-1-ab', 'host-2-cd'],
          },
          ...{ assignment: { model: 900, control: 100, both: 3, percentage: 25 }, uptime: 0.9 },
          ...{ lastRequestMs: NOW_MS - 13 * 3_600_000, requestsWeekAgo: 9 },
        },
      },
      {},
    ],
  ])('fits 80 columns and has no holes: %s', (_, given, changes) => {
    const tick = tickBy(given, changes);
    const text = tickText(tick, style);
    expect(text.split('\n').filter((line) => line.length > WIDTH)).toEqual([]);
    expect(text).not.toMatch(/NaN|undefined|Infinity|null|\[object/);
    expect(holesOf(tickDocument(tick))).toEqual([]);
    expect(stripVTControlCharacters(tickText(tick, coloured))).toBe(text);
  });
});
