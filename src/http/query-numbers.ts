import type { FastifyRequest } from 'fastify';

/**
 * A query holds texts only: those that the route's schema means as numbers or booleans become such. Bodies are not
 * touched, so that "25" in JSON stays the mistake that it is.
 */
export async function readQueryNumbers(request: FastifyRequest): Promise<void> {
  const schema = request.routeOptions.schema?.querystring as QuerySchema | undefined;
  const query = request.query as Record<string, unknown>;
  for (const [name, { type }] of Object.entries(schema?.properties ?? {})) {
    const text = query[name];
    if (typeof text !== 'string') continue;
    if ((type === 'integer' || type === 'number') && DECIMAL.test(text)) query[name] = Number(text);
    if (type === 'boolean' && /^(true|false)$/.test(text)) query[name] = text === 'true';
  }
}

interface QuerySchema {
  readonly properties?: Readonly<Record<string, { readonly type?: unknown }>>;
}

const DECIMAL = /^-?\d{1,15}(\.\d{1,15})?$/;
