const PLAIN = /^\w[\w.:-]*$/;
/** Also behind white space, and in the wide forms that spreadsheets of some languages take for the plain ones. */
const FORMULA = /^\s*[-=+@－＝＋＠]/;

/**
 * An id as a cell of CSV. One that a spreadsheet would take for a formula gets an apostrophe before it, which quotes
 * alone do not prevent; whatever could be two cells is quoted.
 */
export function idCell(id: string): string {
  if (PLAIN.test(id)) return id;
  const text = FORMULA.test(id) ? `'${id}` : id;
  return `"${text.replaceAll('"', '""')}"`;
}
