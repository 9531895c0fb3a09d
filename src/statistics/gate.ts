import type { Estimated } from './estimate.js';

/** What a number has to be. */
export interface Target {
  readonly direction: 'below' | 'above';
  readonly value: number;
}

/** Whether a target is met, decided on one-sided 95 % bounds. */
export interface Gate {
  readonly name: string;
  /** `null` with the bounds where there is no estimate. */
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly target: Target;
  readonly result: GateResult;
  /** The answer to the letter: whether the value itself is on the right side; `null` where there is none. */
  readonly pointMeetsTarget: boolean | null;
}

/** `insufficient`: neither side is proven. It never counts as a pass. */
export type GateResult = 'pass' | 'fail' | 'insufficient';

/** Passes when the bound on the target's side is beyond it, fails when the opposite bound misses it. */
export function decideGate(name: string, estimated: Estimated, target: Target): Gate {
  if (estimated.kind === 'insufficient') {
    const nothing = { value: null, lower: null, upper: null, pointMeetsTarget: null };
    return { name, ...nothing, target, result: 'insufficient' };
  }
  const { value, bounds } = estimated;
  const proven = meets(target.direction === 'below' ? bounds.upper : bounds.lower, target);
  const possible = meets(target.direction === 'below' ? bounds.lower : bounds.upper, target);
  const result = proven ? 'pass' : possible ? 'insufficient' : 'fail';
  return { name, value, ...bounds, target, result, pointMeetsTarget: meets(value, target) };
}

/** `fail` when any gate fails, `pass` when every one passes; no gates at all prove nothing. */
export function decideGates(gates: readonly Gate[]): GateResult {
  if (gates.some(({ result }) => result === 'fail')) return 'fail';
  return gates.length > 0 && gates.every(({ result }) => result === 'pass') ? 'pass' : 'insufficient';
}

function meets(value: number, { direction, value: target }: Target): boolean {
  return direction === 'below' ? value < target : value > target;
}
