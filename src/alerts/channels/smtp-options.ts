import type { SMTPTransportOptions } from 'nodemailer';
import { AtmrError } from '../../errors.js';
import { t } from '../../wording/t.js';

/** What an address of a mail server means to the library. */
export interface SmtpOptions extends SMTPTransportOptions {
  readonly host: string;
  readonly port: number;
}

/** Those of a submission: STARTTLS on the first, TLS from the start on the second. */
const PORTS: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 };
const FLAGS = ['requireTLS', 'ignoreTLS', 'tls.rejectUnauthorized'] as const;
const TEXTS = ['name', 'tls.servername'] as const;
const expected = () =>
  t`expected smtp:// or smtps:// with a host, / @ # and % of a password as %2F %40 %23 %25, and of options only ${[...FLAGS, ...TEXTS].join(', ')}`;

/**
 * Reads SMTP_URL: `smtps` is TLS from the start, `smtp` goes over to it where the server can. Only these options are taken:
 * others of the library would let an address print what it holds. BAD_CONFIG for anything else, without repeating it.
 */
export function smtpOptions(text: string, timeoutMs: number): SmtpOptions {
  const url = URL.canParse(text) ? new URL(text) : null;
  const usualPort = PORTS[url?.protocol ?? ''];
  if (url === null || usualPort === undefined || url.hostname === '') throw refusal();
  // A password with a slash ends the host too early: what follows would be told as the place.
  if (!['', '/'].includes(url.pathname) || url.hash !== '') throw refusal();
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const { requireTLS, ignoreTLS = false, rejectUnauthorized = true, name, servername } = optionsOf(url);
  const auth = loginOf(url);
  return {
    ...{ host, port: url.port === '' ? usualPort : Number(url.port), secure: url.protocol === 'smtps:' },
    // A password goes nowhere in the clear, unless the address says so.
    ...{ requireTLS: requireTLS ?? (auth !== null && !ignoreTLS && !isThisMachine(host)), ignoreTLS },
    ...(auth === null ? {} : { auth }),
    ...(name === undefined ? {} : { name }),
    tls: { rejectUnauthorized, ...(servername === undefined ? {} : { servername }) },
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    ...{ dnsTimeout: timeoutMs, pool: false, logger: false },
  };
}

interface Options {
  readonly requireTLS?: boolean | undefined;
  readonly ignoreTLS?: boolean | undefined;
  readonly rejectUnauthorized?: boolean | undefined;
  readonly name?: string | undefined;
  readonly servername?: string | undefined;
}

function optionsOf({ searchParams }: URL): Options {
  const known: readonly string[] = [...FLAGS, ...TEXTS];
  if ([...searchParams.keys()].some((key) => !known.includes(key))) throw refusal();
  const flag = (key: (typeof FLAGS)[number]) => {
    const value = searchParams.get(key);
    if (value !== null && value !== 'true' && value !== 'false') throw refusal();
    return value === null ? undefined : value === 'true';
  };
  const text = (key: (typeof TEXTS)[number]) => searchParams.get(key) ?? undefined;
  return {
    ...{ requireTLS: flag('requireTLS'), ignoreTLS: flag('ignoreTLS') },
    ...{ rejectUnauthorized: flag('tls.rejectUnauthorized') },
    ...{ name: text('name'), servername: text('tls.servername') },
  };
}

function loginOf({ username, password }: URL): { readonly user: string; readonly pass: string } | null {
  if (username === '' && password === '') return null;
  try {
    return { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  } catch {
    throw refusal(); // a % that escapes nothing
  }
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

function refusal(): AtmrError {
  return new AtmrError('BAD_CONFIG', t`SMTP_URL is not the address of a mail server; ${expected()}.`);
}
