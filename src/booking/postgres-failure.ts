import { AtmrError, messageOf } from '../errors.js';
import { t } from '../wording/t.js';

function unanswerable(message: string): string {
  const remedy = t`Correct bookings.query in atmr-ml.config.yaml, or write one that gives the booking fields`;
  return t`cannot answer: ${message}. ${remedy}`;
}

/** What a refusal means to whoever wanted to read bookings, by SQLSTATE or its class. */
const REFUSALS: Readonly<Record<string, (message: string, variable: string) => string>> = {
  '28': (message, variable) => t`refused: ${message}. Check the user and the password in ${variable}`,
  '3D000': (message, variable) => t`refused: ${message}. Check the database in ${variable}`,
  '42501': (message, variable) =>
    t`refused: ${message}. Grant the user of ${variable} SELECT on what bookings are read from`,
  '42P01': (message, variable) =>
    t`holds no such bookings: ${message}. Name a file with --source FILE, the right database in ${variable}, or a query of your own in bookings.query of atmr-ml.config.yaml`,
  '42': unanswerable,
  '0A': unanswerable,
  '25006': (message) =>
    t`refused: ${message}. Bookings are only read; bookings.query must not write anything`,
};

/**
 * Wraps what the driver threw. A server that refused has answered: BAD_CONFIG, with its words where they name tables,
 * columns and rights. Those about a value would repeat it, so of them only the code is told.
 */
export function bookingsFailure(cause: unknown, where: string, variable: string): AtmrError {
  if (cause instanceof AtmrError) return cause;
  const code = sqlState(cause);
  const refusal = code === null ? undefined : (REFUSALS[code] ?? REFUSALS[code.slice(0, 2)]);
  if (refusal !== undefined) {
    return new AtmrError('BAD_CONFIG', `${where} ${refusal(messageOf(cause), variable)}.`);
  }
  if (code === null) return new AtmrError('UNAVAILABLE', t`${where} did not answer: ${messageOf(cause)}.`);
  if (code === '57014') {
    const fact = t`${where} did not finish reading bookings in time`;
    return new AtmrError(
      'UNAVAILABLE',
      t`${fact}. Try again when it has less to do, or read from a replica.`,
    );
  }
  if (/^time zone "/.test(messageOf(cause))) {
    return new AtmrError(
      'BAD_CONFIG',
      t`${where} does not know the timezone of atmr-ml.config.yaml. Choose another.`,
    );
  }
  if (!code.startsWith('22')) {
    return new AtmrError('UNAVAILABLE', t`${where} stopped reading bookings (SQLSTATE ${code}). Try again.`);
  }
  const fact = t`${where} met a value that it cannot convert (SQLSTATE ${code})`;
  return new AtmrError('BAD_CONFIG', t`${fact}. Correct it there, or the casts in bookings.query.`);
}

/** Errors of the connection have codes too (ECONNREFUSED); a server's has five characters. */
export function sqlState(cause: unknown): string | null {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^[0-9A-Z]{5}$/.test(code) && code !== 'EPIPE' ? code : null;
}
