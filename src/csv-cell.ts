const PLAIN = /^\w[\w.:-]*$/;
const FORMULA = /^[-=+@]/;

/**
 * An id as a cell of CSV. One that a spreadsheet would take for a formula gets an apostrophe before it, which quotes
 * alone do not prevent; whatever could be two cells is quoted.
 */
export function idCell(id: string): string {
  if (PLAIN.test(id)) return id;
  const text = FORMULA.test(id) ? `'${id}` : id;
  return `"${text.replaceAll('"', '""')}"`;
}
