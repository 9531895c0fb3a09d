import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KEYS, startSession, type TerminalSession } from '../terminal-session.js';
import { type Company, DAY_MS, openCompany, type World } from './weeks.js';

/** Monday, 2 March 2026, 00:00 in Zurich. */
const MONDAY_MS = Date.UTC(2026, 2, 1, 23);
const MORNING_MS = 9.5 * 3_600_000;
const HEALTHY: World = { model: 1.6, heuristic: 2.8, failing: 0.005 };
const WORSE: World = { model: 3.5, heuristic: 2.8 };

const PLAN = `
rollout:
  steps:
    - percentage: 10
    - percentage: 25
    - percentage: 50
    - { percentage: 100, minimumTime: 0h, gates: ['roi > 500 %'] }
`;
const QUICKLY = ['rollout', '--watch', '1'];

describe('the weekly look, by keyboard alone', () => {
  let company: Company;
  beforeEach(async () => {
    company = await openCompany(PLAN);
  });
  afterEach(async () => await company.close());

  /** A minute later each morning: seven days after a step began are then over, however long its program took. */
  const morning = (day: number) => MONDAY_MS + day * (DAY_MS + 60_000) + MORNING_MS;

  async function passDay(day: number, world: World) {
    await company.live(MONDAY_MS + day * DAY_MS, 110, world);
    return company.json(morning(day + 1), 'guard', '--once');
  }

  it('takes a model through four weeks to 100 %', async () => {
    const first = await takeTheFirst(company.session(morning(0), ...QUICKLY), 'week 1');
    expect(first.exitCode).toBe(0);
    expect(first.screen).toContain('not started');
    expect(first.screen).toContain(
      "the same without questions: atmr-ml rollout start --yes --reason 'week 1'",
    );
    expect(first.screen).toContain('Done: off → 10 % (revision 1)');
    expect(first.screen).toContain('Nothing stood out in the first minutes.');

    const early = company.session(morning(1), ...QUICKLY);
    await laterWithTheList(early);
    await early.sees(/What now\?\n❯ change nothing\n.*put it on hold/);
    early.press(KEYS.enter);
    expect(await early.ended).toMatchObject({ exitCode: 0 });

    const raised: string[] = [];
    let phase: unknown = null;
    for (let day = 0; day < 60 && phase !== 'complete'; day++) {
      const { document } = await passDay(day, HEALTHY);
      phase = document.phase;
      // The last step completes by itself.
      if (document.decision !== 'advance' || raised.length === 3) continue;
      const { exitCode, screen } = await takeTheFirst(company.session(morning(day + 1), ...QUICKLY), 'go on');
      expect(exitCode).toBe(0);
      expect(screen).not.toMatch(/simulated/i);
      expect(screen).toMatch(/MAE model +[▁-█]{5,}/);
      expect(screen).toMatch(/Return so far\nat \d+ %: \d+ %, at least \d+ %/);
      raised.push(`${/Done: (.*) \(/.exec(screen)?.[1]} on day ${day + 1}`);
    }
    process.stderr.write(`the weekly look: ${raised.join(', ')}; then ${phase}\n`);
    expect(raised.map((text) => text.replace(/ on day.*/, ''))).toEqual([
      '10 % → 25 %',
      '25 % → 50 %',
      '50 % → 100 %',
    ]);
    expect(phase).toBe('complete');
    expect(company.run(morning(70), 'history', '--verify').exitCode).toBe(0);
  });

  it('shows a regression of week 2 that was rolled back, and begins again at 5 %', async () => {
    await takeTheFirst(company.session(morning(0), ...QUICKLY), 'week 1');
    let day = 0;
    for (let isRaised = false; !isRaised && day < 21; day++) {
      const { document } = await passDay(day, HEALTHY);
      if (document.decision !== 'advance') continue;
      const { screen } = await takeTheFirst(company.session(morning(day + 1), ...QUICKLY), 'week 2');
      isRaised = screen.includes('Done: 10 % → 25 %');
    }
    let exitCode = 0;
    for (const last = day + 21; exitCode === 0 && day < last; day++)
      ({ exitCode } = await passDay(day, WORSE));
    expect(exitCode).toBe(3);

    const again = company.session(morning(day) + 60_000, ...QUICKLY);
    const shown = await laterWithTheList(again);
    expect(shown).toContain('rolled back: step 2 of 4, 25 %');
    expect(shown).toContain('the model answers 0 % now');
    expect(await again.sees('begin with the first step')).toMatch(/❯ change nothing/);
    again.press(KEYS.down, KEYS.enter);
    await again.sees('Why?');
    again.press('cause found', KEYS.enter);
    expect(await again.sees('Do it?')).toContain('off → 5 %');
    again.press(KEYS.down, KEYS.enter);
    expect(await again.ended).toMatchObject({ exitCode: 0 });
    expect(company.json(morning(day) + 300_000, 'rollout', 'status').document).toMatchObject({
      ...{ step: 0, percentage: 5, traffic: 5 },
    });
  });

  it.each([
    ['the list', 0],
    ['what to do', 1],
    ['why', 2],
    ['the consent', 3],
  ])('is left by Ctrl-C at the question of %s with nothing changed', async (_, question) => {
    const session = company.session(morning(0), ...QUICKLY);
    const steps: [RegExp, string][] = [
      [/open items/, KEYS.enter],
      [/What now\?/, KEYS.enter],
      [/Why\?/, `x${KEYS.enter}`],
      [/Do it\?/, KEYS.enter],
    ];
    for (const [text, keys] of steps.slice(0, question)) {
      await session.sees(text);
      session.press(keys);
    }
    await session.sees(steps[question]![0]);
    session.press(KEYS.interrupt);
    const { exitCode, screen } = await session.ended;
    expect([exitCode, screen]).toEqual([130, expect.stringContaining('Cancelled; nothing was changed.')]);
    expect(company.json(morning(0), 'status').document.flag).toBeNull();
  });

  it('does nothing where somebody else changed the flag meanwhile', async () => {
    const session = company.session(morning(0), ...QUICKLY);
    await laterWithTheList(session);
    for (const [text, keys] of [
      ['What now?', KEYS.enter],
      ['Why?', `x${KEYS.enter}`],
    ] as const) {
      await session.sees(text);
      session.press(keys);
    }
    await session.sees('Do it?');
    expect(company.run(morning(0), 'activate', '--percentage', '30', '--yes', '--by', 'bob').exitCode).toBe(
      0,
    );
    session.press(KEYS.down, KEYS.enter);
    const { exitCode, screen } = await session.ended;
    expect([exitCode, screen]).toEqual([5, expect.stringContaining('bob')]);
    expect(company.json(morning(0), 'status').document.flag).toMatchObject({ percentage: 30 });
  });

  it('asks nothing where no store says how things stand', async () => {
    const away = { ...company.env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    const { ended } = startSession([process.execPath, 'dist/atmr-ml.js', 'rollout'], { cwd: '.', env: away });
    expect(await ended).toEqual({ exitCode: 4, screen: expect.stringContaining('did not answer') });
  });

  it('speaks French, and where there is only ASCII, that', async () => {
    const session = company.session(morning(0), 'rollout', '--lang', 'fr', '--watch', '0');
    await session.sees('points ouverts');
    session.press(KEYS.enter);
    expect(await session.sees('Et maintenant ?')).toContain('commencer par la première étape');
    session.press(KEYS.interrupt);
    expect((await session.ended).exitCode).toBe(130);

    const ascii = company.plainSession(morning(0), 'rollout', '--lang', 'fr');
    await ascii.sees('points ouverts');
    ascii.press(KEYS.enter);
    await ascii.sees('premiere etape');
    ascii.press(KEYS.interrupt);
    const { screen } = await ascii.ended;
    expect(screen).toMatch(/^\p{ASCII}*$/u);
  });
});

/** Says no to the list, and takes what is offered first. */
async function takeTheFirst(session: TerminalSession, reason: string) {
  await laterWithTheList(session);
  await session.sees('What now?');
  session.press(KEYS.enter);
  await session.sees('Why?');
  session.press(reason, KEYS.enter);
  await session.sees('Do it?');
  session.press(KEYS.down, KEYS.enter);
  return await session.ended;
}

async function laterWithTheList(session: TerminalSession): Promise<string> {
  const shown = await session.sees('open items');
  for (const line of shown.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  session.press(KEYS.enter);
  return shown;
}
