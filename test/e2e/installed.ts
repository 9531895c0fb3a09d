import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The package as somebody has it who installed it in a folder of their own. */
export interface Installed {
  readonly folder: string;
  readonly program: string;
  run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }>;
}

/** Of this system: a proxy between npm and the registry may be vouched for in them alone. */
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

/** Nothing of npm that runs the tests, and nothing of this project's settings. */
function outside(home: string): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, ATMR_ML_HOME: home, NO_COLOR: '1' };
}

/** Installs the tarball in `folder`, an empty one, with what npm has in its cache before what the registry has. */
export function installInto(folder: string, tarball: string, ...flags: string[]): Installed {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  const env = { ...outside(folder), ...(existsSync(CERTIFICATES) && { NODE_EXTRA_CA_CERTS: CERTIFICATES }) };
  execFileSync('npm', ['install', ...quietly, ...flags, tarball], { cwd: folder, env });
  const program = join(folder, 'node_modules/.bin/atmr-ml');
  return {
    ...{ folder, program },
    run: (...args) =>
      new Promise((done) => {
        const options = { cwd: folder, env: outside(join(folder, 'home')), maxBuffer: 16 * 1024 * 1024 };
        execFile(program, args, options, (failure, stdout, stderr) => {
          done({ code: failure === null ? 0 : Number(failure.code ?? -1), stdout, stderr });
        });
      }),
  };
}
