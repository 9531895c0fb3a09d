/**
 * Decisions a second at 25 %, beside the packages one would otherwise use; same keys, one process, one run. Ours are
 * those of the public reader, which looks at the age of what it knows before each answer. Run: `npm run bench:decide`.
 *
 * They decide in turn, round by round, and the median round counts, so that a busy machine hurts all alike. Fails
 * when ours are fewer than three times those of the fastest other.
 */
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { GrowthBook } from '@growthbook/growthbook';
import { init, integrations } from '@launchdarkly/node-server-sdk';
import type { Logger } from '@openfeature/core';
import { FlagdCore } from '@openfeature/flagd-core';
import { InMemoryProvider, OpenFeature } from '@openfeature/server-sdk';
import { Unleash } from 'unleash-client';
import { activate } from '../src/flag/activate.js';
import { bucketOf } from '../src/flag/bucket.js';
import type { FlagReader } from '../src/flag/reader.js';
import { startMachine } from '../test/fault/site.js';

/** True when the model answers. */
type Decide = (targetingKey: string) => boolean | Promise<boolean>;

const KEY = 'ml-delay-prediction';
const PERCENTAGE = 25;
const ROUNDS = 7;
const ROUND_MS = 300;
/** Between two rounds, so that our reader can look at its store: without, it would say that it is stale. */
const PAUSE_MS = 50;
const WANTED_RATIO = 3;
const KEYS = Array.from({ length: 10_000 }, (_, i) => `booking-${i}`);
const SILENT: Logger = { error() {}, warn() {}, info() {}, debug() {} };

const machine = await startMachine({ name: 'bench', key: KEY, servers: { postgres: null, redis: null } });
await activate(machine.holders, PERCENTAGE, machine.request('bench'));
const reader = await machine.reader();
const ours: Decide = (targetingKey) => reader.decide(targetingKey).variant === 'model';
const peers: [string, Decide][] = [
  ['flagd-core', flagd()],
  ['GrowthBook', growthBook()],
  ['unleash-client', await unleash()],
  ['LaunchDarkly (offline)', await launchDarkly()],
  ['OpenFeature in-memory', await openFeature()],
];
const all: [string, Decide][] = [['atmr-ml', ours], ...peers];
const rounds: number[][] = all.map(() => []);
for (let round = 0; round < ROUNDS; round++) {
  for (const [i, [, one]] of all.entries()) {
    rounds[i]?.push(await measure(one));
    await sleep(PAUSE_MS);
    requireFresh(reader);
  }
}
const [oursRate = 0, ...peerRates] = rounds.map(median);
for (const [i, [name, one]] of all.entries()) {
  const rate = i === 0 ? oursRate : (peerRates[i - 1] ?? 0);
  const line = `${name.padEnd(24)} ${(rate / 1e6).toFixed(2).padStart(6)} M/s  ours × ${(oursRate / rate).toFixed(1).padStart(5)}`;
  writeSync(1, `${line}  model ${(await modelShare(one)).toFixed(1)} %\n`);
}
const ratio = oursRate / Math.max(...peerRates);
const passed = ratio >= WANTED_RATIO;
writeSync(
  1,
  `${passed ? 'pass' : 'FAIL'}: ${ratio.toFixed(1)} × the fastest, expected at least ${WANTED_RATIO} ×\n`,
);
await machine.close();
// The clients of others keep timers.
process.exit(passed ? 0 : 1);

/** A reader that fell back answers without a hash: that would be no fair figure. */
function requireFresh({ decide }: FlagReader): void {
  const { reason } = decide('booking-0');
  if (reason !== 'SPLIT') throw new Error(`expected the reader to split, it answers ${reason}`);
}

function flagd(): Decide {
  const fractional = [
    ['model', PERCENTAGE * 100],
    ['control', 10_000 - PERCENTAGE * 100],
  ];
  const variants = { model: true, control: false };
  const flag = { state: 'ENABLED', variants, defaultVariant: 'control', targeting: { fractional } };
  const core = new FlagdCore(undefined, SILENT);
  core.setConfigurations(JSON.stringify({ flags: { [KEY]: flag } }));
  return (targetingKey) => core.resolveBooleanEvaluation(KEY, false, { targetingKey }, SILENT).value;
}

function growthBook(): Decide {
  const features = {
    [KEY]: { defaultValue: false, rules: [{ force: true, coverage: PERCENTAGE / 100, hashAttribute: 'id' }] },
  };
  const client = new GrowthBook({ features });
  return (id) => {
    void client.setAttributes({ id });
    return client.isOn(KEY);
  };
}

async function unleash(): Promise<Decide> {
  const parameters = { rollout: String(PERCENTAGE), stickiness: 'userId', groupId: KEY };
  const feature = {
    name: KEY,
    type: 'release',
    enabled: true,
    stale: false,
    impressionData: false,
    project: 'default',
    variants: [],
    strategies: [{ name: 'flexibleRollout', parameters, constraints: [] }],
  };
  const client = new Unleash({
    appName: 'bench',
    url: 'http://127.0.0.1:9/',
    refreshInterval: 0,
    disableMetrics: true,
    bootstrap: { data: [feature] },
    skipInstanceCountWarning: true,
  });
  client.on('error', () => {}); // there is no server; the flag came with the bootstrap
  client.on('warn', () => {});
  await new Promise((resolve) => client.once('ready', resolve));
  return (userId) => client.isEnabled(KEY, { userId });
}

async function launchDarkly(): Promise<Decide> {
  const data = new integrations.TestData();
  const share = PERCENTAGE * 1000;
  const rollout = {
    variations: [
      { variation: 0, weight: share },
      { variation: 1, weight: 100_000 - share },
    ],
  };
  data.usePreconfiguredFlag({
    key: KEY,
    version: 1,
    on: true,
    salt: KEY,
    variations: [true, false],
    fallthrough: { rollout },
  });
  const client = init('sdk-key', { updateProcessor: data.getFactory(), sendEvents: false, logger: SILENT });
  await client.waitForInitialization({ timeout: 5 });
  return (key) => client.variation(KEY, { kind: 'user', key }, false);
}

/** Its provider has no percentage of its own: the rule is a function, and here it is ours. */
async function openFeature(): Promise<Decide> {
  const contextEvaluator = ({ targetingKey = '' }) =>
    bucketOf(KEY, targetingKey) < PERCENTAGE * 100 ? 'model' : 'control';
  const flag = {
    variants: { model: true, control: false },
    defaultVariant: 'control',
    disabled: false,
    contextEvaluator,
  };
  await OpenFeature.setProviderAndWait(new InMemoryProvider({ [KEY]: flag }));
  const client = OpenFeature.getClient();
  return (targetingKey) => client.getBooleanValue(KEY, false, { targetingKey });
}

/** Decisions a second of processor time, which other programs do not take. A promise is waited for, as its callers must. */
async function measure(one: Decide): Promise<number> {
  const before = process.cpuUsage();
  const startMs = performance.now();
  let count = 0;
  while (performance.now() - startMs < ROUND_MS) {
    for (let i = 0; i < 1000; i++) {
      const answer = one(KEYS[count++ % KEYS.length]!);
      if (typeof answer !== 'boolean') await answer;
    }
  }
  const { user, system } = process.cpuUsage(before);
  return (count * 1e6) / (user + system);
}

async function modelShare(one: Decide): Promise<number> {
  const answers = await Promise.all(KEYS.map(one));
  return (answers.filter(Boolean).length / KEYS.length) * 100;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
