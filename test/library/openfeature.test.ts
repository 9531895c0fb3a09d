import {
  type Client,
  ErrorCode,
  type Hook,
  OpenFeature,
  ProviderEvents,
  ProviderStatus,
} from '@openfeature/server-sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { decide } from '../../src/flag/decide.js';
import { openFlag } from '../../src/library/open-flag.js';
import { openFeatureProvider } from '../../src/library/openfeature.js';
import type { FlagOptions } from '../../src/library/options.js';
import { program } from '../commands/program.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import { until } from '../fault/wait.js';
import { startProxy } from '../servers/proxy.js';

const KEY = 'ml-delay-prediction';
afterEach(() => OpenFeature.close());

/** A client of the SDK, with all that its provider tells. */
async function clientOf(options: FlagOptions) {
  const told: string[] = [];
  const client: Client = OpenFeature.getClient();
  for (const event of Object.values(ProviderEvents)) {
    client.addHandler(event, (details) => {
      told.push([event, ...((details as { flagsChanged?: string[] })?.flagsChanged ?? [])].join(' '));
    });
  }
  await OpenFeature.setProviderAndWait(
    openFeatureProvider({ databaseUrl: null, redisUrl: null, ...options }),
  );
  return { client, told };
}

describe('the provider for OpenFeature', () => {
  it('evaluates as the flag does, as a boolean and as the name of a variant', async () => {
    const { run, home } = program();
    await run('activate', '--percentage', '33.33', '--yes');
    const { client } = await clientOf({ home });
    expect(client.providerStatus).toBe(ProviderStatus.READY);
    const flag = { enabled: true, percentage: 33.33, salt: KEY };
    for (let id = 0; id < 300; id++) {
      const context = { targetingKey: String(id) };
      const { variant } = decide(flag, String(id));
      const details = await client.getBooleanDetails(KEY, variant !== 'model', context);
      expect(details).toMatchObject({ value: variant === 'model', variant, reason: 'SPLIT' });
      expect(await client.getStringValue(KEY, 'none', context)).toBe(variant);
    }
    const { flagMetadata } = await client.getBooleanDetails(KEY, true, { targetingKey: '1' });
    expect(flagMetadata).toEqual({
      ...{ atmrReason: 'SPLIT', revision: 1, percentage: 33.33 },
      model: expect.stringMatching(/^\S+ \S+ \([0-9a-f]{8}\)$/),
    });
  });

  it('gives the caller’s default with the code that OpenFeature has for what the caller got wrong', async () => {
    const { run, home } = program();
    await run('activate', '--percentage', '100', '--yes');
    const { client } = await clientOf({ home });
    const key = { targetingKey: '1' };
    const wrong = (errorCode: ErrorCode) => ({
      reason: 'ERROR',
      errorCode,
      errorMessage: expect.any(String),
    });
    expect(await client.getBooleanDetails('other', true, key)).toMatchObject({
      value: true,
      ...wrong(ErrorCode.FLAG_NOT_FOUND),
    });
    for (const context of [{}, { targetingKey: '' }]) {
      const missing = { value: false, ...wrong(ErrorCode.TARGETING_KEY_MISSING) };
      expect(await client.getBooleanDetails(KEY, false, context)).toMatchObject(missing);
    }
    const mismatch = wrong(ErrorCode.TYPE_MISMATCH);
    expect(await client.getNumberDetails(KEY, 7, key)).toMatchObject({ value: 7, ...mismatch });
    expect(await client.getObjectDetails(KEY, { a: 1 }, key)).toMatchObject({ value: { a: 1 }, ...mismatch });
  });

  it('hears of changes by the program, and answers control while it is off, whatever the default is', async () => {
    const { run, home } = program();
    const { client, told } = await clientOf({ home });
    const value = () => client.getBooleanDetails(KEY, true, { targetingKey: '1' });
    expect(await value()).toMatchObject({ value: false, variant: 'control', reason: 'DEFAULT' });
    await run('activate', '--percentage', '100', '--yes');
    expect(await value()).toMatchObject({ value: true, variant: 'model', reason: 'SPLIT' });
    await until('the change is told', () => told.includes(`${ProviderEvents.ConfigurationChanged} ${KEY}`));
    const off = JSON.parse((await run('disable')).stdout);
    expect(off.instances).toMatchObject([{ confirmed: true }]);
    expect(await value()).toMatchObject({
      value: false,
      reason: 'DISABLED',
      flagMetadata: { atmrReason: 'FORCED_OFF' },
    });
    await until('the second is told', () => told.filter((one) => one.endsWith(KEY)).length >= 2);
    expect(client.providerStatus).toBe(ProviderStatus.READY);
  });

  it('is stale while no store answers, and ready again when one does', async () => {
    const postgres = await startMigratedPostgres();
    const network = await startProxy(postgres.port);
    const { run, home } = program({ DATABASE_URL: postgres.url });
    await run('activate', '--percentage', '100', '--yes');
    const databaseUrl = postgres.url.replace(`:${postgres.port}`, `:${network.port}`);
    const { client, told } = await clientOf({ home, databaseUrl, staleAfterMs: 2000 });
    // A flag that was never read could not become stale.
    await until('it is read', () => client.getBooleanValue(KEY, false, { targetingKey: '1' }));
    network.cut();
    await until('it is stale', () => client.providerStatus === ProviderStatus.STALE);
    const stale = { value: false, variant: 'control', reason: 'STALE' };
    expect(await client.getBooleanDetails(KEY, true, { targetingKey: '1' })).toMatchObject(stale);
    network.heal();
    await until('it is ready', () => client.providerStatus === ProviderStatus.READY);
    expect(await client.getBooleanValue(KEY, false, { targetingKey: '1' })).toBe(true);
    expect(told.slice(-2)).toEqual([ProviderEvents.Stale, ProviderEvents.Ready]);
    await OpenFeature.close();
    await network.remove();
    await postgres.remove();
  });

  it('is in error while the flag names a model that the process does not run', async () => {
    const { run, home } = program();
    await run('activate', '--percentage', '100', '--yes');
    const model = { name: 'own', version: '1', sha256: 'f'.repeat(64) };
    const { client, told } = await clientOf({ home, model });
    await until('it is in error', () => client.providerStatus === ProviderStatus.ERROR);
    expect(told).toContain(ProviderEvents.Error);
    const details = await client.getBooleanDetails(KEY, true, { targetingKey: '1' });
    expect(details).toMatchObject({ value: false, reason: 'ERROR', flagMetadata: { code: 'MODEL_MISSING' } });
    expect(details.errorCode).toBeUndefined();
  });

  it('runs the hooks of the SDK with its details', async () => {
    const { run, home } = program();
    await run('activate', '--percentage', '100', '--yes');
    const { client } = await clientOf({ home });
    const seen: string[] = [];
    const hook: Hook = {
      before: ({ context }) => ({ ...context, targetingKey: '1' }),
      after: (_, { variant, flagMetadata }) => void seen.push(`after ${variant} ${flagMetadata.revision}`),
      error: (_, thrown) => void seen.push(`error ${(thrown as { code?: string }).code}`),
      finally: () => void seen.push('finally'),
    };
    client.addHooks(hook);
    await client.getBooleanValue(KEY, false);
    await client.getBooleanValue('other', false);
    expect(seen).toEqual(['after model 1', 'finally', 'error FLAG_NOT_FOUND', 'finally']);
  });

  it('says good-bye to the stores when the SDK shuts it down, and opens them again', async () => {
    const { run, home } = program();
    const instances = async () => JSON.parse((await run('status', '--json')).stdout).instances.length;
    await run('activate', '--percentage', '100', '--yes');
    const provider = openFeatureProvider({ home, databaseUrl: null, redisUrl: null });
    for (const _ of ['once', 'again']) {
      await OpenFeature.setProviderAndWait(provider);
      const client = OpenFeature.getClient();
      expect(await client.getBooleanValue(KEY, false, { targetingKey: '1' })).toBe(true);
      await until('it is reported', async () => (await instances()) === 1);
      await OpenFeature.clearProviders();
      expect(await instances()).toBe(0);
    }
    const asked = await provider.resolveBooleanEvaluation(KEY, true, { targetingKey: '1' }, console);
    expect(asked).toMatchObject({ value: true, errorCode: ErrorCode.PROVIDER_NOT_READY });
  });

  it('leaves a flag that it was given to its owner', async () => {
    const { run, home } = program();
    await run('activate', '--percentage', '100', '--yes');
    const flag = await openFlag({ home, databaseUrl: null, redisUrl: null });
    await OpenFeature.setProviderAndWait(openFeatureProvider(flag));
    expect(await OpenFeature.getClient().getBooleanValue(KEY, false, { targetingKey: '1' })).toBe(true);
    await OpenFeature.clearProviders();
    expect(flag.evaluate('1').variant).toBe('model');
    await flag.close();
  });

  it('fails to initialise with settings that are none', async () => {
    const opening = OpenFeature.setProviderAndWait(openFeatureProvider({ flagKey: 'a b' }));
    await expect(opening).rejects.toMatchObject({ code: 'BAD_CONFIG' });
    const client = OpenFeature.getClient();
    expect(await client.getBooleanValue(KEY, false, { targetingKey: '1' })).toBe(false);
  });
});
