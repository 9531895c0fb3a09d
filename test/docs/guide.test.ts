import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { VARIABLES } from '../../src/settings.js';
import { expectCommand } from '../examples/quoted-commands.js';
import { type RunningServer, startServer } from '../http/running-server.js';
import { expectTests, type QuotedTest, quotedTests } from './quoted-tests.js';

interface Section {
  readonly heading: string;
  readonly items: readonly string[];
}

/** One row of the page: what the guide says, what does it here, the tests that show it. */
interface Row {
  readonly items: readonly string[];
  readonly here: readonly string[];
  readonly shown: readonly QuotedTest[];
}

const GUIDE: readonly Section[] = JSON.parse(readFileSync('fixtures/guide-items.json', 'utf8'));
const SECTIONS = sectionsOf(readFileSync('docs/guide.md', 'utf8'));
const ROWS = SECTIONS.flatMap(({ rows }) => rows);
const HERE = [...new Set(ROWS.flatMap(({ here }) => here))];

describe('the page of the guide', () => {
  it('has every item of the guide, and no other', () => {
    const onPage = SECTIONS.map(({ heading, rows }) => ({
      heading,
      items: rows.flatMap(({ items }) => items).sort(),
    }));
    const inGuide = GUIDE.map(({ heading, items }) => ({ heading, items: items.map(plain).sort() }));
    expect(inGuide.flatMap(({ items }) => items).length).toBeGreaterThan(250);
    expect(onPage).toEqual(inGuide);
  });

  it('says of each item what does it and which test shows it', () => {
    for (const { items, here, shown } of ROWS) {
      expect(here, items.join()).not.toEqual([]);
      expect(shown, items.join()).not.toEqual([]);
    }
  });

  it.each([...new Set(ROWS.flatMap(({ shown }) => shown.map(({ file }) => file)))])(
    'quotes titles that %s has',
    (file) => {
      expectTests(ROWS.flatMap(({ shown }) => shown.filter((one) => one.file === file)));
    },
  );
});

describe('what does it here', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  /** By what they begin with: whether there is such a thing. */
  const KINDS: readonly (readonly [RegExp, (text: string) => unknown])[] = [
    [/^atmr-ml /, expectCommand],
    [/^(GET|POST) \//, (text) => expectRoute(text)],
    [
      /^http:\/\/localhost:3000\//,
      async (text) => expect((await server.ask(new URL(text).pathname)).status).toBe(200),
    ],
    [/^[A-Z][A-Z_]+$/, (text) => expect(VARIABLES).toContain(text)],
    [/^npm (test|run )/, (text) => expect(packageJson.scripts).toHaveProperty([text.split(' ').at(-1)!])],
    [/^npx vitest run /, (text) => text.split(' ').slice(3).forEach(expectFile)],
    [/^[\w/.-]+\.md$/, expectFile],
    // How `serve` logs is what its tests are about.
    [/^docker logs (-f )?atmr-api-1/, () => {}],
  ];

  it.each(HERE)('%s is there', async (text) => {
    const kind = KINDS.find(([pattern]) => pattern.test(text));
    expect(kind, `${text} is nothing that this test can look up`).toBeDefined();
    await kind?.[1](text);
  });

  async function expectRoute(text: string): Promise<void> {
    const [method = '', path = ''] = text.split(' ');
    const { json } = await server.ask('/api/openapi.json');
    expect(json.paths[path], text).toHaveProperty(method.toLowerCase());
  }
});

function expectFile(path: string): void {
  expect(existsSync(path), path).toBe(true);
}

/** The headings below the title, each with the rows of its table. */
function sectionsOf(page: string): { heading: string; rows: Row[] }[] {
  return page
    .split(/^#{2,3} /m)
    .slice(1)
    .map((text) => {
      const [heading = '', ...lines] = text.split('\n');
      const [, , ...rows] = lines.filter((line) => line.startsWith('| ') || line.startsWith('|-'));
      return { heading, rows: rows.map(rowOf) };
    });
}

function rowOf(line: string): Row {
  const [, guide = '', here = '', shown = ''] = line
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll('\\|', '|').trim());
  return {
    items: guide.split('<br>').map(plain),
    here: [...here.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text),
    shown: quotedTests(shown),
  };
}

/** An item without the marks of a code span. */
function plain(item: string): string {
  return item.replaceAll('`', '').trim();
}
