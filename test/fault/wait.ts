import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `holds` is true; fails the test after `limitMs`, saying what was expected. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  limitMs = 45_000,
): Promise<void> {
  const startMs = performance.now();
  while (!(await holds())) {
    if (performance.now() - startMs > limitMs) throw new Error(`expected within ${limitMs} ms: ${what}`);
    await sleep(20);
  }
}
