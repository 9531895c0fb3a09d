/** Records examples of every route and writes `docs/http-reference.md` from the OpenAPI document; `npm run docs:http`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { recordExamples, shortened } from '../test/http/record-examples.js';
import { startServer } from '../test/http/running-server.js';
import { httpReference, type OpenApi } from './http-reference-page.js';

const EXAMPLES = 'src/http/examples.json';
const PAGE = 'docs/http-reference.md';

if (process.argv.includes('--examples')) {
  const server = await startServer();
  const { home } = server.machine;
  const examples = shortened(await recordExamples(server));
  await server.close();
  const text = JSON.stringify(examples, null, 1)
    .replaceAll(home, '/var/lib/atmr-ml')
    .replaceAll(process.cwd(), '/opt/atmr-ml')
    .replaceAll(hostname(), 'vm');
  writeFileSync(EXAMPLES, `${text}\n`);
} else {
  const server = await startServer();
  const { json } = await server.ask('/api/openapi.json');
  await server.close();
  const page = httpReference(json as OpenApi);
  const changed = readFileSync(PAGE, 'utf8') !== page;
  writeFileSync(PAGE, page);
  process.stdout.write(`${PAGE}: ${changed ? 'written anew' : 'up to date'}\n`);
}
