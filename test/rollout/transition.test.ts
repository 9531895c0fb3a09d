import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PHASES, type Phase, type Rollout, type RolloutEvent } from '../../src/rollout/rollout.js';
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

function follow(rollout: Rollout | null, one: RolloutEvent): Rollout {
  const next = transition(rollout, one, instant(0));
  if (isRefusal(next)) throw new Error(next.refused);
  return next;
}
