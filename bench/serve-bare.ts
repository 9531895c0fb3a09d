/** What `bench/serve.ts` compares with: a Fastify route that parses and validates the same body, and does nothing. */
import fastify from 'fastify';

const server = fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false } } });
const body = {
  type: 'object',
  required: ['booking'],
  additionalProperties: false,
  properties: {
    booking: { type: 'object', additionalProperties: true, maxProperties: 200 },
    driver: { type: ['object', 'null'] },
    request_id: { type: ['string', 'null'] },
  },
} as const;
server.post('/api/predictions', { schema: { body } }, (_request, reply) =>
  reply.code(201).send({ done: true }),
);
process.send?.(await server.listen({ host: '127.0.0.1', port: 0 }));
