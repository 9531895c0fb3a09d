import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Config, thisProcess } from '../config.js';
import { t } from '../wording/t.js';
import type { Access } from './access.js';
import type { Application } from './application.js';
import { authority } from './authority.js';
import { codeOf } from './error-answer.js';
import { foreignReason, hostName, isLoopback } from './origin.js';

/** Of a body; routes that take lists say so themselves. */
export const BODY_LIMIT_BYTES = 64 * 1024;
/** How long a client may take to send its request. */
export const REQUEST_LIMIT_MS = 30_000;

/** Requests a minute, address and kind of caller; of changes, each. A backstop: a dispatch backend must never meet it. */
const MOST_REQUESTS: Readonly<Record<Access, number>> = {
  open: Number.MAX_SAFE_INTEGER,
  read: 6000,
  ingest: 600_000,
  write: 120,
};
const MOST_WRONG_TOKENS = 10;
const MINUTE_MS = 60_000;

/** Everything that stands before the routes: headers, foreign pages, tokens, rates, the control plane's switch. */
export async function protect(server: FastifyInstance, { config, log }: Application): Promise<void> {
  const [{ default: helmet }, { default: rateLimit }] = await Promise.all([
    import('@fastify/helmet'),
    import('@fastify/rate-limit'),
  ]);
  await server.register(helmet, HELMET);
  requireAccess(server);
  refuseForeigners(server, config);
  await server.register(rateLimit, {
    timeWindow: MINUTE_MS,
    max: (request) => MOST_REQUESTS[accessOf(request)],
    keyGenerator: (request) => `${budgetOf(request)} ${request.caller} ${request.ip}`,
    allowList: (request) => accessOf(request) === 'open',
    errorResponseBuilder: (_request, { after }) => tooMany(t`Try again in ${after}.`),
  });
  const wrongTokens = server.createRateLimit({
    ...{ max: MOST_WRONG_TOKENS, timeWindow: MINUTE_MS },
    keyGenerator: ({ ip }) => `wrong token ${ip}`,
  });
  const allow = authority(config.tokens);
  // Where reading needs no token, nothing else would keep a proxy from keeping an answer.
  server.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

  server.addHook('onRequest', async (request, reply) => {
    if (request.is404) return;
    const verdict = allow(accessOf(request), {
      authorization: request.headers.authorization,
      isLocal: isLocal(request),
    });
    if (verdict.granted) {
      request.caller = verdict.caller;
      return;
    }
    // A right token is always let in: nobody who shares an address can lock the operator out of `disable`.
    if (verdict.status === 401 && request.headers.authorization !== undefined) {
      log.warn('a wrong token', { request: request.id });
      const limit = await wrongTokens(request);
      if (!limit.isAllowed && limit.isExceeded) {
        reply.header('retry-after', limit.ttlInSeconds);
        throw tooMany(t`So many wrong tokens are guesses.`);
      }
    }
    if (verdict.status === 401) reply.header('www-authenticate', challengeFor(request));
    return refuse(reply, verdict.status, verdict.error);
  });

  server.addHook('onRequest', async (request, reply) => {
    if (config.controlPlaneEnabled || !request.routeOptions.config.controlPlane) return;
    return reply.code(503).send(CONTROL_PLANE_OFF);
  });
}

/** As other tools of this API know it. */
const CONTROL_PLANE_OFF = {
  error: 'ml_control_plane_disabled',
  message: 'ML control plane API is disabled',
} as const;

/** JSON needs nothing from anywhere; a page that does brings its own rules. Plain HTTP promises no TLS. */
const HELMET = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
    },
  },
  strictTransportSecurity: false,
  xFrameOptions: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
} as const;

/** A route that forgets to say who may ask is a bug that no test of the route would find. */
function requireAccess(server: FastifyInstance): void {
  server.addHook('onRoute', ({ url, config }) => {
    if (config?.access === undefined) throw new TypeError(`the route ${url} names no access in its config`);
  });
}

function refuseForeigners(server: FastifyInstance, { serve }: Config): void {
  // Under the name of the machine, other instances' operators reach it.
  const hosts = [serve.host, thisProcess().host, ...serve.allowedHosts.map(hostName)];
  if (serve.url !== null) hosts.push(new URL(serve.url).hostname);
  server.addHook('onRequest', async (request, reply) => {
    const { headers, socket, method, routeOptions } = request;
    // Probes ask by whatever name they know, and learn nothing.
    if (routeOptions.config.access === 'open') return;
    const reason = foreignReason(
      {
        ...{ host: headers.host, origin: headers.origin },
        fetchSite: text(headers['sec-fetch-site']),
        localAddress: socket.localAddress,
        isNavigation:
          routeOptions.config.page === true && method === 'GET' && headers['sec-fetch-mode'] === 'navigate',
      },
      hosts,
    );
    if (reason !== null) return refuse(reply, 403, reason);
  });
}

/** A proxy on this machine speaks for somebody else. */
export function isLocal({ socket, headers }: FastifyRequest): boolean {
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => name in headers);
  return !forwarded && isLoopback(socket.remoteAddress);
}

/** Unknown routes cost as much as reading. */
function accessOf({ routeOptions }: FastifyRequest): Access {
  return routeOptions.config.access ?? 'read';
}

/** Each change has its own: whatever else is asked too often, the forced off is not. */
function budgetOf(request: FastifyRequest): string {
  const access = accessOf(request);
  return access === 'write' ? `${access} ${request.routeOptions.url}` : access;
}

function refuse(reply: FastifyReply, status: number, error: string): FastifyReply {
  return reply.code(status).send({ error, code: codeOf(status) });
}

/** A browser asks its user for a page's password, and for nothing else. */
function challengeFor({ routeOptions }: FastifyRequest): string {
  return routeOptions.config.page ? 'Basic realm="atmr-ml", charset="UTF-8"' : 'Bearer realm="atmr-ml"';
}

function tooMany(remedy: string): Error {
  return Object.assign(new Error(t`Too many requests. ${remedy}`), { statusCode: 429 });
}

function text(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}
