import { bookingChecks } from './bookings.js';
import { channelChecks } from './channels.js';
import { type Check, type CheckGroup, type CheckResult, groupOf, once, runCheck } from './check.js';
import { clockCheck } from './clocks.js';
import { configurationChecks } from './configuration.js';
import type { DoctorContext } from './context.js';
import { flagChecks } from './flag.js';
import { type FlagStatus, flagStatusOf } from './flag-status.js';
import { homeChecks } from './home.js';
import { machineChecks } from './machine.js';
import { modelChecks } from './model.js';
import { postgresChecks } from './postgres.js';
import { openPostgresSession } from './postgres-session.js';
import { redisChecks } from './redis.js';
import { openRedisSession } from './redis-session.js';
import { serveChecks } from './serve.js';
import { sqliteChecks } from './sqlite.js';
import { weatherChecks } from './weather.js';

/** The document of `doctor` on stdout. */
export interface Diagnosis {
  /** Whether nothing failed; what is unknown or only warned of fails nothing. */
  readonly healthy: boolean;
  readonly counts: Readonly<Record<CheckResult, number>>;
  readonly checks: readonly Check[];
}

/** The checks by what they look at. */
const GROUPS = {
  machine: (context) => groupOf(machineChecks(context)),
  configuration: (context) => groupOf(configurationChecks(context)),
  home: (context) => groupOf(homeChecks(context)),
  stores: storeChecks,
  flag: (context, flag) => groupOf(flagChecks(context, flag)),
  model: (context, flag) => groupOf(modelChecks(context, flag)),
  weather: weatherChecks,
  alerts: ({ config }) => groupOf(channelChecks(config.alertChannels)),
  serve: (context) => groupOf(serveChecks(context)),
} as const satisfies Record<string, (context: DoctorContext, flag: FlagStatus) => CheckGroup>;

export type GroupName = keyof typeof GROUPS;
export const GROUP_NAMES = Object.keys(GROUPS) as GroupName[];

/** Makes the checks of these groups, all at once, and gives them in order. Never rejects: a fault is a finding. */
export async function diagnose(
  context: DoctorContext,
  names: readonly GroupName[] = GROUP_NAMES,
): Promise<Diagnosis> {
  const flag = flagStatusOf(context);
  const groups = names.map((name) => checksOf(GROUPS[name](context, flag)));
  const all = (await Promise.all(groups)).flat();
  await flag.close().catch(() => {});
  const count = (result: CheckResult) => all.filter((check) => check.result === result).length;
  const counts = { ok: count('ok'), warn: count('warn'), fail: count('fail'), unknown: count('unknown') };
  return { healthy: counts.fail === 0, counts, checks: all };
}

async function checksOf({ checks, close }: CheckGroup): Promise<Check[]> {
  try {
    return await Promise.all(checks.map(runCheck));
  } finally {
    // What cannot be closed ends with the program.
    await close().catch(() => {});
  }
}

/** The stores of the configuration, the clocks of those that answer, and the bookings' database. */
function storeChecks(context: DoctorContext): CheckGroup {
  const { databaseUrl, redisUrl, home, flagKey } = context.config;
  const nowMs = () => context.clock.nowMs();
  const postgres = databaseUrl === null ? null : once(() => openPostgresSession(databaseUrl, nowMs));
  const redis = redisUrl === null ? null : once(() => openRedisSession(redisUrl, nowMs));
  const groups = [
    ...(postgres === null ? [] : [postgresChecks(postgres, flagKey)]),
    ...(redis === null ? [] : [redisChecks(redis, { key: flagKey, isRecord: postgres === null })]),
    // Redis keeps no ledger: beside it, the embedded file does.
    ...(postgres === null ? [sqliteChecks(home)] : []),
  ];
  const clocks = { ...(postgres && { Postgres: postgres }), ...(redis && { Redis: redis }) };
  const answers = async () =>
    (await postgres?.().then(
      () => true,
      () => false,
    )) ?? false;
  return {
    checks: [
      ...groups.flatMap(({ checks }) => checks),
      ...(Object.keys(clocks).length === 0 ? [] : [clockCheck(clocks)]),
      ...bookingChecks(context, answers),
    ],
    close: async () => void (await Promise.all(groups.map(({ close }) => close()))),
  };
}
