// GET /arm?booking=4711 → which arm answers the ride, by way of OpenFeature.
import { createServer } from 'node:http';
import { OpenFeature } from '@openfeature/server-sdk';
import { openFeatureProvider } from 'atmr-ml/openfeature';

const onNotice = (/** @type {string} */ text) => void process.stderr.write(`${text}\n`);
await OpenFeature.setProviderAndWait(openFeatureProvider({ onNotice }));
const client = OpenFeature.getClient();

const server = createServer(async (request, response) => {
  const targetingKey = new URLSearchParams(request.url?.split('?')[1]).get('booking') ?? '';
  const { value, reason } = await client.getBooleanDetails('ml-delay-prediction', false, { targetingKey });
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ variant: value ? 'model' : 'control', reason }));
});
server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify(server.address())}\n`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    server.close();
    await OpenFeature.close();
  });
}
