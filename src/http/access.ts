// For the tags and summaries of the schemas.
import type {} from '@fastify/swagger';

/**
 * What a route asks of its caller; each includes those before it. `open` is for probes, which show nothing worth
 * protecting. Every route names one in its `config`.
 */
export const ACCESS_LEVELS = ['open', 'read', 'ingest', 'write'] as const;
export type Access = (typeof ACCESS_LEVELS)[number];

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** Part of the control plane: answers 503 while `ML_CONTROL_PLANE_API_ENABLED` is off. */
    controlPlane?: boolean;
    /** Many askers may get one answer: the handler looks at the query and the parameters alone, and returns it. */
    shared?: boolean;
    /** A page for people: a link from elsewhere may lead to it. */
    page?: boolean;
  }
  interface FastifyRequest {
    /** Who asks, as the history tells it. */
    caller: string;
  }
}
