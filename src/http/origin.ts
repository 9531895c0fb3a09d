import { isIPv6 } from 'node:net';
import { t } from '../wording/t.js';

/** Where a request says it comes from and goes to. */
export interface Provenance {
  /** The `Host` header. */
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`. */
  readonly fetchSite: string | undefined;
  /** The address on which it came in: the bound host also where that is "any". */
  readonly localAddress: string | undefined;
  /** A person follows a link to a page: nothing changes, and the other site sees nothing. */
  readonly isNavigation: boolean;
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '::1'];

/**
 * Why a request may come from a foreign web page, `null` when it does not: a name that is not ours was made to
 * point here (DNS rebinding), or a page of another site asks. `hosts` are our names beside those of this machine.
 */
export function foreignReason(request: Provenance, hosts: readonly string[]): string | null {
  const { host, origin, fetchSite, localAddress, isNavigation } = request;
  const allowed = new Set([...LOOPBACK_NAMES, ...hosts.map(bare), bare(localAddress ?? '')]);
  const target = host === undefined ? null : parsed(`http://${host}`);
  if (target === null || !allowed.has(bare(target.hostname))) {
    return t`The Host is none of this server’s names; add it to serve.allowedHosts in the configuration.`;
  }
  if (isNavigation && origin === undefined) return null;
  if (fetchSite === 'cross-site') return t`Another web site asks (Sec-Fetch-Site: cross-site).`;
  if (origin === undefined) return null;
  const from = parsed(origin);
  // The same name on another port is another program's page.
  if (from !== null && parsed(`${from.protocol}//${host}`)?.host === from.host) return null;
  return t`The Origin is another web site’s.`;
}

function parsed(url: string): URL | null {
  try {
    const { protocol } = new URL(url);
    return protocol === 'http:' || protocol === 'https:' ? new URL(url) : null;
  } catch {
    return null;
  }
}

/** The name of a host that was written with its port or without, as browsers write it. */
export function hostName(host: string): string {
  return parsed(`http://${isIPv6(host) ? `[${host}]` : host}`)?.hostname ?? host;
}

/** `[::1]` and `::ffff:127.0.0.1` as others write them. */
function bare(host: string): string {
  const plain = host
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase();
  return isIPv6(plain) ? plain.replace(/^::ffff:(?=\d+\.)/, '') : plain;
}

/** An address of this machine itself. */
export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(127\.\d+\.\d+\.\d+|::1|localhost)$/i.test(bare(address));
}
