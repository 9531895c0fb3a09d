import { localTime } from '../../src/booking/local-time.js';
import { beginningOfDay } from '../../src/monitoring/local-days.js';
import { type Company, openCompany } from './weeks.js';

const ZONE = 'Europe/Zurich';
const PLAN = `
contacts: [{ name: Zoë Müller, role: on call, email: zoe@example.org }]
rollout:
  anyTime: true
  steps:
    - percentage: 10
    - percentage: 25
    - percentage: 50
    - { percentage: 100, minimumTime: 0h, gates: ['roi > 500 %'] }
`;
const DAYS = 29;
const MORNING_MS = 9.5 * 3_600_000;
const LATER_MS = 10 * 60_000;
const HEALTHY = { model: 1.6, heuristic: 2.8, failing: 0.005 };
const STEPS = ['week 2', 'week 3', 'week 4'];

/** A company whose four weeks ended this morning: the real program, day by day, to 100 %. */
export async function playFourWeeks(): Promise<Company> {
  const company = await openCompany(PLAN);
  const today = localTime(Date.now(), ZONE).dayNumber;
  const dayMs = (day: number) => beginningOfDay(today - DAYS + day, ZONE);
  run(company, dayMs(0) + 1, 'rollout', 'start', '--by', 'ana', '--reason', 'week 1');
  for (let day = 0; day < DAYS; day++) {
    await company.live(dayMs(day), 110, HEALTHY);
    const isWeek = day % 7 === 6;
    if (!isWeek || day > 21) continue;
    // Later each week: seven days after a step began are then over, also where one of them had 23 hours.
    const atMs = dayMs(day + 1) + (day + 1) * LATER_MS + MORNING_MS;
    // It sees that every gate passes; what follows is a person's.
    company.json(atMs, 'guard', '--once');
    run(company, atMs, 'rollout', 'advance', '--by', 'ben', '--reason', STEPS[Math.floor(day / 7)]!);
  }
  // Ready, and watched at the last step: what the guard of a server would do in its first minute.
  for (let look = 0; look < 2; look++) company.json(Date.now(), 'guard', '--once');
  return company;
}

function run(company: Company, atMs: number, ...args: readonly string[]): void {
  const { exitCode, stderr, stdout } = company.run(atMs, ...args, '--yes');
  if (exitCode !== 0) throw new Error(`${args.join(' ')} exits ${exitCode}: ${stderr}${stdout}`);
}
