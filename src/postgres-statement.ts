import type pg from 'pg';

/**
 * A statement with a time limit of its own, which the driver knows and its types do not: without an answer the
 * statement rejects, and its connection can be given up.
 */
export function limited(text: string, limitMs: number, values: readonly unknown[] = []): pg.QueryConfig {
  const withLimit = { text, values: [...values], query_timeout: limitMs };
  return withLimit;
}
