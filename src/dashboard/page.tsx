import { useEffect, useMemo, useState } from 'preact/hooks';
import { formatsOf } from '../wording/formats.js';
import { WORDS } from '../wording/of-language.js';
import type { Credentials, Permission } from './change.js';
import { type Colours, useColours } from './colours.js';
import { WithCommands } from './command.js';
import { DeedDialog, type Order } from './deed-dialog.js';
import type {
  AlertsAnswer,
  AnomaliesAnswer,
  DailyAnswer,
  DriftAnswer,
  HistoryAnswer,
  ImprovementAnswer,
  PredictionsAnswer,
  RoiAnswer,
  RolloutAnswer,
  StatusAnswer,
  SummaryAnswer,
  WeatherAnswer,
} from './documents.js';
import { type Live, useLive } from './live.js';
import { Alerts } from './panels/alerts.js';
import { Anomalies } from './panels/anomalies.js';
import { Arms } from './panels/arms.js';
import { Audit } from './panels/audit.js';
import { ChecklistPanel } from './panels/checklist.js';
import { DriftPanel } from './panels/drift.js';
import { isOpen } from './panels/episodes.js';
import { Figures } from './panels/figures.js';
import { Gates } from './panels/gates.js';
import { Instances } from './panels/instances.js';
import { Now } from './panels/now.js';
import { Predictions } from './panels/predictions.js';
import { RoiPanel } from './panels/roi.js';
import { Weather } from './panels/weather.js';
import {
  keepLanguage,
  keepTheme,
  storedLanguage,
  storedName,
  storedTheme,
  type Theme,
} from './preferences.js';
import { type Refresh, useRefresh } from './refresh.js';
import { type Resource, useResource } from './resource.js';
import { SurroundingsProvider, useSurroundings } from './surroundings.js';
import { TopBar } from './top-bar.js';

export interface PageProps {
  readonly flagKey: string;
  readonly timeZone: string;
  readonly permission: Permission;
}

/** The whole page. */
export function Page({ flagKey, timeZone, permission }: PageProps) {
  const refresh = useRefresh();
  const live = useLive();
  const [language, setLanguage] = useState(storedLanguage);
  const [theme, setTheme] = useState(storedTheme);
  const colours = useColours(theme);
  const words = WORDS[language];
  const formats = useMemo(() => formatsOf(language, timeZone), [language, timeZone]);
  const refreshNow = refresh.now;
  // The same until something of it changes: what it surrounds is not drawn anew for nothing.
  const surroundings = useMemo(
    () => ({ language, words, formats, refresh: refreshNow }),
    [language, words, formats, refreshNow],
  );
  useEffect(() => {
    document.documentElement.lang = language;
    keepLanguage(language);
  }, [language]);
  useEffect(() => keepTheme(theme), [theme]);
  return (
    <SurroundingsProvider value={surroundings}>
      <a class="skip" href="#now">
        {words.skip}
      </a>
      <Content
        {...{ flagKey, timeZone, permission, refresh, live, theme, colours, setTheme }}
        setLanguage={() => setLanguage(language === 'en' ? 'fr' : 'en')}
      />
    </SurroundingsProvider>
  );
}

interface ContentProps extends PageProps {
  readonly refresh: Refresh;
  readonly live: Live;
  readonly theme: Theme;
  readonly colours: Colours;
  setTheme(theme: Theme): void;
  setLanguage(): void;
}

