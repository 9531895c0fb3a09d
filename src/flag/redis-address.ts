import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';

/** What a REDIS_URL means. */
export type RedisAddress =
  | { readonly kind: 'single'; readonly url: string; readonly where: string }
  | (Login & Nodes & { readonly kind: 'sentinel'; readonly master: string; readonly where: string })
  | (Login & Nodes & { readonly kind: 'cluster'; readonly where: string });

interface Login {
  readonly username: string | undefined;
  readonly password: string | undefined;
}

interface Nodes {
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
}

const SEVERAL = /^redis\+(sentinel|cluster):\/\/(?:([^@/]*)@)?([^@/?]+)(?:\/([^/?]+))?\/?$/;
const expected = () =>
  t`redis://:password@host:6379/0, rediss://…, redis+sentinel://host:26379,host:26379/name or redis+cluster://host:6379,host:6379`;

/** Reads a REDIS_URL. One that cannot be read is BAD_CONFIG, and is not repeated: it may hold a password. */
export function parseRedisUrl(url: string): RedisAddress {
  const several = SEVERAL.exec(url);
  if (several !== null) return parseSeveral(several);
  if (!/^rediss?:\/\//.test(url) || !URL.canParse(url)) throw notAnAddress();
  // The driver would take `/abc` for a number that is none, and fail in its own words.
  const { pathname, username, password, host } = new URL(url);
  if (!/^\/?\d{0,4}$/.test(pathname)) throw notAnAddress();
  decoded(username);
  decoded(password);
  return {
    kind: 'single',
    url,
    get where() {
      return t`Redis at ${host || 'localhost'}`;
    },
  };
}

function parseSeveral([, kind, login, hosts = '', master]: RegExpExecArray): RedisAddress {
  const nodes = hosts.split(',').map((host) => parseNode(host, kind === 'sentinel' ? 26_379 : 6379));
  const address = { ...parseLogin(login), nodes };
  if (kind === 'cluster')
    return {
      ...address,
      kind,
      get where() {
        return t`Redis Cluster at ${hosts}`;
      },
    };
  if (master === undefined) throw notAnAddress();
  return {
    ...address,
    kind: 'sentinel',
    master,
    get where() {
      return t`Redis ${master} by the sentinels at ${hosts}`;
    },
  };
}

function parseNode(text: string, defaultPort: number): { host: string; port: number } {
  if (!URL.canParse(`redis://${text}`)) throw notAnAddress();
  const { hostname, port } = new URL(`redis://${text}`);
  return { host: hostname.replace(/[[\]]/g, ''), port: port === '' ? defaultPort : Number(port) };
}

function parseLogin(login = ''): Login {
  const [username, ...password] = login.split(':').map(decoded);
  return { username: username || undefined, password: password.join(':') || undefined };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw notAnAddress();
  }
}

function notAnAddress(): AtmrError {
  return new AtmrError('BAD_CONFIG', t`REDIS_URL is not one of ${expected()}, with a % in the login as %25.`);
}
