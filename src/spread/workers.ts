import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { packageFolder } from '../config.js';
import { AtmrError, EXIT, EXIT_CODES } from '../errors.js';
import { currentLanguage } from '../wording/language.js';
import { t } from '../wording/t.js';

/** Processes of this machine that take parts. */
export interface Workers {
  /** Tells of those that were lost, and starts one anew when none is left. Throws when they end by themselves. */
  check(): void;
  kill(): void;
}

/** Where they are lost again and again, something else is wrong. */
const MOST_RESTARTS = 3;

/** Starts `count` processes of this program that run `ab-test work` and end with this one. */
export function startWorkers(count: number, args: readonly string[], tell: (text: string) => void): Workers {
  const running = new Set<ChildProcess>();
  let ended: { readonly code: number; readonly text: string } | null = null;
  let restarts = 0;
  const start = () => {
    const child = fork(
      join(packageFolder(), 'dist', 'atmr-ml.js'),
      ['ab-test', 'work', '--with-parent', '--lang', currentLanguage(), ...args],
      {
        // It ends when its standard input does: with this process, however that ends.
        stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
      },
    );
    child.disconnect();
    let said = '';
    child.stderr?.on('data', (data) => {
      said = `${said}${data}`.slice(-2000);
    });
    child.once('exit', (code, signal) => {
      running.delete(child);
      if (code !== null && code !== 0) ended = { code, text: said.trim() };
      else if (signal !== null)
        tell(t`notice: a process was lost (${signal}); its part goes to another within seconds.`);
    });
    running.add(child);
  };
  for (let i = 0; i < count; i += 1) start();
  return {
    check() {
      if (ended !== null) throw failureOf(ended);
      if (count === 0 || running.size > 0) return;
      restarts += 1;
      if (restarts > MOST_RESTARTS) {
        throw new AtmrError(
          'UNAVAILABLE',
          t`The processes of this replay are lost again and again. Look at the memory of this machine; the same command goes on.`,
        );
      }
      tell(t`notice: no process is left; starting one.`);
      start();
    },
    kill() {
      for (const child of running) {
        child.removeAllListeners('exit');
        child.kill('SIGKILL');
      }
      running.clear();
    },
  };
}

/** What it ended for is what this replay ends for. */
function failureOf({ code, text }: { readonly code: number; readonly text: string }): Error {
  const said = t`A process of this replay ended with exit code ${code}: ${text}`;
  if (code === EXIT_CODES.UNAVAILABLE) return new AtmrError('UNAVAILABLE', said);
  return code === EXIT.bug ? new Error(said) : new AtmrError('BAD_CONFIG', said);
}
