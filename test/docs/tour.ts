import { stripVTControlCharacters } from 'node:util';
import { startPostgres } from '../servers/postgres.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';
import { startSession, type TerminalSession } from '../terminal-session.js';
import { type Clone, freshClone } from './clone.js';
import { commandsOf, type RecordedBlock } from './recorded-blocks.js';

/** What the README leaves out of a block, and shows as `…`. */
const CUTS: Readonly<Record<string, readonly RegExp[]>> = {
  'ab-test': [
    /^outcomes [\s\S]*?(?=^!)/m,
    /^RMSE[\s\S]*?(?=^late)/m,
    /^foreseen[\s\S]*?(?=^\nimprovement)/m,
    /^intervals[\s\S]*?(?=^Verdict)/m,
    /^At n = [\s\S]*?(?=^gate)/m,
    /^prediction_time_p95 [\s\S]*?(?=^improvement_target)/m,
    /^prediction_time_p95 needs.*\n/m,
    /^segment [\s\S]*?(?=^Left out)/m,
  ],
  train: [
    /^delay: [\s\S]*?(?=^best)/m,
    /^correlation of .*$/m,
    /^├.*\n│ learned[\s\S]*?(?=^│ test)/m,
    /^split by time[\s\S]*/m,
  ],
  predict: [/^confidence[\s\S]*?(?=^What moved)/m, /^ {2}traffic_x_weather[\s\S]*?(?=^ {2}rest)/m],
  use: [/^warning: [\s\S]*?(?=^model)/m, /^Done[\s\S]*/m],
  serve: [/^\{[\s\S]*?(?=^API)/m],
  activate: [/^warning: [\s\S]*?(?=^Done)/m, /^Health[\s\S]*?(?=^Instance)/m, /^Times are[\s\S]*/m],
  simulate: [
    /^model [\s\S]*?(?=^day)/m,
    /^15 [\s\S]*?(?=^30 )/m,
    /^\nPassed over[\s\S]*/m,
    /^\nNot played[\s\S]*/m,
  ],
  'wrong-address': [/^✔ node[\s\S]*?(?=^✖ postgres )/m, /^\? postgres schema[\s\S]*/m],
  'deleted-model': [/^✔ node[\s\S]*?(?=^. flag model)/m, /^✔ model {2}[\s\S]*?(?=^One|^\d+ things)/m],
  'redis-away': [
    /^warning: [\s\S]*?(?=^error)/m,
    /(?<=does not have it yet: )[\s\S]*?(?=\. It is carried)/m,
    /(?<=did not answer: )[^.]*(?:\.\d[^.]*)*(?=\.)/m,
    /^Warning: no running[\s\S]*/m,
  ],
};

const SIZE = { columns: 100, rows: 60 };

/** Where the tour is, between two commands. */
interface Stage {
  readonly clone: Clone;
  readonly env: Record<string, string>;
  /** What runs on beside the commands that follow. */
  readonly running: TerminalSession[];
  readonly servers: Map<'postgres' | 'redis', TestServer>;
}

/** What happens before a block, where its commands alone do not make it happen. */
const SCENES: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  async 'redis-away'(stage) {
    const [postgres, redis] = await Promise.all([startPostgres(), startRedis({ durable: true })]);
    stage.servers.set('postgres', postgres).set('redis', redis);
    Object.assign(stage.env, { DATABASE_URL: postgres.url, REDIS_URL: redis.url });
    await run('npx atmr-ml migrate && npx atmr-ml activate --percentage 25 --yes --by ana --no-wait', stage);
    await redis.kill();
  },
};

/** Runs the commands of the blocks from top to bottom; resolves to what each block has to show, by its name. */
export async function takeTour(blocks: readonly RecordedBlock[]): Promise<ReadonlyMap<string, string>> {
  const clone = await freshClone();
  const stage: Stage = { clone, env: { ...clone.env }, running: [], servers: new Map() };
  const shown = new Map<string, string>();
  try {
    for (const block of blocks) shown.set(block.name, await record(block, stage));
  } finally {
    await leave(stage);
  }
  return shown;
}

async function record(block: RecordedBlock, stage: Stage): Promise<string> {
  await SCENES[block.name]?.(stage);
  const parts: string[] = [];
  for (const command of commandsOf(block)) {
    const written = usualPorts(stage.clone.elsewhere(await run(command, stage)), stage).trim();
    const cut = (CUTS[block.name] ?? []).reduce((text, pattern) => text.replace(pattern, elided), written);
    parts.push(`$ ${command}\n${cut}${cut === '' ? '' : '\n'}`);
  }
  return parts.join('');
}

/** As if the servers of the tour were those of a machine. */
function usualPorts(text: string, { servers }: Stage): string {
  const usual = { postgres: '5432', redis: '6379' };
  return [...servers].reduce((rest, [name, { port }]) => rest.replaceAll(String(port), usual[name]), text);
}

function elided(part: string): string {
  return part.endsWith('\n') ? '…\n' : '…';
}

/** What a command writes on a terminal until it ends, or says that only Ctrl-C ends it. */
async function run(command: string, { clone, env, running }: Stage): Promise<string> {
  const session = startSession(['sh', '-c', clone.here(command)], { cwd: clone.folder, env, size: SIZE });
  const goesOn = session.sees('Ctrl-C ends it').then(
    () => true,
    () => false,
  );
  const ends = session.ended.then(() => false);
  if (await Promise.race([goesOn, ends])) running.push(session);
  return screenOf(session.written());
}

/** The lines that stay: of one that was drawn anew, what was drawn last. */
function screenOf(written: string): string {
  const lines = written.replaceAll('\r\n', '\n').split('\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what a spinner erases its line with
  const last = lines.map((line) => line.split(/\u001B\[(?:2K|1?G)/).at(-1) ?? '');
  return last.map((line) => stripVTControlCharacters(line).trimEnd()).join('\n');
}

async function leave({ clone, running, servers }: Stage): Promise<void> {
  for (const session of running) session.press('\u0003');
  await Promise.all(running.map(({ ended }) => ended));
  await Promise.all([...servers.values()].map((server) => server.remove()));
  clone.remove();
}
