import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PHASES, type Phase, type Rollout, type RolloutEvent, type Stop } from '../../src/rollout/rollout.js';
import { isRefusal, transition, where } from '../../src/rollout/transition.js';

const SHARES = [5, 10, 25, 50, 100];
const LAST = SHARES.length - 1;

/** A model of the machine that is written down another way: where each event is possible, and what it leads to. */
interface Simple {
  readonly phase: Phase;
  readonly step: number;
  readonly approvals: number;
  readonly bakes: boolean;
  readonly off: boolean;
  /** A person holds it. */
  readonly byPerson: boolean;
  readonly model: string | null;
}

const FRESH = { approvals: 0, bakes: false, off: false, byPerson: false };

/** `null` where it is refused. */
function simple(now: Simple | null, event: RolloutEvent, approvedBefore: boolean): Simple | null {
  if (event.kind === 'start') {
    if (now !== null && now.phase !== 'rolled_back' && now.phase !== 'complete') return null;
    return {
      ...FRESH,
      phase: 'collecting',
      step: now?.phase === 'rolled_back' ? 0 : 1,
      model: event.model,
    };
  }
  if (now === null) return null;
  const { phase, step } = now;
  const only = (phases: string, next: Simple) => (phases.split(' ').includes(phase) ? next : null);
  const below = (share: number) => {
    return Math.min(step, Math.max(0, SHARES.filter((one) => one <= share).length - 1));
  };
  const bakes = now.bakes || phase === 'baking';
  switch (event.kind) {
    case 'ready':
      return only('collecting', { ...now, phase: 'ready' });
    case 'not_ready':
      return only('ready', { ...now, phase: 'collecting' });
    case 'approve':
      return approvedBefore ? null : only('collecting ready', { ...now, approvals: now.approvals + 1 });
    case 'advance':
      return only(
        'collecting ready',
        step === LAST
          ? { ...now, phase: 'baking', approvals: 0 }
          : { ...now, phase: 'advancing', step: step + 1, approvals: 0 },
      );
    case 'confirmed':
      return only('advancing', { ...now, phase: 'collecting' });
    case 'complete':
      return only('baking', { ...now, phase: 'complete' });
    case 'hold':
      return only('collecting ready advancing baking', {
        ...{ ...now, phase: 'held' as const, bakes, byPerson: event.code === 'operator' },
      });
    case 'resume':
      if (phase === 'held')
        return { ...now, phase: now.bakes ? 'baking' : 'collecting', bakes: false, byPerson: false };
      return now.off ? null : only('rolled_back', { ...now, ...FRESH, phase: 'collecting' });
    case 'lower':
      return now.off
        ? null
        : {
            ...now,
            phase: 'rolled_back',
            step: below(event.percentage),
            approvals: 0,
            bakes,
            byPerson: false,
          };
    case 'halve':
      return now.off
        ? null
        : { ...now, phase: phase === 'rolled_back' ? phase : 'held', bakes, byPerson: false };
    case 'forced_off':
      return { ...now, phase: 'rolled_back', off: true, bakes, byPerson: false };
    case 'manual':
      if (phase === 'held' || phase === 'complete') return now;
      if (phase !== 'rolled_back') return { ...now, phase: 'held', bakes, byPerson: false };
      if (event.percentage === SHARES[0]) return { ...now, ...FRESH, phase: 'collecting', step: 0 };
      return { ...now, ...FRESH, phase: 'held', step: below(event.percentage) };
    case 'model':
      if (event.model === now.model) return now;
      if (phase === 'rolled_back') return { ...now, approvals: 0, model: event.model };
      if (phase === 'held' && now.byPerson) {
        return { ...FRESH, byPerson: true, model: event.model, phase, step: Math.min(1, step) };
      }
      return { ...FRESH, model: event.model, phase: 'collecting', step: Math.min(1, step) };
  }
}

