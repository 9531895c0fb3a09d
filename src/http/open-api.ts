import type { FastifyInstance } from 'fastify';

/** Describes every route that is registered from here on, under one of its addresses. */
export async function describeApi(server: FastifyInstance): Promise<void> {
  const { default: swagger } = await import('@fastify/swagger');
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'atmr-ml',
        version: '1',
        description: 'Every path under /api also answers under /api/v1. Times are ISO 8601 in UTC.',
      },
      components: {
        securitySchemes: {
          read: { type: 'http', scheme: 'bearer', description: 'ATMR_ML_READ_TOKEN, where it is set' },
          ingest: { type: 'http', scheme: 'bearer', description: 'ATMR_ML_INGEST_TOKEN' },
          write: { type: 'http', scheme: 'bearer', description: 'ATMR_ML_TOKEN' },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const access = route.config?.access;
      const security = access === undefined || access === 'open' ? [] : [{ [access]: [] }];
      return { schema: { security, ...schema }, url };
    },
  });
}
