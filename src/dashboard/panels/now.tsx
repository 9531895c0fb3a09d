import type { Permission } from '../change.js';
import { WithCommands } from '../command.js';
import type { Order } from '../deed-dialog.js';
import type { AlertsAnswer, RolloutAnswer, StatusAnswer } from '../documents.js';
import { type FlagShown, flagShown } from '../flag-now.js';
import type { Live } from '../live.js';
import { FaultNote } from '../panel.js';
import type { Resource } from '../resource.js';
import { useSurroundings } from '../surroundings.js';
import { Decision } from './decision.js';
import { Deeds } from './deeds.js';
import { bySeverity, isOpen } from './episodes.js';
import { Facts } from './facts.js';
import { healthText, isGuards, toneOf } from './health.js';

interface NowProps {
  readonly status: Resource<StatusAnswer>;
  readonly rollout: Resource<RolloutAnswer>;
  readonly alerts: Resource<AlertsAnswer>;
  /** What this instance was told last, which is ahead of the answers for a moment. */
  readonly flag: Live['flag'];
  readonly permission: Permission;
  order(order: Order): void;
}

/** First of all: who answers, what is wrong, what can be done, and where the rollout is. */
export function Now({ status, rollout, alerts, flag, permission, order }: NowProps) {
  const { words } = useSurroundings();
  const known = status.value;
  const shown = flagShown(status, flag);
  return (
    <section id="now" class="panel wide now" aria-labelledby="now-heading" tabIndex={-1}>
      <h2 id="now-heading" class="unseen">
        {words.now.heading}
      </h2>
      <p class={`verdict ${toneOf(known)}`} aria-live="polite" data-share={shown?.share ?? ''}>
        <Verdict status={known} shown={shown} />
      </p>
      {known === null ? null : <p class="health">{healthText(known, words)}</p>}
      {known === null ? null : <Troubles status={known} />}
      {alerts.value === null ? null : <OpenAlerts alerts={alerts.value} />}
      {status.fault === null ? null : <FaultNote resource={status} />}
      {rollout.fault === null ? null : <FaultNote resource={rollout} />}
      <Deeds permission={permission} order={order} flag={known?.flag ?? null} share={shown?.share ?? 0} />
      {rollout.value === null ? null : <Decision rollout={rollout.value} />}
      {known === null ? null : <Facts status={known} rollout={rollout.value} share={shown?.share ?? null} />}
    </section>
  );
}

interface VerdictProps {
  readonly status: StatusAnswer | null;
  readonly shown: FlagShown | null;
}

function Verdict({ status, shown }: VerdictProps) {
  const { words, formats } = useSurroundings();
  if (shown === null) return <>{words.loading}</>;
  if (status?.regressed === true) return <>{words.regressed}</>;
  if (shown.enabled) return <>{words.onAt(formats.share(shown.share))}</>;
  const byGuard = status !== null && isGuards(status);
  const asked =
    status === null || status.state === 'on' || status.state === 'forced off' ? 'off' : status.state;
  const state = byGuard ? words.offByGuard : words.states[shown.forcedOff ? 'forced off' : asked];
  return <>{`${state}${words.colon}${words.heuristicAnswers}`}</>;
}

/** Who forced it off and why, and which store is away: the rest of the page is to be read with that in mind. */
function Troubles({ status }: { readonly status: StatusAnswer }) {
  const { words, formats } = useSurroundings();
  const away = status.stores.filter(({ answers }) => !answers).map(({ name }) => name);
  return (
    <>
      {status.marks.map(({ id, by, at, reason }) => (
        <p key={id} class="written bad">
          {words.forcedOffBy(by, formats.dateTime(at))}
          {reason === '' ? null : `${words.colon}${words.quoted(reason)}`}
        </p>
      ))}
      {away.length === 0 ? null : (
        <p class="fault">
          <strong>{words.storesAway(away.join(', '))}</strong> <WithCommands text={status.next} />
        </p>
      )}
    </>
  );
}

/** How many wait for somebody, and the worst of them. */
function OpenAlerts({ alerts }: { readonly alerts: AlertsAnswer }) {
  const { words } = useSurroundings();
  const open = bySeverity(alerts.episodes.filter(isOpen)).filter(({ level }) => level !== 'notice');
  const [worst] = open;
  if (worst === undefined) return null;
  return (
    <p>
      <a class={worst.level === 'act' ? 'bad' : 'warn'} href="#alerts">
        {words.openAlerts(open.length)}
      </a>
    </p>
  );
}
