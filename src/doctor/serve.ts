import { createServer } from 'node:net';
import type { Config, ServeSettings, Tokens } from '../config.js';
import { messageOf } from '../errors.js';
import { requireToken, tokenNotices } from '../http/addresses.js';
import { t } from '../wording/t.js';
import { type Finding, fail, ok, type PlannedCheck, unknown, warn } from './check.js';
import type { DoctorContext } from './context.js';

const ASK_LIMIT_MS = 2000;

/** The ports of `serve`: free, or answered by `serve` itself. */
export function serveChecks({ config: { serve, tokens }, fileFault }: DoctorContext): PlannedCheck[] {
  const listed = [
    { name: 'api port', setting: 'serve.apiPort', port: serve.apiPort },
    { name: 'dashboard port', setting: 'serve.dashboardPort', port: serve.dashboardPort },
  ] as const;
  const checks = listed.map(
    ({ name, setting, port }): PlannedCheck => ({
      name,
      expected: t`free, or our own server`,
      look: () => portState(serve.host, port, setting),
    }),
  );
  const dashboard: PlannedCheck = {
    name: 'dashboard',
    expected: t`a page at /ml-monitoring`,
    look: () => page(serve.host, serve.dashboardPort),
  };
  const guarded: PlannedCheck = {
    name: 'tokens',
    expected: t`one for each port that others reach`,
    look: () => tokensFor(serve, tokens),
  };
  const all = [...checks, dashboard, guarded];
  if (fileFault === null) return all;
  const unread = () => unknown(t`not looked at: the configuration file says where it is`);
  return all.map((check) => ({ ...check, look: unread }));
}

/** As `serve` itself decides. */
function tokensFor(serve: ServeSettings, tokens: Tokens): Finding {
  try {
    requireToken(serve, tokens);
  } catch (thrown) {
    return fail(messageOf(thrown).replace(/\.$/, ''), t`Set ATMR_ML_TOKEN (\`openssl rand -hex 32\`).`);
  }
  const notices = tokenNotices(serve, tokens);
  if (notices.length > 0) return warn(notices.join(' '), t`Make it with \`openssl rand -hex 32\`.`);
  return ok(tokens.write === null ? t`none needed: only this machine reaches the port` : t`set`);
}

async function portState(host: string, port: number, setting: string): Promise<Finding> {
  if (port === 0) return ok(t`any free port`);
  if (await isOurs(host, port)) return ok(t`${port}: atmr-ml serves here`);
  const refusal = await listening(host, port);
  if (refusal === null) return ok(t`${port} is free`);
  const reason = REASONS[refusal]?.() ?? refusal;
  return fail(
    t`${port} of ${host}: ${reason}`,
    t`Choose another with ${setting} in the configuration, or end that program.`,
  );
}

const REASONS: Readonly<Record<string, () => string>> = {
  EADDRINUSE: () => t`another program uses it`,
  EACCES: () => t`this user may not use it`,
  EADDRNOTAVAIL: () => t`this machine has no such address`,
};

async function page(host: string, port: number): Promise<Finding> {
  if (port === 0 || !(await isOurs(host, port))) {
    return unknown(
      t`no server runs here`,
      t`Start \`atmr-ml serve\`, or look from the machine where it runs.`,
    );
  }
  const status = await statusOf(`${origin(host, port)}/ml-monitoring`);
  if (status === 200) return ok(t`${origin(host, port)}/ml-monitoring answers`);
  return fail(t`/ml-monitoring answers ${status ?? t`nothing`}`, t`Look at the log of \`atmr-ml serve\`.`);
}

/** The numbers of our own server's `/metrics` by name, those with labels left out; `null` where none answers. */
export async function ownMetrics({ serve, tokens }: Config): Promise<ReadonlyMap<string, number> | null> {
  const { host, apiPort } = serve;
  if (apiPort === 0 || !(await isOurs(host, apiPort))) return null;
  const token = tokens.read ?? tokens.write;
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const response = await ask(`${origin(host, apiPort)}/metrics`, headers);
  if (response?.status !== 200) return null;
  const lines = (await response.text()).matchAll(/^([a-z_]+) (\S+)$/gm);
  return new Map([...lines].map(([, name = '', value]) => [name, Number(value)]));
}

/** Only atmr-ml says of itself that it is alive in these words. */
async function isOurs(host: string, port: number): Promise<boolean> {
  const response = await ask(`${origin(host, port)}/healthz`);
  const body: unknown = await response?.json().catch(() => null);
  return typeof body === 'object' && body !== null && 'status' in body && body.status === 'alive';
}

async function statusOf(url: string): Promise<number | null> {
  const response = await ask(url);
  await response?.body?.cancel();
  return response?.status ?? null;
}

/** `null` without an answer. */
async function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response | null> {
  const signal = AbortSignal.timeout(ASK_LIMIT_MS);
  return await fetch(url, { headers, signal, redirect: 'manual' }).catch(() => null);
}

function origin(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** Why the port cannot be opened, as a code; `null` when it can, and was closed again. */
function listening(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve('code' in error ? String(error.code) : t`it cannot be opened`));
    server.listen({ host, port }, () => server.close(() => resolve(null)));
  });
}
