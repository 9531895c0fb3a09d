import type { CommandModule, Surroundings } from '../src/command.js';
import type { Config } from '../src/config.js';
import { AtmrError, EXIT, EXIT_CODES } from '../src/errors.js';
import type { Model } from '../src/model/model.js';
import type { WeatherCheck } from '../src/weather/check.js';
import { t } from '../src/wording/t.js';

interface Flags {
  readonly lat?: string;
  readonly lon?: string;
  readonly place?: string;
  readonly drill?: boolean;
  readonly model?: string;
  readonly json?: boolean;
}

export const configure: CommandModule['configure'] = (command) => {
  command
    .option('--place <name>', t`a town, or a place of weather.places (default: geneva)`)
    .option('--lat <degrees>', t`instead of --place`)
    .option('--lon <degrees>', t`with --lat`)
    .option('--drill', t`inject an outage and prove that the neutral factor stands in`)
    .option('--model <file>', t`the model to ask (default: the shipped model)`)
    .addHelpText('after', HELP);
};

const HELP = t`
Exit code: 0 the weather is live, or the drill worked; 2 no key, or not a valid
one; 3 the drill failed; 4 the service did not answer, or the quota is used up.

Examples:
  atmr-ml weather-check
  atmr-ml weather-check --lat 46.20 --lon 6.14 --json
  atmr-ml weather-check --drill`;

export const run: CommandModule['run'] = async (command, surroundings) => {
  const { terminal, clock, readConfig } = surroundings;
  const flags = command.opts<Flags>();
  const config = await readConfig();
  for (const warning of config.warnings) terminal.notice(warning);
  const { placeOf } = await import('../src/weather/places.js');
  const place = placeOf(flags, config.weatherPlaces);
  const model = await modelToAsk(flags.model, config, surroundings);
  let check: WeatherCheck;
  try {
    const { checkWeather, withEffect } = await import('../src/weather/check.js');
    const { drillOutage } = await import('../src/weather/drill.js');
    const { weatherEffect } = await import('../src/weather/weather-effect.js');
    const found = flags.drill
      ? await drillOutage(place, clock)
      : await checkWeather(config, place, clock, terminal.notice);
    const effect = model && (await weatherEffect(model, config.heuristic, clock, found.used));
    check = withEffect(found, effect);
  } finally {
    await model?.close();
  }
  const { weatherCheckDocument, weatherCheckText, weatherRemedy } = await import(
    '../src/render/weather-check.js'
  );
  if (flags.json || !terminal.interactive) {
    terminal.result(JSON.stringify(weatherCheckDocument(check), null, 2));
  } else {
    const { terminalStyle } = await import('../src/render/style.js');
    terminal.show(weatherCheckText(check, await terminalStyle(terminal.colour, terminal.columns)));
  }
  const remedy = weatherRemedy(check);
  if (remedy !== null) terminal.notice(remedy);
  return exitCodeOf(check);
};

/** A missing default model is no fault of the weather: only one that was asked for must be there. */
async function modelToAsk(
  asked: string | undefined,
  config: Config,
  { terminal }: Surroundings,
): Promise<Model | null> {
  const { chooseModel } = await import('../src/model/choose-model.js');
  const { loadModel } = await import('../src/model/load.js');
  try {
    return await loadModel(await chooseModel(asked, config));
  } catch (failure) {
    if (asked !== undefined || !(failure instanceof AtmrError)) throw failure;
    terminal.notice(t`No model was asked: ${failure.message}`);
    return null;
  }
}

function exitCodeOf({ drill, key, service }: WeatherCheck): number {
  if (drill !== null) return drill.worked ? EXIT.done : EXIT.no;
  if (key === 'missing' || key === 'invalid') return EXIT_CODES.BAD_CONFIG;
  return service.answered ? EXIT.done : EXIT_CODES.UNAVAILABLE;
}
