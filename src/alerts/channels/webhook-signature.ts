import { createHmac } from 'node:crypto';
import { AtmrError } from '../../errors.js';
import { t } from '../../wording/t.js';

const PREFIX = 'whsec_';
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The key of a secret: base64 after `whsec_`, as the specification writes it, else the text as it is. BAD_CONFIG without one. */
export function signingKey(secret: string | null): Buffer {
  const text = secret?.trim() ?? '';
  const expected = t`expected whsec_ with base64, or a long random text`;
  if (text === '' || text === PREFIX) {
    const remedy = t`its receiver could not tell who sent it`;
    throw new AtmrError('BAD_CONFIG', t`ALERT_WEBHOOK_SECRET is not set, so ${remedy}; ${expected}.`);
  }
  if (!text.startsWith(PREFIX)) return Buffer.from(text, 'utf8');
  const encoded = text.slice(PREFIX.length);
  if (BASE64.test(encoded)) return Buffer.from(encoded, 'base64');
  throw new AtmrError('BAD_CONFIG', t`ALERT_WEBHOOK_SECRET is no base64 after whsec_; ${expected}.`);
}

/** Standard Webhooks, symmetric. */
export function signature(key: Buffer, id: string, timestamp: number, body: string): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/**
 * An id as a header: ASCII. Without full stops, which separate what is signed: an id with one could pass for another id
 * and another time.
 */
export function headerId(id: string): string {
  return id.replace(/[^ -~]|[.%]|^ | $/gu, (mark) =>
    Buffer.from(mark).toString('hex').toUpperCase().replace(/../g, '%$&'),
  );
}
