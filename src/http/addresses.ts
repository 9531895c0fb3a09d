import type { ServeSettings, Tokens } from '../config.js';
import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import { isLoopback } from './origin.js';

/**
 * BAD_CONFIG for an address that others reach, when nobody has to show a token, and for a token that nobody could
 * show.
 */
export function requireToken({ host }: Pick<ServeSettings, 'host'>, tokens: Tokens): void {
  for (const [name, variable] of VARIABLE_NAMES) requireSendable(tokens[name], variable);
  if (isLoopback(host) || tokens.write !== null) return;
  const fact = t`serve.host is ${host}, which other machines reach, and ATMR_ML_TOKEN is not set`;
  const remedy = t`Set it to a long random text (\`openssl rand -hex 32\`), or listen on 127.0.0.1`;
  throw new AtmrError('BAD_CONFIG', t`${fact}: anybody could move the traffic. ${remedy}.`);
}

/** A header carries what is printable in ASCII; a space would end the token there. */
const SENDABLE = /^[!-~]+$/;

function requireSendable(token: string | null, variable: string): void {
  if (token === null || SENDABLE.test(token)) return;
  const fact = t`${variable} holds a space or another character that no Authorization header carries`;
  throw new AtmrError(
    'BAD_CONFIG',
    t`${fact}. Set it to letters and digits, such as of \`openssl rand -hex 32\`.`,
  );
}

const SHORT_TOKEN = 16;

/** What a person should know of the tokens before others reach the port. */
export function tokenNotices({ host }: Pick<ServeSettings, 'host'>, tokens: Tokens): string[] {
  if (isLoopback(host)) return [];
  const short = VARIABLE_NAMES.filter(([name]) => (tokens[name]?.length ?? SHORT_TOKEN) < SHORT_TOKEN);
  return [
    ...short.map(
      ([, variable]) => t`${variable} is shorter than ${SHORT_TOKEN} characters: it can be guessed.`,
    ),
    ...(tokens.read === null
      ? [t`Whoever reaches ${host} may read the status and the predictions; ATMR_ML_READ_TOKEN prevents it.`]
      : []),
  ];
}

const VARIABLE_NAMES: readonly (readonly [keyof Tokens, string])[] = [
  ['write', 'ATMR_ML_TOKEN'],
  ['ingest', 'ATMR_ML_INGEST_TOKEN'],
  ['read', 'ATMR_ML_READ_TOKEN'],
];

/** Where others reach this process; `hostname` stands for an address that means "any". */
export function publicUrl(
  { host, url }: Pick<ServeSettings, 'host' | 'url'>,
  port: number,
  hostname: string,
): string {
  if (url !== null) return url.replace(/\/+$/, '');
  const name = host === '0.0.0.0' || host === '::' ? hostname : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