function Content({
  flagKey,
  timeZone,
  permission,
  refresh,
  live,
  theme,
  colours,
  setTheme,
  setLanguage,
}: ContentProps) {
  const { words, language } = useSurroundings();
  const [order, setOrder] = useState<Order | null>(null);
  const [credentials, keepCredentials] = useState<Credentials>(() => ({ token: '', name: storedName() }));
  // What happened is asked about at once; the rest at its time.
  const soon = { ...refresh.tick, count: refresh.tick.count + live.happened };
  const status = useResource<StatusAnswer>('/feature-flags/status', soon);
  const rollout = useResource<RolloutAnswer>('/rollout/status', soon);
  const alerts = useResource<AlertsAnswer>('/alerts', soon);
  const history = useResource<HistoryAnswer>('/history?limit=50', soon);
  const summary = useResource<SummaryAnswer>('/ml-monitoring/summary', refresh.tick);
  const daily = useResource<DailyAnswer>('/ml-monitoring/daily?days=30', refresh.tick);
  const improvement = useResource<ImprovementAnswer>('/rollout/improvement', refresh.tick);
  const anomalies = useResource<AnomaliesAnswer>('/ml-monitoring/anomalies?hours=168&limit=20', refresh.tick);
  const predictions = useResource<PredictionsAnswer>('/ml-monitoring/predictions?limit=100', refresh.tick);
  const weather = useResource<WeatherAnswer>('/ml-monitoring/weather', refresh.tick);
  const drift = useResource<DriftAnswer>('/ml-monitoring/drift', refresh.tick);
  const roi = useResource<RoiAnswer>('/roi', refresh.tick);
  useTitle(words.title, flagKey, status, alerts);
  return (
    <>
      <TopBar {...{ flagKey, refresh, live, theme, setTheme, setLanguage }} atMs={status.atMs} />
      <Banners {...{ status, rollout }} paused={refresh.paused} />
      <main id="content" lang={language}>
        <Now {...{ status, rollout, alerts, permission }} flag={live.flag} order={setOrder} />
        <Figures {...{ summary, daily }} />
        <Arms {...{ daily, improvement, colours }} />
        <Gates rollout={rollout} />
        <Alerts {...{ alerts, permission }} order={setOrder} />
        <Instances status={status} />
        <Anomalies anomalies={anomalies} />
        <Audit history={history} />
        <Predictions predictions={predictions} tick={refresh.tick} />
        <Weather weather={weather} />
        <DriftPanel drift={drift} />
        <RoiPanel roi={roi} />
        <ChecklistPanel tick={refresh.tick} />
      </main>
      <footer>
        <p>{words.footer(timeZone)}</p>
      </footer>
      {order === null ? null : (
        <DeedDialog {...{ order, permission, credentials, keepCredentials }} close={() => setOrder(null)} />
      )}
    </>
  );
}

interface BannersProps {
  readonly status: Resource<StatusAnswer>;
  readonly rollout: Resource<RolloutAnswer>;
  readonly paused: boolean;
}

/** Whoever reads the rest has to know. */
function Banners({ status, rollout, paused }: BannersProps) {
  const { words, formats } = useSurroundings();
  const isSilent = status.fault !== null && status.fault.kind !== 'told';
  // What the page says of them itself.
  const own = new Set(['SIMULATED_MODEL']);
  const warnings = (status.value?.warnings ?? []).filter(({ code }) => !own.has(code));
  const banners = [
    isSilent && status.atMs !== null ? words.stale(formats.time(status.atMs)) : null,
    paused ? words.pausedNote : null,
    status.value?.model.simulated === true ? words.simulatedModel : null,
    rollout.value?.simulated.bookings === true ? words.simulatedBookings : null,
  ].filter((text) => text !== null);
  return (
    <div class="banners" role="status">
      {banners.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {warnings.map(({ code, text }) => (
        <p key={code}>
          <WithCommands text={text} />
        </p>
      ))}
    </div>
  );
}

/** A tab that nobody looks at tells the share too, and whether that is known. */
function useTitle(
  title: string,
  flagKey: string,
  { value, fault }: Resource<StatusAnswer>,
  alerts: Resource<AlertsAnswer>,
): void {
  const isBad = alerts.value?.episodes.some((episode) => isOpen(episode) && episode.level === 'act') === true;
  const share = value === null ? '' : `${value.config.ML_ENABLED ? value.config.ML_TRAFFIC_PERCENTAGE : 0} %`;
  const doubt = `${isBad ? '⚠ ' : ''}${fault === null ? '' : '?'}`;
  useEffect(() => {
    document.title = [`${doubt}${share}`, title, flagKey].filter((part) => part !== '').join(' · ');
  }, [doubt, share, title, flagKey]);
}
