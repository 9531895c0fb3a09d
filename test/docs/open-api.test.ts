import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpReference, type OpenApi } from '../../scripts/http-reference-page.js';
import { type RecordedExamples, recordExamples } from '../http/record-examples.js';
import { type RunningServer, startServer } from '../http/running-server.js';

interface Media {
  readonly schema: object;
  readonly example?: unknown;
}

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<
    Record<string, { readonly description?: string; readonly content?: Readonly<Record<string, Media>> }>
  >;
}

let server: RunningServer;
let document: OpenApi;
let answers: RecordedExamples;
const operations = new Map<string, Operation>();
beforeAll(async () => {
  server = await startServer();
  document = (await server.ask('/api/openapi.json')).json;
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (method === 'head') continue;
      const pattern = path.replace(/\{(\w+)\}/g, ':$1');
      operations.set(`${method.toUpperCase()} ${pattern}`, operation as unknown as Operation);
    }
  }
  answers = await recordExamples(server);
});
afterAll(() => server.close());

const ajv = new Ajv2020({ allowUnionTypes: true, strict: false, validateFormats: false });

describe('the description of the API', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(
      structuredClone(document) as unknown as Record<string, unknown>,
    );
    expect([valid, errors]).toEqual([true, undefined]);
  });

  it('says of each route what it is for, what it answers, and shows it', () => {
    expect(operations.size).toBeGreaterThan(25);
    for (const [name, { summary = '', description = '', tags = [], responses, requestBody }] of operations) {
      expect([name, summary.length > 8, description.length > 15, tags.length]).toEqual([name, true, true, 1]);
      const shown = Object.entries(responses).map(([status, { description: said = '', content = {} }]) => {
        const [media] = Object.values(content);
        return [status, said.length > 3 && said !== 'Default Response', media?.example !== undefined];
      });
      expect([name, shown.filter(([, isSaid]) => !isSaid)]).toEqual([name, []]);
      const successes = shown.filter(([status]) => /^20[01]/.test(String(status)));
      expect([name, successes.some(([, , isShown]) => isShown)]).toEqual([name, true]);
      const sent = Object.values(requestBody?.content ?? {});
      expect([name, sent.filter(({ example }) => example === undefined)]).toEqual([name, []]);
    }
  });

  it('has a tag for each of them', () => {
    const known = document.tags.map(({ name }) => name);
    expect([...new Set([...operations.values()].flatMap(({ tags }) => tags))].sort()).toEqual(known.sort());
  });

  it('shows examples that fit their schemas', () => {
    for (const [name, { responses, requestBody }] of operations) {
      const all = [
        requestBody?.content ?? {},
        ...Object.values(responses).map(({ content = {} }) => content),
      ];
      for (const { schema, example } of all.flatMap((content) => Object.values(content))) {
        if (example !== undefined)
          expect([name, ajv.validate(schema, example), ajv.errors]).toEqual([name, true, null]);
      }
    }
  });

  it('fits what a server answers, which has every field of the examples', () => {
    for (const [name, { answers: given }] of Object.entries(answers)) {
      const { responses } = operations.get(name)!;
      for (const [status, answer] of Object.entries(given)) {
        const [media] = Object.values(responses[status]?.content ?? {});
        expect([name, status, media === undefined]).toEqual([name, status, false]);
        expect([name, status, ajv.validate(media!.schema, answer), ajv.errors]).toEqual([
          name,
          status,
          true,
          null,
        ]);
        if (typeof answer === 'object') {
          expect([name, status, Object.keys(answer!)]).toEqual([
            name,
            status,
            Object.keys(media!.example as object),
          ]);
        }
      }
    }
  });

  it('is what docs/http-reference.md is written from; `npm run docs:http` writes it anew', () => {
    expect(readFileSync('docs/http-reference.md', 'utf8')).toBe(httpReference(document));
  });
});
