/** One row as a driver gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** One SQL statement; `$1` … appear in their order, so that both databases number them alike. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * A piece of work on the database, as the statements it yields; it is given the rows of each. So the same work runs
 * inside of a synchronous SQLite transaction and on a Postgres connection.
 */
export type Work<T> = Generator<Statement, T, readonly Row[]>;

/** Where the two databases differ. */
export interface Dialect {
  /** In front of every table. */
  readonly schema: string;
  /** The database's own clock as an expression: milliseconds, the same for all who share it. */
  readonly nowMs: string;
  readonly forUpdate: string;
  /**
   * Held to the end of the transaction: writers of answers go together, and whoever settles goes alone. Else an
   * outcome and an answer to the same booking, written at the same time, would not see each other. `null` where
   * there is one writer at a time anyway.
   */
  readonly lockShared: string | null;
  readonly lockAlone: string | null;
}

/** Rows of values per statement: each has some thirty, and SQLite takes 32,766 at most. */
const MOST_ROWS = 200;

/** `($1, $2), ($3, $4)` */
export function tuples(count: number, width: number): string {
  const tuple = (i: number) => list(width, i * width);
  return Array.from({ length: count }, (_, i) => tuple(i)).join(', ');
}

/** `($1, $2, $3)`, after as many that were used before. */
export function list(count: number, before = 0): string {
  return `(${Array.from({ length: count }, (_, i) => `$${before + i + 1}`).join(', ')})`;
}

export function chunks<T>(items: readonly T[], size = MOST_ROWS): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

/** For statements that need it and for those whose database does not. */
export function* lock(sql: string | null): Work<void> {
  if (sql !== null) yield { sql, values: [] };
}
