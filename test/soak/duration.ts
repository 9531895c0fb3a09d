/** Milliseconds of `90s`, `10m` or `2h`. */
export function durationMs(text: string): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?)(s|m|h)$/.exec(text) ?? [];
  if (unit === undefined) throw new Error(`DURATION is "${text}"; expected such as 90s, 30m or 2h`);
  return Number(count) * { s: 1000, m: 60_000, h: 3_600_000 }[unit as 's' | 'm' | 'h'];
}
