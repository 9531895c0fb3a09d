import type { FastifyInstance } from 'fastify';
import { LIST_NAMES, type ListName } from '../../checklist/items.js';
import { readChecklist } from '../../checklist/work-through.js';
import { DEFAULT_INPUTS } from '../../roi/inputs.js';
import { measureByLedger } from '../../roi/measure-by-ledger.js';
import { roiDocument } from '../../roi/roi.js';
import { percentageOf } from '../../roi/traffic.js';
import type { Application } from '../application.js';
import { recently, revisionOf } from '../recently.js';
import { CHECKLIST, ERRORS, ROI } from '../schemas.js';

const FOUR_WEEKS_MS = 28 * 24 * 3_600_000;
const SEED = 1;
/** Both read a month of bookings, or ask other services. */
const KEPT_MS = 5 * 60_000;

const config = { access: 'read', controlPlane: true, shared: true } as const;

/** What the business asks for: the return, and the guide's lists. */
export function valueRoutes(server: FastifyInstance, app: Application): void {
  const keeping = { forMs: KEPT_MS, clock: app.clock, version: () => revisionOf(app) };
  const roiNow = recently(() => readRoi(app), keeping);
  const lists = Object.fromEntries(
    LIST_NAMES.map((list) => [list, recently(() => readList(list, app), keeping)]),
  ) as Record<ListName, () => ReturnType<typeof readList>>;

  server.get(
    '/roi',
    {
      config,
      schema: {
        tags: ['value'],
        summary: 'The return on what was served and settled in the last four weeks',
        description: 'Each line is marked measured or assumed. Kept for 5 minutes.',
        response: { 200: ROI, ...ERRORS },
      },
    },
    () => roiNow(),
  );

  server.get<{ Params: { list: ListName } }>(
    '/checklist/:list',
    {
      config,
      schema: {
        tags: ['value'],
        summary: 'A list of the guide: what was checked, and what people answered',
        description: 'The document of `atmr-ml checklist before --json` and its like. Kept for 5 minutes.',
        params: {
          type: 'object',
          properties: { list: { enum: LIST_NAMES, description: 'Which of the three.' } },
        },
        response: { 200: CHECKLIST, ...ERRORS },
      },
    },
    ({ params }) => lists[params.list](),
  );
}

async function readRoi({ config, clock, reader }: Application) {
  const untilMs = clock.nowMs();
  const window = { fromMs: untilMs - FOUR_WEEKS_MS, untilMs };
  const measured = await measureByLedger(window, SEED, config, clock);
  // What this process acts by, also where the store is away.
  const { state, forcedOff } = reader.view();
  const at = percentageOf(state.flag?.enabled && !forcedOff ? state.flag : null);
  return { ...roiDocument(DEFAULT_INPUTS, measured, at, SEED), at: new Date(untilMs).toISOString() };
}

function readList(list: ListName, { config, clock, log }: Application) {
  return readChecklist(list, { config, fileFault: null, clock }, log.warn);
}