const share = fc.constantFrom(0, 3, 5, 7, 10, 25, 49, 50, 99, 100);
const text = fc.constantFrom('', 'a reason');
const model = fc.constantFrom('a', 'b');
const event: fc.Arbitrary<RolloutEvent> = fc.oneof(
  // Often, or hardly any rollout would come to its last step.
  { weight: 20, arbitrary: fc.constant<RolloutEvent>({ kind: 'advance', planId: 'p' }) },
  { weight: 20, arbitrary: fc.constant<RolloutEvent>({ kind: 'confirmed' }) },
  { weight: 3, arbitrary: fc.constant<RolloutEvent>({ kind: 'complete' }) },
  fc.record({
    kind: fc.constant('start' as const),
    percentages: fc.constant(SHARES),
    planId: fc.constant('p'),
    model,
  }),
  fc.constantFrom<RolloutEvent>(
    { kind: 'ready' },
    { kind: 'not_ready' },
    { kind: 'resume' },
    { kind: 'complete' },
  ),
  fc.record({ kind: fc.constant('approve' as const), by: fc.constantFrom('ana', 'bo') }),
  fc.record({ kind: fc.constant('hold' as const), code: fc.constant('operator' as const), text }),
  fc.record({
    kind: fc.constant('lower' as const),
    code: fc.constant('operator' as const),
    percentage: share,
    text,
  }),
  fc.record({ kind: fc.constant('halve' as const), text }),
  fc.record({ kind: fc.constant('forced_off' as const), text }),
  fc.record({ kind: fc.constant('manual' as const), percentage: share, text }),
  fc.record({ kind: fc.constant('model' as const), model }),
);

const instant = (minute: number) => new Date(Date.UTC(2026, 5, 8) + minute * 60_000).toISOString();

function simplified({ phase, step, approvals, stop, model }: Rollout): Simple {
  return {
    ...{ phase, step, model, approvals: approvals.length },
    bakes: stop?.from === 'baking',
    off: phase === 'rolled_back' && stop?.code === 'forced_off',
    byPerson: phase === 'held' && stop?.code === 'operator',
  };
}

const ADVANCE: RolloutEvent = { kind: 'advance', planId: 'p' };
const STARTED = follow(null, { kind: 'start', percentages: SHARES, planId: 'p', model: 'a' });
/** At all of the traffic. */
const AT_END: Rollout = { ...STARTED, step: LAST };

