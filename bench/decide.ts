/**
 * Decisions a second at 25 %, beside the packages one would otherwise use; same keys, one process, one run. Ours are
 * those of the public reader, which looks at the age of what it knows before each answer. They decide in turn, round by
 * round, so that a busy machine hurts all alike.
 */
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
import { type Machine, startMachine } from '../test/fault/site.js';
import { type Bench, type Comparison, compared, median } from './comparison.js';

/** True when the model answers. */
type Decide = (targetingKey: string) => boolean | Promise<boolean>;

const KEY = 'ml-delay-prediction';
const PERCENTAGE = 25;
const ROUNDS = 7;
const ROUND_MS = 300;
/** Between two rounds, so that our reader can look at its store: without, it would say that it is stale. */
const PAUSE_MS = 50;
const KEYS = Array.from({ length: 10_000 }, (_, i) => `booking-${i}`);
const SILENT: Logger = { error() {}, warn() {}, info() {}, debug() {} };

export const bench: Bench = {
  summary: `decisions a second of processor time at ${PERCENTAGE} %`,
  async measure(say) {
    const machine = await startMachine({
      ...{ name: 'bench', key: KEY },
      servers: { postgres: null, redis: null },
    });
    try {
      return await measureAll(machine, say);
    } finally {
      await machine.close();
    }
  },
};

async function measureAll(machine: Machine, say: (line: string) => void): Promise<Comparison[]> {
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
  for (const [name, one] of all) await requireShare(name, one, say);
  const rates = all.map((): number[] => []);
  for (let round = -1; round < ROUNDS; round++) {
    for (const [i, [, one]] of all.entries()) {
      const rate = await measure(one);
      if (round >= 0) rates[i]!.push(rate);
      await sleep(PAUSE_MS);
      requireFresh(reader);
    }
  }
  const [own = [], ...others] = rates;
  const fastest = Math.max(...others.map(median));
  return peers.map(([peer], i) => {
    const wanted = median(others[i]!) === fastest ? { atLeast: 3 } : null;
    return compared({ what: `decide at ${PERCENTAGE} %`, unit: '/s', peer, wanted }, own, others[i]!);
  });
}

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

/** Who does not split as it should is not compared with. */
async function requireShare(name: string, one: Decide, say: (line: string) => void): Promise<void> {
  const answers = await Promise.all(KEYS.map(one));
  const percent = (answers.filter(Boolean).length / KEYS.length) * 100;
  if (Math.abs(percent - PERCENTAGE) > 2) throw new Error(`${name} gives the model ${percent} %`);
  say(`${name}: model ${percent.toFixed(1)} %`);
}
