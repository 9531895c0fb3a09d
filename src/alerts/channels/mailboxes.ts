import { oneLine } from '../../one-line.js';

/** Somebody's address, and the name that stands before it; empty for none. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** No spaces, no marks with a meaning in a header, nothing that cannot be seen. */
const ADDRESS = /^[^\s\p{C}@<>()[\]",;:\\]+@[^\s\p{C}@<>()[\]",;:\\]+$/u;
const NAMED = /^(?:"([^"]*)"|([^"<>]*))\s*<([^<>]*)>$/u;
/** Commas within a quoted name separate nothing. */
const SEPARATOR = /,(?=(?:[^"]*"[^"]*")*[^"]*$)/;
const MOST_NAME = 100;
const MOST_ADDRESS = 254;

/** Addresses separated by commas, as in `ana@example.com, "Müller, Bo" <bo@example.com>`; `null` when one of them is none. */
export function mailboxesOf(text: string): readonly Mailbox[] | null {
  const boxes = text.split(SEPARATOR).map((part) => mailboxOf(part.trim()));
  return boxes.every((box) => box !== null) ? boxes : null;
}

function mailboxOf(text: string): Mailbox | null {
  const [, quoted, plain, named] = NAMED.exec(text) ?? [];
  const address = (named ?? text).trim();
  if (!ADDRESS.test(address) || address.length > MOST_ADDRESS) return null;
  return { name: oneLine(quoted ?? plain ?? '', MOST_NAME), address };
}
