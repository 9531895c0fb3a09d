import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languageOf } from '../../src/http/caller-language.js';
import { type ServeProcess, startServe } from '../e2e/serve-process.js';

describe('the language of a caller', () => {
  it.each([
    ['fr', 'fr'],
    ['fr-CH, fr;q=0.9, en;q=0.8', 'fr'],
    ['FR', 'fr'],
    ['en-GB,en;q=0.9,fr;q=0.8', 'en'],
    ['de-CH, fr;q=0.5', 'en'],
    ['', 'en'],
    ['*', 'en'],
    [undefined, 'en'],
  ])('%s', (header, language) => expect(languageOf({ 'accept-language': header })).toBe(language));
});

describe('of many callers at once, each hears its own', () => {
  let server: ServeProcess;
  const home = mkdtempSync(join(tmpdir(), 'atmr-ml-language-'));
  beforeAll(async () => {
    server = await startServe({ ATMR_ML_HOME: home });
  });
  afterAll(async () => {
    await server.kill();
    rmSync(home, { recursive: true });
  });

  const ask = async (path: string, language: string | null, body?: object) => {
    const response = await fetch(`${server.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'content-type': 'application/json',
        ...(language === null ? {} : { 'accept-language': language }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return {
      vary: response.headers.get('vary'),
      ...((await response.json()) as { error?: string; next?: string }),
    };
  };

  it('an unknown route', async () => {
    expect(await ask('/api/nothing', 'fr')).toMatchObject({
      error: 'GET /api/nothing n’existe pas. GET /api/openapi.json dit ce qu’il y a.',
    });
    expect((await ask('/api/nothing', null)).error).toMatch(/^There is no GET/);
  });

  it('a body that does not fit, after it was read', async () => {
    const wrong = { percentage: 12.345 };
    const answers = await Promise.all(
      ['fr', 'en', 'fr', null].map((one) => ask('/api/feature-flags/ml/percentage', one, wrong)),
    );
    expect(answers.map(({ error }) => error?.slice(0, 18))).toEqual([
      'percentage vaut 12',
      'percentage is 12.3',
      'percentage vaut 12',
      'percentage is 12.3',
    ]);
  });

  it('a document that is kept for all who ask', async () => {
    const answers = await Promise.all(
      ['fr', 'en', 'fr', 'en'].map((one) => ask('/api/feature-flags/status', one)),
    );
    expect(answers[0]!.next).toMatch(/permet au modèle|laisse le modèle/);
    expect(answers[1]!.next).toMatch(/lets the model/);
    expect(answers.map(({ next }) => next)).toEqual([0, 1, 0, 1].map((i) => answers[i]!.next));
    expect(answers[0]!.vary).toContain('accept-language');
  });
});
