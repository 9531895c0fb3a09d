import type { FastifyInstance } from 'fastify';
import { documentReader, LONGEST_ID, requireId } from '../../booking/from-document.js';
import { type SaidOfDriver, withDriver } from '../../booking/with-driver.js';
import type { Application } from '../application.js';
import { PREDICTION } from '../prediction-schemas.js';
import { ERROR, ERRORS } from '../schemas.js';

const id = { type: ['string', 'integer'], description: `At most ${LONGEST_ID} characters.` } as const;
/** A booking is some dozens of numbers. */
const BODY_LIMIT_BYTES = 65_536;

const BODY = {
  type: 'object',
  required: ['booking'],
  additionalProperties: false,
  properties: {
    booking: {
      ...{ type: 'object', additionalProperties: true, maxProperties: 200 },
      description:
        'id and scheduled_time, and what else is known; what is no field of a booking is not kept.',
      properties: {
        id,
        scheduled_time: { type: 'string', description: 'ISO 8601; without an offset, local time.' },
      },
    },
    driver: {
      ...{ type: ['object', 'null'], additionalProperties: false },
      properties: {
        id: { ...id, type: ['string', 'integer', 'null'] },
        total_bookings: { type: ['integer', 'null'], minimum: 0 },
      },
      description: 'Wins over driver_id and driver_total_bookings of the booking.',
    },
    request_id: { type: ['string', 'null'], description: 'The same id gets the same answer.' },
  },
} as const;

interface Asked {
  readonly booking: object;
  readonly driver?: SaidOfDriver | null;
  readonly request_id?: string | null;
}

/** How late will this ride be? */
export function predictionRoutes(server: FastifyInstance, app: Application): void {
  const readBooking = documentReader(app.config.timeZone);

  server.post<{ Body: Asked }>(
    '/predictions',
    {
      config: { access: 'ingest' },
      bodyLimit: BODY_LIMIT_BYTES,
      schema: {
        ...{ tags: ['predictions'], summary: 'How late will this ride be?', body: BODY },
        description:
          'Answers within its deadline whatever fails, says who answered and why, and records both arms. What is not known of ' +
          'a booking is left out or null.',
        response: {
          200: { ...PREDICTION, description: 'The same request was answered before: that answer again.' },
          201: PREDICTION,
          ...ERRORS,
          409: { ...ERROR, description: 'The request id was used for another booking.' },
        },
      },
    },
    async ({ body }, reply) => {
      const booking = readBooking(withDriver(body.booking, body.driver));
      const requestId = body.request_id ?? null;
      if (requestId !== null) requireId('request_id', requestId);
      const { prediction, repeated } = await app.answerer.answer(booking, requestId);
      return reply.code(repeated ? 200 : 201).send(prediction);
    },
  );
}
