/** The browser's clock, ms since the epoch. */
export function nowMs(): number {
  return Date.now();
}