describe('the phases of a rollout', () => {
  it('does what the model of it does, and keeps its promises, whatever happens in which order', () => {
    const refused = new Set<string>();
    const seen = new Set<Phase>();
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60, size: 'max' }), (events) => {
        let now: Rollout | null = null;
        let model: Simple | null = null;
        events.forEach((one, minute) => {
          const before: Rollout | null = now;
          const frozen = JSON.stringify(before);
          const approved = one.kind === 'approve' && (before?.approvals.includes(one.by) ?? false);
          const expected = simple(model, one, approved);
          const next = transition(before, one, instant(minute));
          expect(JSON.stringify(before)).toBe(frozen);
          if (isRefusal(next)) {
            refused.add(one.kind);
            expect(expected).toBeNull();
            expect(next.refused).toMatch(/\.$/);
            return;
          }
          expect(simplified(next)).toEqual(expected);
          seen.add(next.phase);
          keepsPromises(before, one, next, instant(minute));
          now = next;
          model = expected;
        });
      }),
      { numRuns: 600, seed: 1 },
    );
    expect([...seen].sort()).toEqual([...PHASES].sort());
    expect([...refused]).toContain('advance');
  });

  it('begins with the first step, after a rollback with the smaller one, and not while one is under way', () => {
    const start: RolloutEvent = { kind: 'start', percentages: SHARES, planId: 'p', model: null };
    const first = follow(null, start);
    expect([first.step, first.phase, first.startedAt]).toEqual([1, 'collecting', instant(0)]);
    expect(transition(first, start, instant(1))).toEqual({
      refused: expect.stringContaining('A rollout is under way (collecting at step 1, 10 %)'),
    });
    const back = follow(first, { kind: 'forced_off', text: 'smoke' });
    expect(where(back)).toBe('rolled back at step 1, 10 %: smoke');
    expect(follow(back, start).step).toBe(0);
  });

  it('goes back to gathering where a gate no longer passes, and on where it does again', () => {
    const ready = follow(STARTED, { kind: 'ready' });
    expect(follow(ready, { kind: 'not_ready' })).toEqual({
      ...STARTED,
      event: 'not_ready',
      phaseAt: instant(0),
    });
    expect(refusalOf(STARTED, { kind: 'not_ready' })).toBe(
      'Not possible now: collecting at step 1, 10 %. Expected ready.',
    );
    expect(refusalOf(AT_END, { kind: 'complete' })).toBe(
      'Not possible now: collecting at step 4, 100 %. Expected baking.',
    );
    expect(refusalOf(follow(AT_END, ADVANCE), ADVANCE)).toBe(
      'Not possible now: baking at step 4, 100 %. Expected collecting or ready.',
    );
  });

  it('counts each person once, and all of them anew at the next step', () => {
    const one = follow(STARTED, { kind: 'approve', by: 'ana' });
    expect(one.approvals).toEqual(['ana']);
    expect(refusalOf(one, { kind: 'approve', by: 'ana' })).toBe(
      'ana has approved this step already; expected somebody else.',
    );
    const both = follow(one, { kind: 'approve', by: 'bo' });
    expect(both.approvals).toEqual(['ana', 'bo']);
    const next = follow(follow(both, ADVANCE), { kind: 'confirmed' });
    expect(follow(next, { kind: 'approve', by: 'ana' }).approvals).toEqual(['ana']);
  });

  it('begins to count with the step, and goes by the plan of whoever advanced it', () => {
    const approved = { ...STARTED, approvals: ['ana'] };
    const next = follow(approved, { kind: 'advance', planId: 'q' }, 9);
    expect(next).toMatchObject({ phase: 'advancing', step: 2, planId: 'q', approvals: [], stop: null });
    // What it did before is what the new step is compared with.
    expect([next.stepAt, next.baselineAt, next.phaseAt]).toEqual([instant(9), instant(0), instant(9)]);
    // More is not given at the last step: it is the same one.
    const baking = follow(AT_END, ADVANCE, 9);
    expect([baking.phase, baking.step, baking.stepAt, baking.phaseAt]).toEqual([
      ...['baking', LAST, AT_END.stepAt, instant(9)],
    ]);
  });

  it.each<[what: string, event: RolloutEvent, stop: Stop, step: number]>([
    [
      'held by a person',
      { kind: 'hold', code: 'operator', text: 'strike' },
      { code: 'operator', text: 'strike', from: 'collecting' },
      2,
    ],
    [
      'held by a rule',
      { kind: 'hold', code: 'guard', text: 'drift' },
      { code: 'guard', text: 'drift', from: 'collecting' },
      2,
    ],
    ['halved', { kind: 'halve', text: 'slow' }, { code: 'guard', text: 'slow', from: 'collecting' }, 2],
    [
      'set by hand',
      { kind: 'manual', percentage: 100, text: 'bo' },
      { code: 'manual_change', text: 'bo', from: 'collecting' },
      2,
    ],
    [
      'lowered',
      { kind: 'lower', code: 'operator', percentage: 12, text: 'rain' },
      { code: 'operator', text: 'rain', from: 'collecting' },
      1,
    ],
    [
      'forced off',
      { kind: 'forced_off', text: 'smoke' },
      { code: 'forced_off', text: 'smoke', from: 'collecting' },
      2,
    ],
  ])('keeps who stopped it, why and in what: %s', (_, event, stop, step) => {
    const second = { ...STARTED, step: 2, approvals: ['ana'] };
    const next = follow(second, event, 9);
    expect([next.stop, next.step, next.phaseAt]).toEqual([stop, step, instant(9)]);
    // With another step all of it begins anew.
    const times = event.kind === 'lower' ? [instant(9), instant(9), []] : [instant(0), instant(0), ['ana']];
    expect([next.stepAt, next.baselineAt, next.approvals]).toEqual(times);
    expect(where(next)).toBe(
      `${next.phase === 'held' ? 'held' : 'rolled back'} at step ${step}, ${SHARES[step]} %: ${stop.text}`,
    );
    expect(where({ ...next, stop: { ...stop, text: '' } })).toMatch(/ %$/);
  });

  it('resumes what was stopped: the watching at the end, else the step', () => {
    const held = (rollout: Rollout) => follow(rollout, { kind: 'hold', code: 'operator', text: '' });
    const resume = { kind: 'resume' } as const;
    const baking = follow(AT_END, ADVANCE);
    expect(follow(held(baking), resume, 9)).toEqual({ ...baking, event: 'resume', phaseAt: instant(9) });
    // Also where a rule stopped it again meanwhile.
    const halved = follow(held(baking), { kind: 'halve', text: '' });
    expect([halved.stop?.from, follow(halved, resume).phase]).toEqual(['baking', 'baking']);
    for (const before of [STARTED, follow(STARTED, { kind: 'ready' }), follow(STARTED, ADVANCE)]) {
      expect(follow(held(before), resume)).toMatchObject({
        phase: 'collecting',
        stop: null,
        step: before.step,
      });
    }
    // Less traffic than the step's: what was seen then is of another step.
    const lowered = follow(
      { ...STARTED, approvals: ['ana'] },
      { kind: 'lower', code: 'guard', percentage: 5, text: '' },
    );
    const resumed = follow({ ...lowered, approvals: ['ana'] }, resume, 9);
    expect(resumed).toMatchObject({ phase: 'collecting', step: 0, stop: null, approvals: [] });
    expect(resumed.stepAt).toBe(instant(9));
    expect(refusalOf(STARTED, resume)).toBe(
      'It is not held (collecting at step 1, 10 %): there is nothing to resume.',
    );
    expect(refusalOf(null, resume)).toBe('No rollout was started. Run `atmr-ml rollout start`.');
  });

  it('begins anew with a share that is set by hand after a rollback, at the small step by itself', () => {
    const off = follow({ ...STARTED, step: 3, approvals: ['ana'] }, { kind: 'forced_off', text: 'smoke' });
    const manual = (percentage: number) => follow(off, { kind: 'manual', percentage, text: 'bo' }, 9);
    const anew = { approvals: [], stepAt: instant(9), baselineAt: instant(9), phaseAt: instant(9) };
    expect(manual(5)).toMatchObject({ ...anew, phase: 'collecting', step: 0, stop: null });
    expect(manual(30)).toMatchObject({
      ...{ ...anew, phase: 'held', step: 2 },
      stop: { code: 'manual_change', text: 'bo', from: 'collecting' },
    });
  });

  it('leaves a share that is set by hand alone where it is complete or on hold', () => {
    const complete = follow(follow(AT_END, ADVANCE), { kind: 'complete' });
    const held = follow(STARTED, { kind: 'hold', code: 'operator', text: 'strike' });
    for (const still of [complete, held]) {
      expect(follow(still, { kind: 'manual', percentage: 50, text: 'bo' }, 9)).toEqual({
        ...{ ...still, event: 'manual' },
      });
    }
  });

  it('has another model begin with the first step, whatever the one before was stopped in', () => {
    const model = { kind: 'model', model: 'b' } as const;
    const anew = {
      ...{ model: 'b', step: 1, approvals: [], stepAt: instant(9), baselineAt: instant(9) },
    };
    const baking = follow({ ...AT_END, approvals: ['ana'] }, ADVANCE);
    expect(follow({ ...baking, approvals: ['ana'] }, model, 9)).toMatchObject({
      ...{ ...anew, phase: 'collecting', stop: null },
    });
    // A rule's hold was about the model before.
    expect(follow(follow(baking, { kind: 'hold', code: 'guard', text: 'mae' }), model, 9)).toMatchObject({
      ...{ ...anew, phase: 'collecting', stop: null },
    });
    const byPerson = follow(follow(baking, { kind: 'hold', code: 'operator', text: 'strike' }), model, 9);
    expect(byPerson).toMatchObject({
      ...{ ...anew, phase: 'held', stop: { code: 'operator', text: 'strike', from: 'collecting' } },
    });
    expect(follow(byPerson, { kind: 'resume' })).toMatchObject({ phase: 'collecting', step: 1 });
    // Of a rollback the way back stays.
    const off = follow({ ...AT_END, approvals: ['ana'] }, { kind: 'forced_off', text: 'smoke' });
    expect(follow(off, model, 9)).toEqual({
      ...{ ...off, ...anew, event: 'model', step: LAST },
    });
    expect(follow(STARTED, { kind: 'model', model: 'a' }, 9)).toEqual({ ...STARTED, event: 'model' });
  });

  it('does not take a forced off for a rollback to some share, whatever is tried on it', () => {
    const start: RolloutEvent = { kind: 'start', percentages: SHARES, planId: 'p', model: null };
    const off = follow(follow(null, start), { kind: 'forced_off', text: '' });
    for (const one of [
      { kind: 'halve', text: '' },
      { kind: 'lower', code: 'operator', percentage: 5, text: '' },
      { kind: 'resume' },
    ] as const satisfies readonly RolloutEvent[]) {
      expect(transition(off, one, instant(2))).toEqual({
        refused: expect.stringContaining('rolled back to 0 %'),
      });
    }
  });
});

