import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PYTHON = '/usr/bin/python3';
const BLOCK = /^```python\n# (\w+\.py): [^\n]*\n[\s\S]*?^```$/gm;
const FENCE = /^```(?:python\n)?/gm;

type Variables = Readonly<Record<string, string>>;

/** Writes the Python of a page of ours into a folder, each block as the file that its first line names. */
export function writeModules(page: string, folder: string): string[] {
  const text = readFileSync(page, 'utf8');
  const blocks = [...text.matchAll(BLOCK)];
  const begun = text.match(/^```python/gm)?.length ?? 0;
  if (blocks.length !== begun) throw new Error(`${page}: each Python block begins with \`# NAME.py: …\``);
  return blocks.map(([block, name = '']) => {
    writeFileSync(join(folder, name), block.replaceAll(FENCE, ''));
    return name;
  });
}

/** What `expression` is in Python for a `given` value, after `imports` beside the modules. */
export function evaluate(
  folder: string,
  imports: string,
  expression: string,
  given: unknown,
  variables: Variables = {},
): unknown {
  const program = `import json, sys\n${imports}\ngiven = json.load(sys.stdin)\nprint(json.dumps(${expression}))`;
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', program], {
    ...{ cwd: folder, encoding: 'utf8' as const, env: environment(variables), input: JSON.stringify(given) },
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`This needs ${NEEDS}: npm run test:fresh\n${stderr}`);
  return JSON.parse(stdout);
}

const NEEDS = 'python3-flask and python3-redis';

export interface FlaskApp {
  readonly url: string;
  /** What it logged so far. */
  log(): string;
  end(): Promise<void>;
}

/** Runs `app.py` of the folder as Flask's own command does, on a free port. */
export function startFlask(folder: string, variables: Variables): Promise<FlaskApp> {
  const child = spawn(PYTHON, ['-m', 'flask', '--app', 'app', 'run', '--port', '0'], {
    cwd: folder,
    env: environment(variables),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  return new Promise((resolve, reject) => {
    void ended.then(() => reject(new Error(`Flask did not start; it needs ${NEEDS}.\n${log}`)));
    child.stderr.on('data', (data) => {
      log += data;
      const url = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(log)?.[1];
      if (url !== undefined) resolve({ url, log: () => log, end: () => end(child, ended) });
    });
  });
}

function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGKILL');
  return ended;
}

/** A proxy that leads nowhere: the clients must not use it. */
function environment(variables: Variables) {
  const { PATH = '' } = process.env;
  return { PATH, http_proxy: 'http://127.0.0.1:9', PYTHONDONTWRITEBYTECODE: '1', ...variables };
}
