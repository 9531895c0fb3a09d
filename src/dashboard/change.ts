import type { Language } from '../wording/language.js';
import { documentOf } from './resource.js';

/** Whether this page may change things: freely (this machine, no token set), with a token, or not from here. */
export type Permission = 'open' | 'token' | 'closed';

export interface Credentials {
  readonly token: string;
  readonly name: string;
}

/** What a change answered; 202 is recorded, and not yet confirmed by everybody. */
export interface ChangeAnswer {
  /** Of an acknowledgement alone. */
  readonly acknowledged: readonly unknown[];
  readonly message: string;
  readonly confirmed: boolean;
}

/** The instances are waited for so long, and no longer; the answer then is that nobody knows. */
const WAIT_SECONDS = 10;
const LIMIT_MS = 3000 + 2 * 1000 * WAIT_SECONDS;

/** Posts a change. Rejects with a {@link Refusal} of the API, or where no answer came with what the browser says. */
export async function post<T>(
  path: string,
  body: object,
  { token, name }: Credentials,
  language: Language,
): Promise<T> {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'accept-language': language,
  };
  if (token !== '') headers.authorization = `Bearer ${token}`;
  const by = name.trim() === '' ? {} : { by: name.trim() };
  const response = await fetch(`/api${path}`, {
    signal: AbortSignal.timeout(LIMIT_MS),
    ...{ method: 'POST', headers, body: JSON.stringify({ ...body, ...by }) },
    // Nobody is there to type a password into the browser's own window.
    credentials: 'omit',
  });
  return await documentOf<T>(response);
}
