import type { Closing } from '../closing.js';
import type { ServeSettings } from '../config.js';
import { type Door, openDoor } from './listen.js';

/** How long requests under way may take to end. */
const CLOSE_LIMIT_MS = 10_000;

/** The ports of `serve`, which may be one. */
export interface Doors {
  readonly api: Door;
  readonly dashboard: Door;
  readonly all: readonly Door[];
}

/** Before anything else: a port that is taken leaves everything as it was. */
export async function openDoors(
  { host, apiPort, dashboardPort }: ServeSettings,
  closing: Closing,
): Promise<Doors> {
  const api = await openDoor({ host, port: apiPort, flag: '--port', setting: 'serve.apiPort' });
  closing.add('the port of the API', () => closeDoor(api));
  if (dashboardPort === apiPort && apiPort !== 0) return { api, dashboard: api, all: [api] };
  const wanted = { host, port: dashboardPort, flag: '--dashboard-port', setting: 'serve.dashboardPort' };
  const dashboard = await openDoor(wanted);
  closing.add('the port of the dashboard', () => closeDoor(dashboard));
  return { api, dashboard, all: [api, dashboard] };
}

/** Lets requests under way end. */
export function closeDoor(door: Door): Promise<void> {
  return door.close(CLOSE_LIMIT_MS);
}
