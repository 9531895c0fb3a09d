import { describe, expect, it } from 'vitest';
import { startLoop } from '../src/loop.js';

/** Lets everything that is ready run. */
const settle = () => new Promise((resolve) => setImmediate(resolve));
const NEVER_MS = 1_000_000;

describe('startLoop', () => {
  it('runs at once, again when woken, and not after it was stopped', async () => {
    let runs = 0;
    const loop = startLoop(
      async () => void runs++,
      () => NEVER_MS,
    );
    await settle();
    expect(runs).toBe(1);
    loop.wake();
    await settle();
    expect(runs).toBe(2);
    await loop.stop();
    loop.wake();
    await settle();
    expect(runs).toBe(2);
  });

  it('does not forget that it was woken while it ran, and runs one at a time', async () => {
    const finishes: (() => void)[] = [];
    const loop = startLoop(
      () => new Promise((resolve) => finishes.push(resolve)),
      () => NEVER_MS,
    );
    loop.wake();
    loop.wake();
    await settle();
    expect(finishes).toHaveLength(1);
    finishes[0]?.();
    await settle();
    expect(finishes).toHaveLength(2);
    const stopped = loop.stop();
    finishes[1]?.();
    await stopped;
    expect(finishes).toHaveLength(2);
  });
});
