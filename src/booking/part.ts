import { sqlLiteral } from './inlined.js';

/** Some of the bookings of a database: the parts of a plan have none in common, and together all. */
export type Part =
  /** Of the drivers from one to another, whose bookings stay together: each counts the ones before it. */
  | { readonly kind: 'drivers'; readonly from: string; readonly to: string }
  /** Of no driver, from one id to another. */
  | { readonly kind: 'driverless'; readonly from: string; readonly to: string }
  /** Of a query of the user's own, by a hash of the id. */
  | { readonly kind: 'hash'; readonly index: number; readonly of: number };

/** True of the rows of the production table `b` that belong to the part. */
export function isInPart({ kind, from, to }: Exclude<Part, { kind: 'hash' }>): string {
  const range = `BETWEEN ${sqlLiteral(from)} AND ${sqlLiteral(to)}`;
  return kind === 'drivers' ? `b.driver_id ${range}` : `b.driver_id IS NULL AND b.id ${range}`;
}

/** True of the rows whose column `id` is hashed into the part. */
export function inHash(id: string, { index, of }: { readonly index: number; readonly of: number }): string {
  return `(hashtext(${id}::text) & 2147483647) % ${of} = ${index}`;
}
