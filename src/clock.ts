/** Where time comes from. Everything that needs "now" takes a clock, so that a test can turn it. */
export interface Clock {
  /** Wall-clock time in milliseconds since the epoch, UTC. For people; never compared between machines. */
  nowMs(): number;
  /** Milliseconds on a clock that never jumps, with a fraction. For durations. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  // `performance` is a library of its own, which node loads when it is first named.
  monotonicMs() {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1000 + nanoseconds / 1e6;
  },
};
