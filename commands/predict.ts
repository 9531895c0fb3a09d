import type { Command } from 'commander';
import type { BookingFlags } from '../src/booking/from-flags.js';
import type { CommandModule, Surroundings } from '../src/command.js';
import type { Config } from '../src/config.js';
import { EXIT } from '../src/errors.js';
import { t } from '../src/wording/t.js';

interface Flags extends BookingFlags {
  readonly source?: string;
  readonly booking?: string;
  readonly onBadRow?: string;
  readonly csv?: string;
  readonly model?: string;
  readonly runtime?: string;
  readonly json?: boolean;
}

export const configure: CommandModule['configure'] = (command: Command) => {
  command
    .option('--pickup <lat,lon>', t`where the ride starts, in degrees`)
    .option('--dropoff <lat,lon>', t`where it ends`)
    .option('--at <time>', t`scheduled time, ISO 8601; without an offset it is local`)
    .option('--distance-meters <n>', t`instead of --pickup and --dropoff`)
    .option('--duration <seconds>', t`expected driving time (default: 7 minutes a kilometre)`)
    .option('--urgent', t`an urgent ride`)
    .option('--medical', t`a ride to or from a medical facility`)
    .option('--round-trip', t`a ride there and back`)
    .option('--driver <id>', t`who drives`)
    .option('--driver-bookings <n>', t`rides that the driver has completed`)
    .option('--weather <json>', t`an OpenWeather report at the pickup, or a file that holds one`)
    .option('--id <id>', t`of the booking`, 'new')
    .option('--source <file>', t`many bookings instead: CSV, JSON or NDJSON; - is stdin; or postgres`)
    .option('--booking <id>', t`the booking of that id in --source (default: DATABASE_URL when set)`)
    .option('--on-bad-row <action>', t`of --source: fail, or skip`, 'fail')
    .option('--csv <file>', t`also write one row a booking`)
    .option('--model <file>', t`an .onnx file with its manifest beside it (default: the shipped model)`)
    .option('--runtime <name>', t`builtin or onnxruntime (default: what suits the model)`)
    .addHelpText('after', HELP);
};

const HELP = t`
Examples:
  atmr-ml predict --pickup 46.20,6.14 --dropoff 46.25,6.10 --at 2026-03-02T08:30 --urgent
  atmr-ml predict --distance-meters 8000 --at 2026-03-02T17:30 --json
  atmr-ml predict --source tomorrow.csv --csv predictions.csv
  atmr-ml predict --source postgres --booking 4711`;

export const run: CommandModule['run'] = async (command, surroundings) => {
  const { terminal, clock, readConfig } = surroundings;
  const flags = command.opts<Flags>();
  const config = await readConfig();
  const { oneOf } = await import('../src/arguments.js');
  const { RUNTIME_NAMES } = await import('../src/model/runtime.js');
  const runtime = oneOf('--runtime', flags.runtime, RUNTIME_NAMES);
  const bookings = await chosenBookings(flags, config, surroundings);
  const { chooseModel } = await import('../src/model/choose-model.js');
  const { modelInputs, refuseOverwriting } = await import('../src/kept-inputs.js');
  const { loadModel } = await import('../src/model/load.js');
  const { manifestPathOf } = await import('../src/model/read-manifest.js');
  const { predictOffline } = await import('../src/model/predict-offline.js');
  const path = await chooseModel(flags.model, config);
  const { source, weather, csv } = flags;
  await refuseOverwriting(
    { '--csv': csv },
    { '--source': source, '--weather': weather, ...modelInputs(path, manifestPathOf(path)) },
  );
  const model = await loadModel(path, runtime);
  try {
    const arms = { model, heuristic: config.heuristic, clock };
    const predictions = await predictOffline(bookings, flags.csv, arms);
    const isOne = flags.source === undefined || flags.booking !== undefined;
    const single = isOne ? predictions[0] : undefined;
    if (flags.json || !terminal.interactive) {
      terminal.result(JSON.stringify(single ?? predictions, null, 2));
      return EXIT.done;
    }
    const { predictionText, predictionsText } = await import('../src/render/prediction.js');
    const { terminalStyle } = await import('../src/render/style.js');
    const style = await terminalStyle(terminal.colour, terminal.columns);
    terminal.show(single ? predictionText(single, style) : predictionsText(predictions, style));
    return EXIT.done;
  } finally {
    await model.close();
  }
};

/** Those of `--source`, or the one of `--booking` in it, else the one that the flags describe. */
async function chosenBookings(flags: Flags, config: Config, { terminal }: Surroundings) {
  const { source: path, booking: id } = flags;
  if (path === undefined && id === undefined) {
    const { bookingFromFlags } = await import('../src/booking/from-flags.js');
    return [bookingFromFlags(flags, config.timeZone)];
  }
  const { exclusive, oneOf } = await import('../src/arguments.js');
  const { pickup, dropoff, at, distanceMeters } = flags;
  for (const [flag, value] of Object.entries({ pickup, dropoff, at, 'distance-meters': distanceMeters })) {
    exclusive({ [path === undefined ? '--booking' : '--source']: true, [`--${flag}`]: value });
  }
  const { chooseSource } = await import('../src/booking/choose-source.js');
  const { describeFault } = await import('../src/booking/row.js');
  const { timedOnly } = await import('../src/booking/timed-only.js');
  const { oneByOne } = await import('../src/booking/batches.js');
  const source = chooseSource(path, config, {
    onBadRow: oneOf('--on-bad-row', flags.onBadRow, ['fail', 'skip'] as const) ?? 'fail',
    onSkipped: (fault) => terminal.notice(t`skipped: ${describeFault(fault)}`),
    onIgnoredColumns: (names) => terminal.notice(t`notice: columns not used: ${names.join(', ')}.`),
    ...(id !== undefined && { id }),
  });
  if (path === undefined) terminal.notice(t`notice: bookings from ${source.name}.`);
  return timedOnly(oneByOne(source.batches), id !== undefined, terminal.notice);
}
