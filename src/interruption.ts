/** What must not be left behind when the user presses Ctrl-C. */
const cleanups = new Set<() => void>();

/** Has `cleanup` run on an interruption, until the returned function is called. It must be synchronous. */
export function whenInterrupted(cleanup: () => void): () => void {
  cleanups.add(cleanup);
  return () => void cleanups.delete(cleanup);
}

let ending: ((exitCode: number) => void) | null = null;

/**
 * Has `end` called instead of ending the program, until the returned function is called: what is under way says
 * good-bye and comes to its own end. `exitCode` is the one of the signal. A second interruption ends the program.
 */
export function endWhenInterrupted(end: (exitCode: number) => void): () => void {
  ending = end;
  return () => {
    if (ending === end) ending = null;
  };
}

/** True when somebody took it upon themselves to come to an end. */
export function askToEnd(exitCode: number): boolean {
  if (ending === null) return false;
  const end = ending;
  ending = null;
  end(exitCode);
  return true;
}

/** Runs what was registered; the program calls this once, just before it ends. */
export function cleanUpAfterInterruption(): void {
  for (const cleanup of cleanups) cleanup();
}
