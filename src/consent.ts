import { AtmrError } from './errors.js';
import type { Terminal } from './terminal.js';
import { t } from './wording/t.js';

/** USAGE when nobody can be asked, or `--no-input` forbids it: then consent is `--yes`. */
export function requireAskable({ canAsk }: Terminal, { input }: { readonly input: boolean }): void {
  if (canAsk && input) return;
  throw new AtmrError('USAGE', t`Nothing was changed: nobody can be asked here. Add --yes to consent.`);
}

/** Asks a yes-or-no question on the terminal. CANCELLED for "no" and for Ctrl-C. */
export async function requireConsent(terminal: Terminal, question: string): Promise<void> {
  if (!(await terminal.ask(question))) throw new AtmrError('CANCELLED', t`Cancelled; nothing was changed.`);
}
