import type { FastifyInstance } from 'fastify';
import { localTime } from '../../booking/local-time.js';
import { measureDrift } from '../../guard/drift-watch.js';
import { manifestOf } from '../../model/manifest-of.js';
import { beginningOfDay } from '../../monitoring/local-days.js';
import { weatherDocument } from '../../monitoring/weather-document.js';
import { closedDays } from '../../rollout/closed-days.js';
import { CALLS_PER_DAY, CALLS_PER_MINUTE } from '../../weather/quota.js';
import type { Application } from '../application.js';
import { recently, revisionOf } from '../recently.js';
import { DRIFT, ERRORS, WEATHER } from '../schemas.js';

const HOUR_MS = 3_600_000;
const DAYS = 7;
/** It reads a week of answers, and is of whole days. */
const DRIFT_KEPT_MS = 15 * 60_000;

const config = { access: 'read', controlPlane: true, shared: true } as const;
const tags = ['monitoring'];
const NO_DRIFT = { columns: [], complete: true };

/** What goes into the model: the weather, and how its inputs compare with what it learned from. */
export function inputRoutes(server: FastifyInstance, app: Application): void {
  const { ledger, clock, weather } = app;
  const driftNow = recently(() => readDrift(app), {
    forMs: DRIFT_KEPT_MS,
    clock,
    version: () => revisionOf(app),
  });

  server.get(
    '/ml-monitoring/weather',
    {
      config,
      schema: {
        ...{ tags, summary: 'How the weather comes' },
        description:
          'Live, from the cache or the neutral value, over the last hour; and what this instance asked for.',
        response: { 200: WEATHER, ...ERRORS },
      },
    },
    async () => {
      const nowMs = clock.nowMs();
      const { traffic } = await ledger.metrics(nowMs - HOUR_MS, nowMs);
      return weatherDocument(traffic, weather.counts(), {
        configured: app.config.openWeather.apiKey !== null,
        quota: { perMinute: CALLS_PER_MINUTE, perDay: CALLS_PER_DAY },
      });
    },
  );

  server.get(
    '/ml-monitoring/drift',
    {
      config,
      schema: {
        tags,
        summary: 'The inputs of the last seven whole days against training',
        description: 'One row a column of the model. Kept for 15 minutes.',
        response: { 200: DRIFT, ...ERRORS },
      },
    },
    () => driftNow(),
  );
}

async function readDrift({ config, ledger, clock, reader }: Application) {
  const nowMs = clock.nowMs();
  const { timeZone, modelsFolder } = config;
  const model = reader.view().state.flag?.model ?? null;
  const manifest = model === null ? null : await manifestOf(modelsFolder, model);
  const days = closedDays(
    beginningOfDay(localTime(nowMs, timeZone).dayNumber - DAYS, timeZone),
    nowMs,
    timeZone,
  );
  const drift = manifest === null ? NO_DRIFT : await measureDrift(ledger, manifest, days, timeZone);
  const [first] = days;
  return {
    from: first === undefined ? null : new Date(first.fromMs).toISOString(),
    until: first === undefined ? null : new Date(days.at(-1)!.untilMs).toISOString(),
    /** `null` where the flag names no model, or this machine does not have it. */
    model_version: manifest?.version ?? null,
    ...{ columns: drift.columns, complete: drift.complete },
    at: new Date(nowMs).toISOString(),
  };
}
