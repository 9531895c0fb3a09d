import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** The built `serve` while it runs. */
export interface ServeProcess {
  /** `http://127.0.0.1:PORT` of the API. */
  readonly url: string;
  /** The same of the dashboard. */
  readonly dashboardUrl: string;
  readonly pid: number;
  /** Its log and notices so far. */
  stderr(): string;
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

/** Starts `serve` of the build, or of another `program`, on free ports and waits until it says where it listens. */
export function startServe(
  variables: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  program = resolve('dist/atmr-ml.js'),
): Promise<ServeProcess> {
  const { PATH = '' } = process.env;
  const serve = [program, 'serve', '--port', '0', '--dashboard-port', '0', '--json'];
  const child = spawn(process.execPath, [...serve, ...args], {
    cwd: variables.ATMR_ML_HOME,
    env: { PATH, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (data) => (stderr += data));
  const ended = new Promise<number | null>((over) => child.on('close', over));
  return new Promise((started, failed) => {
    void ended.then((code) => failed(new Error(`serve ended with ${code}:\n${stderr}`)));
    child.stdout.on('data', (data) => {
      stdout += data;
      if (!stdout.includes('\n')) return;
      const { api, dashboard } = JSON.parse(stdout) as { api: string; dashboard: string };
      started({
        ...{ url: api, dashboardUrl: dashboard, pid: child.pid! },
        stderr: () => stderr,
        stop() {
          child.kill('SIGTERM');
          return ended;
        },
        async kill() {
          child.kill('SIGKILL');
          await ended;
        },
      });
    });
  });
}
