import type { Agent } from 'undici';
import { t } from '../../wording/t.js';
import { PermanentFailure } from '../channel.js';
import { codeOf, RetryableFailure } from './failure.js';

/** Posts to one receiver, once a call. */
export interface Poster {
  /** Resolves on a 2xx. Rejects with a text of our own words and numbers: what others say could hold the address. */
  post(address: URL, content: Content, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface Content {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface PosterSettings {
  /** Who did not answer, for messages. */
  readonly who: string;
  /** Whether a status means that no try will help. */
  isPermanent(status: number): boolean;
  readonly timeoutMs: number;
}

export const TIMEOUT_MS = 10_000;
const MOST_BYTES = 64 * 1024;
/** Whatever the other side asks for: an alert that waits longer is none. */
const LONGEST_WAIT_MS = 3_600_000;

export function poster(settings: PosterSettings): Poster {
  const { who, timeoutMs } = settings;
  let agent: Promise<Agent> | null = null;
  let isClosed = false;
  return {
    async post(address, content, signal) {
      if (isClosed) throw new RetryableFailure(t`the way to ${who} is closed`);
      agent ??= startAgent(timeoutMs);
      const dispatcher = await agent;
      const { request } = await import('undici');
      // One limit for all of it: a server that sends a byte now and then breaks none of the agent's own.
      const limit = AbortSignal.timeout(timeoutMs);
      const answer = await request(address, {
        ...{ dispatcher, method: 'POST', headers: { 'user-agent': 'atmr-ml', ...content.headers } },
        ...{ body: content.body, signal: AbortSignal.any([signal, limit]) },
      }).catch((thrown) => {
        throw new RetryableFailure(whyNot(thrown, signal, limit, settings));
      });
      // The status tells whether it was taken; the rest is read away, however it ends.
      await answer.body.dump({ limit: MOST_BYTES }).catch(() => {});
      refuseUnlessTaken(answer.statusCode, answer.headers, settings);
    },
    async close() {
      isClosed = true;
      await (await agent)?.destroy();
    },
  };
}

async function startAgent(timeoutMs: number): Promise<Agent> {
  const undici = await import('undici');
  // Alerts are minutes apart: a connection kept for the next one would mostly be found dead.
  return new undici.Agent({
    pipelining: 0,
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
}

function whyNot(
  thrown: unknown,
  asked: AbortSignal,
  limit: AbortSignal,
  { who, timeoutMs }: PosterSettings,
): string {
  const code = codeOf(thrown);
  if (limit.aborted || /TIMEOUT$|^ETIMEDOUT$/.test(code)) {
    return t`${who} did not answer within ${timeoutMs / 1000} s`;
  }
  return asked.aborted ? t`sending to ${who} was interrupted` : t`${who} cannot be reached: ${code}`;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Redirections are not followed: the address is to be set anew. */
function refuseUnlessTaken(status: number, headers: Headers, { who, isPermanent }: PosterSettings): void {
  if (status >= 200 && status < 300) return;
  const text = t`${who} answered HTTP ${status}`;
  if (isPermanent(status)) throw new PermanentFailure(text);
  throw new RetryableFailure(text, retryAfterMs(headers));
}

/** Seconds, or a date, which is held against the other side's own clock; `null` when it is neither. */
function retryAfterMs({ 'retry-after': after, date }: Headers): number | null {
  if (typeof after !== 'string') return null;
  const ms = /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.parse(String(date));
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), LONGEST_WAIT_MS) : null;
}
