import type { Clock } from '../clock.js';
import type { Log } from '../log.js';

/**
 * JSON lines such as `{"level":"ERROR","time":…,"msg":"[ML] …"}`: the words and the prefix are what people grep
 * for. `write` takes one line.
 */
export async function openLog(write: (line: string) => void, clock: Clock): Promise<Log> {
  const { default: fastify } = await import('fastify');
  // pino comes with Fastify, and an instance that never listens hands out its logger.
  const { log } = fastify({
    logger: {
      base: null,
      msgPrefix: PREFIX,
      timestamp: () => `,"time":"${new Date(clock.nowMs()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label.toUpperCase() }) },
      stream: { write },
    },
  });
  return {
    info: (message, fields = {}) => log.info(fields, plain(message)),
    warn: (message, fields = {}) => log.warn(fields, plain(message)),
    error: (message, fields = {}) => log.error(fields, plain(message)),
  };
}

const PREFIX = '[ML] ';

/** Some notices bring the prefix with them. */
function plain(message: string): string {
  return message.startsWith(PREFIX) ? message.slice(PREFIX.length) : message;
}
