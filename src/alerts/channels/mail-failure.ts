import { t } from '../../wording/t.js';
import { PermanentFailure } from '../channel.js';
import { codeOf, RetryableFailure } from './failure.js';

/** What the library tells of a failure. Its texts are not repeated: a server may quote a login or an address. */
interface Told {
  readonly code: string;
  /** The system's own code, under one of the library's. */
  readonly originalCode?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
}

const OUT_OF_TURN = 503;
const LOGIN_FIRST = 530;
/** Neither is about an address. */
const NO_REFUSAL: readonly number[] = [OUT_OF_TURN, LOGIN_FIRST];
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ALTNAME/;

/** Why an e-mail did not go, in our own words, with the codes. */
export function mailFailure(thrown: unknown): Error {
  const told: Told = { ...(thrown instanceof Error ? thrown : {}), code: codeOf(thrown) };
  const answered = typeof told.responseCode === 'number' ? told.responseCode : null;
  if (told.code === 'EENVELOPE' && answered !== null && isRefusal(answered)) {
    if (told.command === 'MAIL FROM')
      return new PermanentFailure(t`the mail server refuses the sender (${answered})`);
    if (told.command === 'RCPT TO')
      return new PermanentFailure(t`the mail server refuses the recipients (${answered})`);
  }
  return new RetryableFailure(textOf(told, answered));
}

/** A 5xx that will be the same tomorrow. */
export function isRefusal(answered: number | null): boolean {
  return answered !== null && answered >= 500 && answered < 600 && !NO_REFUSAL.includes(answered);
}

function textOf({ code, originalCode }: Told, answered: number | null): string {
  const system =
    typeof originalCode === 'string' && /^[A-Z][A-Z0-9_]+$/.test(originalCode) ? originalCode : code;
  if (CERTIFICATE.test(system)) {
    const remedy = t`name its authority in NODE_EXTRA_CA_CERTS, or add ?tls.rejectUnauthorized=false to SMTP_URL`;
    return t`the certificate of the mail server is not trusted (${system}); ${remedy}`;
  }
  const number = answered === null ? '' : ` (${answered})`;
  switch (code) {
    case 'EAUTH':
      return t`the mail server does not accept the login of SMTP_URL${number}`;
    case 'ETLS':
      return t`the mail server offers no STARTTLS that works${number}; add ?requireTLS=false to SMTP_URL to do without`;
    case 'EABORT':
      return t`sending the e-mail was interrupted`;
    case 'ETIMEDOUT':
      return t`the mail server did not answer in time`;
    default:
      if (answered === null) return t`the mail server cannot be reached: ${system}`;
      return answered === LOGIN_FIRST
        ? t`the mail server wants a login, or STARTTLS, before it takes an e-mail (${answered})`
        : t`the mail server answered ${answered}`;
  }
}
