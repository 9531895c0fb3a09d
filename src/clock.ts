/** Where time comes from. Everything that needs "now" takes a clock, so that a test can turn it. */
export interface Clock {
  /** Wall-clock time in milliseconds since the epoch, UTC. For people; never compared between machines. */
  nowMs(): number;
  /** Milliseconds on a clock that never jumps, with a fraction. For durations. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};
