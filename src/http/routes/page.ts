import type { FastifyInstance } from 'fastify';
import { dashboardShell } from '../../render/dashboard-shell.js';
import type { Application } from '../application.js';
import { authority } from '../authority.js';
import { type DashboardFile, readDashboardFiles, SCRIPT, STYLES } from '../dashboard-files.js';
import { isLocal } from '../protection.js';
import { recently } from '../recently.js';

/** Scripts, styles and answers of this server, and nothing else from anywhere. The chart sets styles of its own elements. */
const POLICY = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      ...{ defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], connectSrc: ["'self'"] },
      ...{ imgSrc: ['data:'], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
    },
  },
} as const;

/** The page for people, on both ports, and the files it loads. */
export function pageRoutes(server: FastifyInstance, { config, clock }: Application): void {
  const files = recently(readDashboardFiles, { forMs: Number.POSITIVE_INFINITY, clock });
  const allow = authority(config.tokens);
  const read = { access: 'read', controlPlane: true } as const;
  const schema = { hide: true };

  server.get(
    '/ml-monitoring',
    { config: { ...read, page: true }, schema, helmet: POLICY },
    async (request, reply) => {
      const known = await files();
      const verdict = allow('write', { authorization: undefined, isLocal: isLocal(request) });
      const page = dashboardShell({
        ...{ flagKey: config.flagKey, timeZone: config.timeZone },
        write: verdict.granted ? 'open' : verdict.status === 401 ? 'token' : 'closed',
        script: addressOf(known.get(SCRIPT)!),
        styles: STYLES.map((name) => addressOf(known.get(name)!)),
      });
      return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page);
    },
  );

  server.get<{ Params: { name: string }; Querystring: { v?: string } }>(
    '/ml-monitoring/:name',
    { config: { ...read, page: true }, schema },
    async ({ params, query, headers }, reply) => {
      const file = (await files()).get(params.name);
      if (file === undefined) return reply.callNotFound();
      const packed = /\bgzip\b/.test(headers['accept-encoding'] ?? '');
      if (packed) reply.header('content-encoding', 'gzip');
      return reply
        .type(file.type)
        .header('vary', 'accept-encoding')
        .header(
          'cache-control',
          query.v === file.version ? 'private, max-age=31536000, immutable' : 'no-cache',
        )
        .send(packed ? file.gzipped : file.content);
    },
  );

  server.get('/', { config: { access: 'read', page: true }, schema }, (_request, reply) =>
    reply.redirect('/ml-monitoring'),
  );
}

/** A new version has another address: browsers keep each for good. */
function addressOf({ name, version }: DashboardFile): string {
  return `/ml-monitoring/${name}?v=${version}`;
}
