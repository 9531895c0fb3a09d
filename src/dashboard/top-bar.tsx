import { useEffect, useState } from 'preact/hooks';
import type { Words } from '../wording/words.js';
import { useNow } from './clock.js';
import type { Live } from './live.js';
import { THEMES, type Theme } from './preferences.js';
import type { Refresh } from './refresh.js';
import { useSurroundings } from './surroundings.js';

interface TopBarProps {
  readonly flagKey: string;
  readonly refresh: Refresh;
  readonly live: Live;
  /** When the state was known last. */
  readonly atMs: number | null;
  readonly theme: Theme;
  setTheme(theme: Theme): void;
  setLanguage(): void;
}

/** What is looked at, how fresh it is, and how it is shown. */
export function TopBar({ flagKey, refresh, live, atMs, theme, setTheme, setLanguage }: TopBarProps) {
  const { words, language } = useSurroundings();
  const other = language === 'en' ? 'fr' : 'en';
  return (
    <header class="bar">
      <h1>
        {words.title} <span class="quiet">{flagKey}</span>
      </h1>
      <Freshness live={live} />
      <Age atMs={atMs} />
      <div class="tools">
        <button type="button" onClick={refresh.now}>
          {words.refreshNow}
        </button>
        <button
          type="button"
          aria-pressed={refresh.paused}
          onClick={() => refresh.setPaused(!refresh.paused)}
        >
          {refresh.paused ? words.resumeRefresh : words.pause}
        </button>
        <button type="button" lang={other} onClick={setLanguage}>
          {words.otherLanguage}
        </button>
        <label>
          <span class="unseen">{words.theme}</span>
          <select value={theme} onChange={({ currentTarget }) => setTheme(currentTarget.value as Theme)}>
            {THEMES.map((one) => (
              <option key={one} value={one}>
                {words.themes[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <nav aria-label={words.sections}>
        {sectionsOf(words).map(([id, name]) => (
          <a key={id} href={`#${id}`}>
            {name}
          </a>
        ))}
      </nav>
    </header>
  );
}

/** Moves each second, alone, and says nothing of it aloud. */
function Age({ atMs }: { readonly atMs: number | null }) {
  const { words, formats } = useSurroundings();
  const now = useNow();
  return (
    <span class="quiet age">{atMs === null ? words.loading : words.updated(formats.span(now - atMs))}</span>
  );
}

function Freshness({ live }: { readonly live: Live }) {
  const { words } = useSurroundings();
  const online = useOnline();
  const connection = online ? live.connection : 'offline';
  const { tone, text } = {
    live: { tone: 'good', text: words.live },
    connecting: { tone: 'muted', text: words.connecting },
    lost: { tone: 'bad', text: words.notLive },
    offline: { tone: 'bad', text: words.offline },
  }[connection];
  return (
    <span class={`freshness ${tone}`} role="status" data-connection={connection}>
      <span aria-hidden="true">{connection === 'live' ? '●' : '○'}</span> {text}
    </span>
  );
}

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const follow = () => setOnline(navigator.onLine);
    addEventListener('online', follow);
    addEventListener('offline', follow);
    return () => {
      removeEventListener('online', follow);
      removeEventListener('offline', follow);
    };
  }, []);
  return online;
}

function sectionsOf(words: Words): readonly (readonly [string, string])[] {
  return [
    ['figures', words.figures.heading],
    ['arms', words.arms.heading],
    ['gates', words.gates.heading],
    ['alerts', words.alertPanel.heading],
    ['instances', words.instances.heading],
    ['anomalies', words.anomalies.heading],
    ['audit', words.audit.heading],
    ['predictions', words.predictions.heading],
    ['weather', words.weather.heading],
    ['drift', words.drift.heading],
    ['roi', words.roi.heading],
    ['checklist', words.checklist.heading],
  ];
}
