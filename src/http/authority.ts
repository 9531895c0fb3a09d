import { createHash, timingSafeEqual } from 'node:crypto';
import type { Tokens } from '../config.js';
import { t } from '../wording/t.js';
import { ACCESS_LEVELS, type Access } from './access.js';

/** What a request brings to be let in. */
export interface Credentials {
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  /** It comes from this machine, and no proxy says otherwise. */
  readonly isLocal: boolean;
}

export type Verdict =
  | { readonly granted: true /** As the history names them. */; readonly caller: string }
  | { readonly granted: false; readonly status: 401 | 403; readonly error: string };

const TOKEN_LEVELS = ['read', 'ingest', 'write'] as const;
const VARIABLE = {
  read: 'ATMR_ML_READ_TOKEN',
  ingest: 'ATMR_ML_INGEST_TOKEN',
  write: 'ATMR_ML_TOKEN',
} as const;

/**
 * Who may do what: a token may do what its level says and all below. What no token protects is for this machine
 * alone, but for reading beside a token that protects the rest.
 */
export function authority(tokens: Tokens): (access: Access, credentials: Credentials) => Verdict {
  const known = TOKEN_LEVELS.flatMap((level) => {
    const token = tokens[level];
    return token === null ? [] : [{ level, digest: digestOf(token) }];
  });

  return (access, { authorization, isLocal }) => {
    if (access === 'open') return { granted: true, caller: 'api' };
    const presented = presentedToken(authorization, access);
    const level = presented === null ? null : levelOf(presented, known);
    if (level !== null && rank(level) >= rank(access))
      return { granted: true, caller: `api (${level} token)` };
    const needed = neededToken(access, tokens);
    if (needed !== null) return refusal(needed, presented !== null, level !== null);
    if (isLocal || (access === 'read' && known.length > 0)) return { granted: true, caller: 'api' };
    const remedy = t`set ${VARIABLE[access]} where it runs, and send it as \`Authorization: Bearer …\``;
    return { granted: false, status: 403, error: t`Only the machine itself may ask: ${remedy}.` };
  };
}

/** The variable whose token the caller has to show; `null` where none protects this. */
function neededToken(access: Exclude<Access, 'open'>, tokens: Tokens): string | null {
  if (access === 'read') return tokens.read === null ? null : VARIABLE.read;
  if (access === 'ingest' && tokens.ingest !== null) return VARIABLE.ingest;
  return tokens.write === null ? null : VARIABLE.write;
}

function refusal(needed: string, isPresented: boolean, isKnown: boolean): Verdict {
  if (isKnown)
    return { granted: false, status: 403, error: t`This token does not allow it; ${needed} does.` };
  const fact = isPresented ? t`The token is wrong` : t`A token is missing`;
  return { granted: false, status: 401, error: t`${fact}: send ${needed} as \`Authorization: Bearer …\`.` };
}

/** Browsers sign in with a name and a password, which they then send along by themselves: for reading only. */
function presentedToken(authorization: string | undefined, access: Access): string | null {
  const [, scheme = '', value = ''] = /^(bearer|basic) +(\S+)\s*$/i.exec(authorization ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme === '' || access !== 'read') return null;
  const login = Buffer.from(value, 'base64').toString('utf8');
  return login.slice(login.indexOf(':') + 1);
}

/** Compares with every token, whichever fits: the time tells nothing. */
function levelOf(presented: string, known: readonly { level: Access; digest: Buffer }[]): Access | null {
  const digest = digestOf(presented);
  let found: Access | null = null;
  for (const one of known) if (timingSafeEqual(one.digest, digest)) found = one.level;
  return found;
}

/** Digests are of one length, whatever the tokens'. */
function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function rank(level: Access): number {
  return ACCESS_LEVELS.indexOf(level);
}
