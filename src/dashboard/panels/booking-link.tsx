import { bookingHash } from './booking-hash.js';

/** Leads to all that is known of a booking; the address can be passed on. */
export function BookingLink({ id }: { readonly id: string }) {
  return <a href={bookingHash(id)}>{id}</a>;
}
