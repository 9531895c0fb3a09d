import type { BaseTransportOptions, Event, Transport } from '@sentry/core';
import { AtmrError } from '../../errors.js';
import { t } from '../../wording/t.js';
import type { Channel } from '../channel.js';
import { RetryableFailure } from './failure.js';
import { type Poster, poster, TIMEOUT_MS } from './http-post.js';
import { sentryEvent } from './sentry-event.js';

export interface SentrySettings {
  readonly dsn: string;
  /** Which version tells; `null` for none. */
  readonly release: string | null;
}

/** Narrower than the SDK's own, which prints what it cannot read. */
const DSN = /^https?:\/\/\w+(?::\w*)?@(\[[:.%\w]+\]|[\w.-]+)(?::\d+)?\/(?:[\w.-]+\/)*(\d+)$/;

/**
 * A project of Sentry, through the SDK's core: without integrations, without breadcrumbs, without anything global. BAD_CONFIG
 * for a DSN that is none.
 */
export function sentryChannel({ dsn, release }: SentrySettings, timeoutMs = TIMEOUT_MS): Channel {
  const [, host, project] = DSN.exec(dsn) ?? [];
  if (host === undefined || project === undefined) {
    // Not repeated: whoever knows it can send there.
    const expected = t`expected one such as https://key@host/42`;
    throw new AtmrError('BAD_CONFIG', t`SENTRY_DSN is not the DSN of a project; ${expected}.`);
  }
  const isPermanent = (status: number) => status >= 400 && status < 500 && status !== 429;
  const sentry = poster({ who: 'Sentry', isPermanent, timeoutMs });
  return {
    name: 'sentry',
    where: t`${host}, project ${project}`,
    send: (alert, message, { id, signal }) =>
      capture(sentry, { dsn, release }, sentryEvent(alert, message, id), signal),
    close: () => sentry.close(),
  };
}

/**
 * A client for each event: it tells nobody whether one arrived, and drops what comes after a 429 without a word. So the
 * transport's own promise is what counts.
 */
async function capture(
  sentry: Poster,
  { dsn, release }: SentrySettings,
  event: Event,
  signal: AbortSignal,
): Promise<void> {
  const { Scope, ServerRuntimeClient, serializeEnvelope } = await import('@sentry/core');
  let posted: Promise<void> | null = null;
  const transport = ({ url }: BaseTransportOptions): Transport => ({
    send(envelope) {
      const content = {
        headers: { 'content-type': 'application/x-sentry-envelope' },
        body: serializeEnvelope(envelope),
      };
      posted = sentry.post(new URL(url), content, signal);
      return posted.then(() => ({}));
    },
    flush: async () => true,
  });
  const client = new ServerRuntimeClient({
    ...{ dsn, transport, integrations: [], stackParser: () => [], platform: 'node', maxBreadcrumbs: 0 },
    ...{ sendClientReports: false, enableLogs: false, enableMetrics: false, sendDefaultPii: false },
    ...(release === null ? {} : { release }),
  });
  client.captureEvent(event, {}, new Scope());
  await client.flush();
  if (posted === null) throw new RetryableFailure(t`Sentry was not asked: the event was dropped`);
  await posted;
}
