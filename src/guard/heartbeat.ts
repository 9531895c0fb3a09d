const LIMIT_MS = 5000;

/** Asks `url` (GET), which notices when nobody does any more. Rejects without a 2xx in 5 s; never names the address. */
export async function sendHeartbeat(url: string): Promise<void> {
  const { request } = await import('undici');
  const response = await request(url, { signal: AbortSignal.timeout(LIMIT_MS) });
  await response.body.dump();
  if (response.statusCode >= 300) throw new Error(`answered ${response.statusCode}`);
}
