import { availableParallelism, freemem, loadavg, totalmem } from 'node:os';
import { isTimeZone, localTime } from '../booking/local-time.js';
import { nodeVersion } from '../config.js';
import { decimal } from '../render/number.js';
import { t } from '../wording/t.js';
import { type Finding, fail, ok, type PlannedCheck, warn } from './check.js';
import type { DoctorContext } from './context.js';

const LEAST_NODE = '20.18.1';
const LEAST_MEMORY_MB = 64;
const FEW_MEMORY_MB = 256;
const MB = 1024 ** 2;

/** What the program runs on. */
export function machineChecks({ config }: DoctorContext): PlannedCheck[] {
  return [
    { name: 'node', expected: t`Node.js ${LEAST_NODE} or newer`, look: () => node(nodeVersion()) },
    {
      name: 'cpu',
      expected: t`a load below twice the processors`,
      look: () => cpu(availableParallelism(), loadavg()[0] ?? 0),
    },
    {
      name: 'memory',
      expected: t`more than ${FEW_MEMORY_MB} MB available`,
      look: () => memory(freemem() / MB, totalmem() / MB),
    },
    { name: 'time zone', expected: t`known to this Node.js`, look: () => zone(config.timeZone) },
  ];
}

export function node(version: string): Finding {
  const isNew = version.localeCompare(LEAST_NODE, 'en', { numeric: true }) >= 0;
  return isNew
    ? ok(t`Node.js ${version}`)
    : fail(t`Node.js ${version}`, t`Install Node.js ${LEAST_NODE} or newer.`);
}

export function cpu(processors: number, load: number): Finding {
  const found = t`${processors} processors, load ${decimal(load, 1)}`;
  if (load < 2 * processors) return ok(found);
  return warn(found, t`Find what else runs here (\`top\`): predictions will be slow.`);
}

export function memory(availableMb: number, totalMb: number): Finding {
  const found = t`${Math.round(availableMb)} of ${Math.round(totalMb)} MB available`;
  if (availableMb > FEW_MEMORY_MB) return ok(found);
  const remedy = t`End what is not needed, or give the machine or container more memory.`;
  return availableMb > LEAST_MEMORY_MB ? warn(found, remedy) : fail(found, remedy);
}

/** Zurich noon is 10 o'clock UTC in July: a Node.js without the zone's rules would not know. */
const SUMMER_MS = Date.UTC(2026, 6, 1, 10);
const SUMMER_HOUR_IN_ZURICH = 12;

export function zone(timeZone: string): Finding {
  const remedy = t`Install a Node.js with full ICU data, or remove NODE_ICU_DATA.`;
  if (!isTimeZone(timeZone)) return fail(t`${timeZone} is unknown`, remedy);
  const hasRules = localTime(SUMMER_MS, 'Europe/Zurich').hour === SUMMER_HOUR_IN_ZURICH;
  return hasRules ? ok(timeZone) : fail(t`${timeZone}, without summer time`, remedy);
}
