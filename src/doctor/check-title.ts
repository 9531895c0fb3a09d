import { t } from '../wording/t.js';

/** A check's name: in documents the same in every language. */
export type CheckName = keyof typeof TITLES;

/** A check by its name, as people are told of it: in English the name itself. */
export function titleOf(name: CheckName): string {
  return TITLES[name]();
}

const TITLES = {
  configuration: () => t`configuration`,
  'initial state': () => t`initial state`,
  secrets: () => t`secrets`,
  node: () => 'node',
  cpu: () => 'cpu',
  memory: () => t`memory`,
  'time zone': () => t`time zone`,
  clocks: () => t`clocks`,
  home: () => t`home`,
  'disk space': () => t`disk space`,
  sqlite: () => 'sqlite',
  postgres: () => 'postgres',
  'postgres schema': () => t`postgres schema`,
  'postgres write': () => t`postgres write`,
  'postgres indexes': () => t`postgres indexes`,
  redis: () => 'redis',
  'redis persistence': () => t`redis persistence`,
  'redis eviction': () => t`redis eviction`,
  'redis write': () => t`redis write`,
  'flag percentage': () => t`flag percentage`,
  'flag stores': () => t`flag stores`,
  'flag model': () => t`flag model`,
  model: () => t`model`,
  'model r2': () => t`model r2`,
  'model training': () => t`model training`,
  bookings: () => t`bookings`,
  weather: () => t`weather`,
  'weather quota': () => t`weather quota`,
  'weather cache': () => t`weather cache`,
  alerts: () => t`alerts`,
  'alerts by e-mail': () => t`alerts by e-mail`,
  'alerts to Slack': () => t`alerts to Slack`,
  'alerts to Sentry': () => t`alerts to Sentry`,
  'alerts by webhook': () => t`alerts by webhook`,
  heartbeat: () => t`heartbeat`,
  'api port': () => t`api port`,
  'dashboard port': () => t`dashboard port`,
  dashboard: () => t`dashboard`,
  tokens: () => t`tokens`,
} as const;
