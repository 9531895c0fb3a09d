/** What a caller tells of the driver beside the booking. */
export interface SaidOfDriver {
  readonly id?: unknown;
  readonly total_bookings?: unknown;
}

/** What is said of the driver wins over the booking's own columns, which may be older. */
export function withDriver(booking: object, driver: SaidOfDriver | null | undefined): object {
  const { id = null, total_bookings = null } = driver ?? {};
  return {
    ...booking,
    ...(id !== null && { driver_id: id }),
    ...(total_bookings !== null && { driver_total_bookings: total_bookings }),
  };
}
