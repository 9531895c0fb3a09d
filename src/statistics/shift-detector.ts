/** Evidence that a rate has risen, one number for each rate it may have risen to. */
export interface ShiftEvidence {
  readonly baseline: number;
  readonly alternatives: readonly number[];
  readonly evidence: readonly number[];
}

/** Alarm here: the mean time between false alarms is at least as many values. */
export const SHIFT_ALARM = 2000;

/** @param alternatives rates above `baseline`, weighed equally */
export function newShiftEvidence(baseline: number, alternatives: readonly number[]): ShiftEvidence {
  return { baseline, alternatives, evidence: alternatives.map(() => 0) };
}

/**
 * One more value: e ← (e + 1) · L with L the likelihood ratio, so that a long good run does not have to be
 * outweighed before an alarm. Source: Shin, Ramdas & Rinaldo, E-detectors (2023), Shiryaev–Roberts.
 */
export function withOutcome(state: ShiftEvidence, occurred: boolean): ShiftEvidence {
  const ratio = (rate: number): number =>
    occurred ? rate / state.baseline : (1 - rate) / (1 - state.baseline);
  const evidence = state.evidence.map((value, i) => (value + 1) * ratio(state.alternatives[i]!));
  return { ...state, evidence };
}

/**
 * The mean over the alternatives; an alarm at {@link SHIFT_ALARM} or more, which latches until acknowledged.
 */
export function shiftEvidence({ evidence }: ShiftEvidence): number {
  return evidence.reduce((total, value) => total + value, 0) / evidence.length;
}

/** The evidence after `outcomes` in order: {@link withOutcome} for each, at a fraction of its time. */
export function evidenceAfter(
  outcomes: readonly boolean[],
  baseline: number,
  alternatives: readonly number[],
): number {
  let total = 0;
  for (const rate of alternatives) {
    const [up, down] = [rate / baseline, (1 - rate) / (1 - baseline)];
    let evidence = 0;
    for (const occurred of outcomes) evidence = (evidence + 1) * (occurred ? up : down);
    total += evidence;
  }
  return total / alternatives.length;
}