/** What no order of events may break. */
function keepsPromises(before: Rollout | null, one: RolloutEvent, next: Rollout, at: string): void {
  expect(SHARES[next.step]).toBeDefined();
  if (next.phase === 'baking' || next.phase === 'complete') expect(next.step).toBe(LAST);
  if (one.kind === 'forced_off') expect(next.phase).toBe('rolled_back');
  expect(next.event).toBe(one.kind);
  const isStopped = next.phase === 'held' || next.phase === 'rolled_back';
  expect(next.stop !== null).toBe(isStopped);
  if (before === null) return;
  if (next.step > before.step) {
    // A new rollout after a complete or rolled back one begins where its plan begins.
    expect(['advance', 'start']).toContain(one.kind);
    if (one.kind === 'start') expect(next.step).toBeLessThanOrEqual(1);
    else expect(next.step).toBe(before.step + 1);
  }
  if (next.phase === 'advancing' && before.phase !== 'advancing') {
    expect(['collecting', 'ready']).toContain(before.phase);
  }
  if (before.phase === 'held' && !['held', 'rolled_back'].includes(next.phase)) {
    expect(['resume', 'model']).toContain(one.kind);
  }
  if (next.step !== before.step) expect(next.approvals).toEqual([]);
  const isElsewhere = next.phase !== before.phase || next.step !== before.step;
  if (one.kind !== 'start') expect(next.phaseAt).toBe(isElsewhere ? at : before.phaseAt);
}

function follow(rollout: Rollout | null, one: RolloutEvent, minute = 0): Rollout {
  const next = transition(rollout, one, instant(minute));
  if (isRefusal(next)) throw new Error(next.refused);
  return next;
}

function refusalOf(rollout: Rollout | null, one: RolloutEvent): string {
  const next = transition(rollout, one, instant(1));
  if (!isRefusal(next)) throw new Error(`${one.kind} was taken`);
  return next.refused;
}
