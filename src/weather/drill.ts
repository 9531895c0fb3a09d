import { createServer, type Server } from 'node:net';
import type { Clock } from '../clock.js';
import { AtmrError, messageOf } from '../errors.js';
import { t } from '../wording/t.js';
import { usedWeather, type WeatherCheck } from './check.js';
import { openWeatherSource } from './open-weather-source.js';
import type { NamedPlace } from './places.js';

const WAIT_MS = 5000;

/**
 * Asks for the weather as `serve` does, of a server of our own that resets every connection: an outage on a real
 * socket. Neither the real service, its key, nor the shared cache is touched.
 */
export async function drillOutage(place: NamedPlace, clock: Clock): Promise<Omit<WeatherCheck, 'effect'>> {
  const { server, baseUrl } = await resettingServer();
  const settings = { openWeather: { apiKey: 'drill', baseUrl }, redisUrl: null };
  const source = openWeatherSource(settings, clock, { redis: null, onNotice: () => {} });
  try {
    const { weather, reason } = await source.weatherFor(place, null, WAIT_MS);
    const used = usedWeather(weather, reason, false);
    // Without a call there was no outage to live through.
    const worked = source.counts().calls === 1 && used.isDefault && reason === 'unreachable';
    return {
      place,
      key: 'unknown',
      service: {
        where: t`an outage made for this drill`,
        answered: weather !== null,
        reason,
        detail: null,
        latencyMs: null,
      },
      quota: null,
      cache: { state: 'none', ageMs: null },
      used,
      drill: { worked },
    };
  } finally {
    await source.close();
    server.close();
  }
}

async function resettingServer(): Promise<{ readonly server: Server; readonly baseUrl: string }> {
  const server = createServer((socket) => socket.resetAndDestroy());
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
  } catch (cause) {
    const fact = t`The drill needs a free port on 127.0.0.1 (${messageOf(cause)})`;
    throw new AtmrError('UNAVAILABLE', t`${fact}. Allow this process to listen there.`, { cause });
  }
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { server, baseUrl: `http://127.0.0.1:${port}` };
}
