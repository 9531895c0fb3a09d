const PREFIX = '#booking=';

/** The booking that an address names; `null` where it names none. */
export function bookingOf(hash: string): string | null {
  if (!hash.startsWith(PREFIX)) return null;
  try {
    return decodeURIComponent(hash.slice(PREFIX.length)) || null;
  } catch {
    return null;
  }
}

/** The address of a booking within the page. */
export function bookingHash(id: string): string {
  return `${PREFIX}${encodeURIComponent(id)}`;
}
