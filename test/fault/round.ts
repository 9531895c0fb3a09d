import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditEntry } from '../../src/flag/store.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';
import { faultsOf, healAll, takeStoreAway } from './faults.js';
import { type ReaderChild, startReaderChild } from './reader-child.js';
import { type Written, write, writeInPeace } from './round-writer.js';
import { type Machine, type Servers, startMachine } from './site.js';
import { until } from './wait.js';

/** Draws from a seeded sequence, so that a failed round can be played again. */
export interface Draw {
  /** 0 ≤ n < `below`. */
  whole(below: number): number;
  pick<T>(from: readonly T[]): T;
}

/** What a round leaves to be judged. */
export interface RoundResult {
  readonly written: readonly Written[];
  readonly history: readonly AuditEntry[];
  /** Every content that a reader saw under a revision, as `revision changeId`. */
  readonly seen: readonly string[];
  /** Faults found while it ran, in words. */
  readonly violations: readonly string[];
  /** What happened, in order, to print when it went wrong. */
  readonly log: readonly string[];
}

/** A round under way. */
export interface Round {
  readonly draw: Draw;
  readonly servers: Servers;
  readonly writers: readonly Machine[];
  readonly hosts: readonly Machine[];
  readonly readers: ReaderChild[];
  readonly written: Written[];
  readonly earlier: string[];
  readonly violations: string[];
  readonly log: string[];
}

const STEPS = 4;
/** A reader's loop, its timeout and a new connection, on a machine that is busy with other rounds. */
const READ_BY_MS = 4000;
/** On a machine that is busy with many rounds. */
const ANSWER_LIMIT_MS = 5000;
/** Each try of a write has limits of its own, which a busy machine may overrun: that is told honestly, and tried again. */
const PEACE_LIMIT_MS = 60_000;
/** The pair is where most can go wrong. */
const SET_UPS = ['Postgres', 'Redis', 'SQLite', 'both', 'both', 'both', 'both', 'both'] as const;

/** Plays one round against a flag of its own: writes and faults at random, then peace, then a look at it all. */
export async function playRound(postgres: TestServer, draw: Draw): Promise<RoundResult> {
  const setUp = draw.pick(SET_UPS);
  const redis =
    setUp === 'SQLite' || setUp === 'Postgres' ? null : await startRedis({ durable: setUp === 'Redis' });
  const servers = { postgres: setUp === 'Postgres' || setUp === 'both' ? postgres : null, redis };
  const round = await openRound(draw, servers);
  round.log.push(setUp);
  try {
    for (let step = 0; step < STEPS; step++) await playStep(round);
    await makePeace(round);
    return {
      ...{ written: round.written, violations: round.violations, log: round.log },
      history: await historyOf(round),
      seen: [...round.earlier, ...round.readers.flatMap(contentsSeen)],
    };
  } finally {
    await Promise.all(round.readers.map((reader) => reader.kill()));
    await Promise.all([...round.writers, ...round.hosts].map((one) => one.close()));
    await redis?.remove();
  }
}

/** The first query after a kill may be sent on a connection that ended with the server, or to a busy machine. */
async function historyOf({ writers }: Round): Promise<readonly AuditEntry[]> {
  let entries: readonly AuditEntry[] | null = null;
  await until('the history is read', async () => {
    entries = await writers[0]!.holders.record.history(1000).catch(() => null);
    return entries !== null;
  });
  return entries ?? [];
}

async function openRound(draw: Draw, servers: Servers): Promise<Round> {
  const key = `round-${randomUUID()}`;
  const first = await startMachine({ name: 'writer-1', key, servers });
  // Without servers, what they share is the disk of one machine.
  const shared = (servers.postgres ?? servers.redis) ? {} : { home: first.home };
  const machine = (name: string) => startMachine({ name, key, servers, ...shared });
  const writers = [first, await machine('writer-2')];
  const hosts = [await machine('host-1'), await machine('host-2')];
  const readers = await Promise.all(hosts.map((host) => startReaderChild(host)));
  return { draw, servers, writers, hosts, readers, written: [], earlier: [], violations: [], log: [] };
}

async function playStep(round: Round): Promise<void> {
  const { draw } = round;
  const kind = draw.pick(['activate', 'disable'] as const);
  const writer = draw.pick(round.writers);
  if (draw.whole(3) === 0) takeStoreAway(round, writer);
  const writing = write(round, writer, kind);
  await sleep(draw.whole(600));
  await draw.pick(faultsOf(round.servers))(round);
  const written = await writing;
  for (const machine of round.writers) healAll(machine);
  round.written.push(written);
  round.log.push(`${kind} → ${written.exitCode}`);
  await expectAnswers(round);
  if (kind === 'disable' && (written.exitCode === 0 || written.exitCode === 6))
    await expectOff(round, written);
}

