import { AtmrError } from '../errors.js';
import { parseRedisUrl } from '../flag/redis-address.js';
import { t } from '../wording/t.js';

/** The address of Redis; BAD_CONFIG without one. */
export function requireRedis(url: string | null): string {
  if (url !== null) return url;
  throw new AtmrError(
    'BAD_CONFIG',
    t`Parts of a replay go through Redis to whoever scores them, and REDIS_URL is not set. Set it, or use --workers 1.`,
  );
}

/** Hosts and ports of it, for messages. */
export function whereOf(url: string | null): string {
  return parseRedisUrl(requireRedis(url)).where;
}
