import { t } from '../wording/t.js';

/** A check by its name, as people are told of it: in English the name itself, which documents keep in every language. */
export function titleOf(name: string): string {
  return titles()[name] ?? name;
}

const titles = (): Readonly<Record<string, string>> => ({
  ...{ memory: t`memory`, 'time zone': t`time zone`, clocks: t`clocks`, bookings: t`bookings` },
  ...{ configuration: t`configuration`, 'initial state': t`initial state` },
  ...{ home: t`home`, 'disk space': t`disk space` },
  ...{ 'postgres schema': t`postgres schema`, 'postgres write': t`postgres write` },
  'postgres indexes': t`postgres indexes`,
  ...{ 'redis persistence': t`redis persistence`, 'redis eviction': t`redis eviction` },
  'redis write': t`redis write`,
  ...{ 'flag percentage': t`flag percentage`, 'flag stores': t`flag stores` },
  ...{ 'flag model': t`flag model`, secrets: t`secrets` },
  ...{ model: t`model`, 'model r2': t`model r2`, 'model training': t`model training` },
  ...{ weather: t`weather`, 'weather quota': t`weather quota`, 'weather cache': t`weather cache` },
  ...{ alerts: t`alerts`, 'alerts by e-mail': t`alerts by e-mail`, 'alerts to Slack': t`alerts to Slack` },
  ...{ 'alerts to Sentry': t`alerts to Sentry`, 'alerts by webhook': t`alerts by webhook` },
  ...{ heartbeat: t`heartbeat`, dashboard: t`dashboard`, tokens: t`tokens` },
  ...{ 'api port': t`api port`, 'dashboard port': t`dashboard port` },
});