/** Whatever happened, every reader that runs answers at once. */
async function expectAnswers({ readers, violations }: Round): Promise<void> {
  for (const reader of readers) {
    const answer = await Promise.race([reader.look(), sleep(ANSWER_LIMIT_MS)]);
    if (!reader.isAlive() || answer === undefined) violations.push(`${reader.instance} does not answer`);
  }
}

/** After an acknowledged disable, and until somebody writes again: who reaches a store that knows serves no model. */
async function expectOff(round: Round, { changeId }: Written): Promise<void> {
  const { hosts, readers, violations, log } = round;
  for (const host of hosts) healAll(host);
  if (!(await isKnown(round, changeId ?? ''))) {
    log.push('lost with the only store that took it; its journal has it');
    return;
  }
  await until('no reader serves the model after a disable', () => allOff(readers), READ_BY_MS).catch(
    (thrown: Error) => violations.push(thrown.message),
  );
  const looked = readers.map(({ answers }) => answers.length);
  await sleep(300);
  await allOff(readers);
  const later = readers.flatMap(({ answers }, i) => answers.slice(looked[i]));
  if (later.some(({ variant }) => variant === 'model'))
    violations.push('the model came back after a disable');
  log.push('looked: off');
}

/** Whether a store has this forced off: a Redis that was the only one may have lost it since. */
async function isKnown({ writers }: Round, id: string): Promise<boolean> {
  const { record, copy } = writers[0]!.holders;
  const copied = copy?.read().then(({ marks }) => marks[id] !== undefined);
  const answers = await Promise.allSettled([record.change(id).then((change) => change !== null), copied]);
  return answers.some((answer) => answer.status === 'fulfilled' && answer.value === true);
}

async function allOff(readers: readonly ReaderChild[]): Promise<boolean> {
  const looks = await Promise.all(readers.map((reader) => reader.look()));
  return looks.every((look) => look?.variant !== 'model');
}

/** Everything back, every machine's journal sent; then all readers and stores agree, half of the times on a split. */
async function makePeace(round: Round): Promise<void> {
  const { draw, writers, hosts, violations } = round;
  for (const machine of [...writers, ...hosts]) healAll(machine);
  for (const machine of writers) {
    // Only an honest "did not answer" may be tried again; any other failure in peace is one.
    const disabled = async () => {
      const { exitCode } = await writeInPeace(round, machine, 'disable');
      if (exitCode !== 0 && exitCode !== 4)
        violations.push(`${machine.name}: disable in peace → ${exitCode}`);
      return exitCode !== 4;
    };
    const what = `${machine.name}: a disable in peace is answered`;
    await until(what, disabled, PEACE_LIMIT_MS).catch((thrown: Error) => violations.push(thrown.message));
  }
  await expectAgreement(round, 'FORCED_OFF');
  if (draw.whole(2) === 0) return;
  // A reader may still bring back an older forced off, which is a conflict.
  const activated = () => writeInPeace(round, writers[0]!, 'activate').then(({ exitCode }) => exitCode === 0);
  await until('an activate in peace succeeds', activated, PEACE_LIMIT_MS).catch((thrown: Error) =>
    violations.push(thrown.message),
  );
  await expectAgreement(round, 'SPLIT');
}

async function expectAgreement({ writers, readers, violations }: Round, reason: string): Promise<void> {
  const { record, copy } = writers[0]!.holders;
  await until(`the stores agree, and every reader answers ${reason}`, async () => {
    const flag = (await record.read().catch(() => null))?.flag;
    const copied = copy === null ? flag : (await copy.read().catch(() => null))?.flag;
    const looks = await Promise.all(readers.map((reader) => reader.look()));
    const agreed = looks.every((look) => look?.reason === reason && look.changeId === flag?.changeId);
    return agreed && flag !== undefined && copied?.changeId === flag?.changeId;
  }).catch((thrown: Error) => violations.push(thrown.message));
}

function contentsSeen(reader: ReaderChild): string[] {
  return reader.answers
    .filter(({ changeId }) => changeId !== null)
    .map(({ revision, changeId }) => `${revision} ${changeId}`);
}
