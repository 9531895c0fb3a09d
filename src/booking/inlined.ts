/** A statement with its values in the place of `$1`, `$2` …: COPY takes no parameters. `sql` holds no other `$`. */
export function inlined(sql: string, values: readonly (string | null)[]): string {
  return sql.replace(/\$(\d+)/g, (_, place: string) => sqlLiteral(values[Number(place) - 1] ?? null));
}

/** A text as SQL writes it, whatever `standard_conforming_strings` is; NULL for `null`. */
export function sqlLiteral(text: string | null): string {
  if (text === null) return 'NULL';
  const quoted = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
  return text.includes('\\') ? ` E${quoted}` : quoted;
}
