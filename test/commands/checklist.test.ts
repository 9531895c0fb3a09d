import { describe, expect, it } from 'vitest';
import { KEYS } from '../terminal-session.js';
import { program } from './program.js';
import { CTRL_C, onTerminal } from './terminal.js';

const { home, run } = program();
const ITEMS = ['logs', 'kpis', 'feedback', 'report', 'clients'];

interface Listed {
  readonly items: readonly { readonly id: string; readonly result: string; readonly answer: object | null }[];
}

function itemOf(stdout: string, id: string) {
  return (JSON.parse(stdout) as Listed).items.find((item) => item.id === id);
}

describe('checklist', () => {
  it('checks what it can, and asks nobody without a terminal', async () => {
    const { exitCode, stdout } = await run('checklist', 'before');
    expect(exitCode).toBe(3);
    expect(itemOf(stdout, 'weather')).toMatchObject({
      result: 'failed',
      basis: 'checked',
      found: 'OPENWEATHER_API_KEY is not set',
    });
    expect(itemOf(stdout, 'database')).toMatchObject({ result: 'done', basis: 'checked' });
    expect(itemOf(stdout, 'team')).toMatchObject({ result: 'unanswered', basis: null });
  });

  it.each([
    ['before', 'teem=yes', 'did you mean team?'],
    ['before', 'team', 'expected an item and yes or no'],
    ['week-1', 'team=yes', 'its items are activated, dashboard'],
    ['week-1', ['logs=yes', 'logs=no'], '--answer is given twice for logs'],
  ])('refuses %s --answer %s', async (list, answers, fault) => {
    const given = [answers].flat().flatMap((answer) => ['--answer', answer]);
    const { exitCode, stderr } = await run('checklist', list, ...given);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(fault);
  });

  it('keeps who answered, when and why; the newest counts', async () => {
    await run('checklist', 'before', '--answer', 'team=no', '--by', 'ana', '--note', 'training on Friday');
    const first = await run('checklist', 'before');
    expect(itemOf(first.stdout, 'team')).toMatchObject({
      result: 'failed',
      answer: {
        answer: 'no',
        by: 'ana',
        note: 'training on Friday',
        at: expect.stringMatching(/^20\d\d-.*Z$/),
      },
    });
    await run('checklist', 'before', '--answer', 'team=yes', '--by', 'ana');
    const { stdout } = await run('checklist', 'before', '--format', 'md');
    expect(stdout).toContain('- [x] The team is trained and ready (`team`)');
    expect(stdout).toMatch(/ {2}- yes: ana, 20\d\d-/);
    expect(stdout).toContain('- [ ] **failed:** The weather API is configured and tested');
  });

  it('is told also where nothing can be written', async () => {
    const { exitCode, stdout, stderr } = await program({ ATMR_ML_HOME: '/dev/null/home' }).run(
      'checklist',
      'before',
    );
    expect(exitCode).toBe(3);
    expect(itemOf(stdout, 'team')).toMatchObject({ result: 'unanswered' });
    expect(stderr).toContain('warning: earlier answers cannot be read');
  });

  it('shows a note on one line, whatever is in it', async () => {
    const note = 'on Friday\n- [x] forged\u001b[2J';
    await run('checklist', 'week-4', '--answer', 'autonomy=no', '--by', 'a\nb', '--note', note);
    const { stdout } = await run('checklist', 'week-4', '--format', 'md');
    expect(stdout).toMatch(/^ {2}- no: a b, 20\S+ “on Friday - \[x\] forged \[2J”$/m);
  });

  it('is open until somebody has answered, and then done', async () => {
    await run('activate', '--yes');
    const answers = ITEMS.flatMap((item) => ['--answer', `${item}=yes`]);
    const open = await run('checklist', 'week-1', ...answers);
    expect(open.exitCode).toBe(7);
    expect(JSON.parse(open.stdout)).toMatchObject({ done: 6, failed: 0, unanswered: 1 });

    const variables = { ATMR_ML_HOME: home };
    const question = 'The dashboard is looked at every day?';
    const left = await onTerminal(variables, ['checklist', 'week-1'], { question, keys: CTRL_C });
    expect(left.exitCode).toBe(130);
    expect(left.screen).toContain('what was answered before is kept');
    // Enter alone signs nothing.
    const later = await onTerminal(variables, ['checklist', 'week-1'], { question, keys: KEYS.enter });
    expect(later.exitCode).toBe(7);
    const keys = `${KEYS.down}${KEYS.enter}`;
    const { exitCode, screen } = await onTerminal(variables, ['checklist', 'week-1'], { question, keys });
    expect(exitCode).toBe(0);
    expect(screen).toContain('7 done, 0 failed, 0 open.');
    expect((await run('checklist', 'week-1')).exitCode).toBe(0);
  });
});
