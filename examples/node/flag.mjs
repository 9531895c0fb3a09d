// GET /arm?booking=4711 → which arm answers the ride, and why.
import { createServer } from 'node:http';
import { openFlag } from 'atmr-ml';

const flag = await openFlag({ onNotice: (text) => process.stderr.write(`${text}\n`) });
flag.onChange(({ reason, percentage }) => process.stderr.write(`flag: ${reason}, ${percentage} %\n`));

const server = createServer((request, response) => {
  const booking = new URLSearchParams(request.url?.split('?')[1]).get('booking') ?? '';
  const { variant, reason } = flag.evaluate(booking);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ variant, reason }));
});
server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify(server.address())}\n`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    server.close();
    await flag.close();
  });
}
