import type { WeatherAnswer } from '../documents.js';
import { Badge, Fact, Panel, type Tone } from '../panel.js';
import type { Resource } from '../resource.js';
import { useSurroundings } from '../surroundings.js';
import { stateOf, type WeatherState } from './weather-state.js';

const TONES: Readonly<Record<WeatherState, Tone>> = {
  off: 'muted',
  quiet: 'muted',
  good: 'good',
  partly: 'warn',
  down: 'bad',
};

/** Whether the weather is there, and what is left of the quota. */
export function Weather({ weather }: { readonly weather: Resource<WeatherAnswer> }) {
  const { words, formats } = useSurroundings();
  const { weather: say } = words;
  return (
    <Panel id="weather" heading={say.heading} intro={say.intro} resource={weather}>
      {(answer) => {
        const { last_hour: hour, this_instance: mine, quota } = answer;
        const state = stateOf(answer);
        const failures = Object.entries(mine.failures).map(
          ([reason, count]) => `${reason} ${formats.count(count)}`,
        );
        return (
          <dl class="facts">
            <Fact name={say.state}>
              <Badge tone={TONES[state]}>{say.states[state]}</Badge>
            </Fact>
            <Fact name={say.withoutWeather}>
              {formats.count(hour.weather_defaults)} / {formats.count(hour.requests)} (
              {formats.percent(hour.weather_default_rate)})
            </Fact>
            <Fact name={say.calls}>{formats.count(mine.calls)}</Fact>
            <Fact name={say.cache}>{formats.count(mine.cache_hits)}</Fact>
            <Fact name={say.failures}>{failures.length === 0 ? words.none : failures.join(', ')}</Fact>
            <Fact name={say.today}>
              {formats.count(mine.calls_today)} / {formats.count(quota.per_day)}
            </Fact>
          </dl>
        );
      }}
    </Panel>
  );
}
