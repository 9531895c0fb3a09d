import { AtmrError, messageOf } from '../errors.js';
import { t } from '../wording/t.js';
import { disable } from './disable.js';
import type { Holders } from './holders.js';
import type { Writer } from './outcome.js';
import type { Peer } from './peers.js';
import type { WriteRequest } from './plan.js';

/** An instance tries the stores for 5 s itself before it answers. */
const ANSWER_LIMIT_MS = 10_000;
const MOST_WORDS = 200;

/**
 * `disable`; and where no store said yes, each instance that this machine knew last is asked at its own address,
 * with `token`. It still rejects then, for no store holds it, and tells which instances are off.
 */
export function disableDirectly(token: string | null): Writer {
  return async (holders, request) => {
    try {
      return await disable(holders, request);
    } catch (thrown) {
      const holdsNowhere =
        thrown instanceof AtmrError && (thrown.code === 'UNAVAILABLE' || thrown.code === 'OUTCOME_UNKNOWN');
      if (!holdsNowhere || request.dryRun || request.ifRevision !== null) throw thrown;
      const told = await askEveryInstance(holders, request, token);
      throw new AtmrError(thrown.code, `${thrown.message} ${told}`, { cause: thrown });
    }
  };
}

async function askEveryInstance(
  { disk, host }: Holders,
  { authorship }: WriteRequest,
  token: string | null,
): Promise<string> {
  const peers = await disk.peers.read();
  if (peers.length === 0)
    return t`No address of a running instance is known here, so none was asked directly.`;
  const reason = `${authorship.by}, directly: ${authorship.reason}`.slice(0, 1000);
  const answers = await Promise.all(
    peers.map(async (peer) => {
      const answer = isReachable(peer, host) ? await askInstance(peer, reason, token) : onlyThere();
      return t`${peer.instance} on ${peer.host} ${answer}`;
    }),
  );
  return t`Asked directly: ${answers.join(t`; `)}.`;
}

const onlyThere = () => t`listens on its own machine only`;

/** Another machine's loopback is ours when we ask it, and our token would go to whoever listens there. */
function isReachable({ url, host }: Peer, ourHost: string): boolean {
  return host === ourHost || !/^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(url).hostname);
}

/** What became of it, to follow the instance's name. */
async function askInstance({ url }: Peer, reason: string, token: string | null): Promise<string> {
  try {
    const response = await fetch(`${url}/api/feature-flags/ml/disable?wait=0`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ reason }),
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok || isOffThere(answer)) return t`is off`;
    return t`refused (${response.status}${errorText(answer)})`;
  } catch (thrown) {
    const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
    return t`did not answer at ${url} (${messageOf(cause)})`;
  }
}

/** No store took it there either, but that machine's journal holds it. */
function isOffThere(answer: unknown): boolean {
  return isObject(answer) && answer.forced_off_here === true;
}

function errorText(answer: unknown): string {
  return isObject(answer) && typeof answer.error === 'string' ? `: ${answer.error.slice(0, MOST_WORDS)}` : '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
