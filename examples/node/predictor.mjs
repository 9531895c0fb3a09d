// POST /delay with a booking → how late the ride will be, by the model or the heuristic.
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { AtmrError, createPredictor } from 'atmr-ml';

const predictor = await createPredictor({ onNotice: (text) => process.stderr.write(`${text}\n`) });

const server = createServer(async (request, response) => {
  try {
    const booking = /** @type {import('atmr-ml').BookingInput} */ (await json(request));
    const { predicted_minutes: minutes, source, reason } = await predictor.predict(booking);
    response.end(JSON.stringify({ minutes, source, reason }));
  } catch (error) {
    const isTheirs =
      error instanceof SyntaxError || (error instanceof AtmrError && error.code === 'BAD_INPUT');
    response.writeHead(isTheirs ? 400 : 500).end();
  }
});
server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify(server.address())}\n`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close(() => predictor.close());
  });
}
