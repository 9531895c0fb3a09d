import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../fault/wait.js';
import { program } from './program.js';
import { type Running, startProgram } from './running.js';

/** A line of `watch` or `status --watch --json`. */
interface Line {
  readonly event?: string;
  readonly state?: string;
  readonly flag?: { readonly percentage: number } | null;
  readonly mark?: { readonly reason: string };
}

describe('the commands that go on until Ctrl-C', () => {
  let running: Running | undefined;
  afterEach(() => running?.kill());

  function linesOf({ stdout }: { stdout(): string }): Line[] {
    return stdout()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  }

  it('watch tells of each change as it comes', async () => {
    const { run, folder, home } = program();
    const watching = startProgram(folder, { ATMR_ML_HOME: home }, ['watch']);
    running = watching;
    await until('it has looked', () => linesOf(watching).some(({ event }) => event === 'store'));
    await run('activate', '--percentage', '25', '--yes');
    await until('the flag', () => linesOf(watching).some(({ flag }) => flag?.percentage === 25));
    await run('disable', '--reason', 'fire');
    await until('the forced off', () =>
      linesOf(watching).some(({ event, mark }) => event === 'forced off' && mark?.reason === 'fire'),
    );
    await run('activate', '--percentage', '5', '--yes');
    await until('its end', () => linesOf(watching).some(({ event }) => event === 'forced off ended'));
    expect(await watching.interrupt()).toBe(130);
  });

  it('status --watch --json prints the state again and again', async () => {
    const { run, folder, home } = program();
    const watching = startProgram(folder, { ATMR_ML_HOME: home }, ['status', '--watch', '--json']);
    running = watching;
    await until('the first', () => linesOf(watching).some(({ state }) => state === 'never written'));
    await run('activate', '--percentage', '25', '--yes');
    await until('the change', () => linesOf(watching).at(-1)?.state === 'on');
    await run('disable');
    await until('the forced off', () => linesOf(watching).at(-1)?.state === 'forced off');
    expect(await watching.interrupt()).toBe(130);
  });
});
