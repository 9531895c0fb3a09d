import type { ServeSettings, Tokens } from '../config.js';
import { AtmrError } from '../errors.js';
import { isLoopback } from './origin.js';

/** BAD_CONFIG for an address that others reach, when nobody has to show a token. */
export function requireToken({ host }: Pick<ServeSettings, 'host'>, { write }: Tokens): void {
  if (isLoopback(host) || write !== null) return;
  const fact = `serve.host is ${host}, which other machines reach, and ATMR_ML_TOKEN is not set`;
  const remedy = 'Set it to a long random text (`openssl rand -hex 32`), or listen on 127.0.0.1';
  throw new AtmrError('BAD_CONFIG', `${fact}: anybody could move the traffic. ${remedy}.`);
}

const SHORT_TOKEN = 16;

/** What a person should know of the tokens before others reach the port. */
export function tokenNotices({ host }: Pick<ServeSettings, 'host'>, tokens: Tokens): string[] {
  if (isLoopback(host)) return [];
  const named = Object.entries(VARIABLES) as [keyof Tokens, string][];
  const short = named.filter(([name]) => (tokens[name]?.length ?? SHORT_TOKEN) < SHORT_TOKEN);
  return [
    ...short.map(
      ([, variable]) => `${variable} is shorter than ${SHORT_TOKEN} characters: it can be guessed.`,
    ),
    ...(tokens.read === null
      ? [`Whoever reaches ${host} may read the status and the predictions; ATMR_ML_READ_TOKEN prevents it.`]
      : []),
  ];
}

const VARIABLES: Readonly<Record<keyof Tokens, string>> = {
  write: 'ATMR_ML_TOKEN',
  ingest: 'ATMR_ML_INGEST_TOKEN',
  read: 'ATMR_ML_READ_TOKEN',
};

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
