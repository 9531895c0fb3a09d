import type { ComponentChildren } from 'preact';
import type { Permission } from '../change.js';
import { useNow } from '../clock.js';
import { ServerText } from '../command.js';
import type { Order } from '../deed-dialog.js';
import type { RolloutAnswer, StatusAnswer } from '../documents.js';
import { type FlagShown, flagShown } from '../flag-now.js';
import type { Live } from '../live.js';
import { Fact, FaultNote, type Tone } from '../panel.js';
import type { Resource } from '../resource.js';
import { useSurroundings } from '../surroundings.js';
import type { Words } from '../words/words.js';

interface NowProps {
  readonly status: Resource<StatusAnswer>;
  readonly rollout: Resource<RolloutAnswer>;
  /** What this instance was told last, which is ahead of the answers for a moment. */
  readonly flag: Live['flag'];
  readonly permission: Permission;
  order(order: Order): void;
}

/** First of all: who answers, how it goes, where the rollout is, and what to do. */
export function Now({ status, rollout, flag, permission, order }: NowProps) {
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
      {status.fault === null ? null : <FaultNote resource={status} />}
      {rollout.fault === null ? null : <FaultNote resource={rollout} />}
      {rollout.value === null ? null : <Decision rollout={rollout.value} />}
      {known === null ? null : <Facts status={known} rollout={rollout.value} share={shown?.share ?? null} />}
      <Deeds permission={permission} order={order} hasRollout={(rollout.value?.step ?? null) !== null} />
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
  const asked =
    status === null || status.state === 'on' || status.state === 'forced off' ? 'off' : status.state;
  return (
    <>{`${words.states[shown.forcedOff ? 'forced off' : asked]}${words.colon}${words.heuristicAnswers}`}</>
  );
}

function toneOf(status: StatusAnswer | null): Tone {
  if (status === null) return 'muted';
  const { health } = status;
  if (status.regressed || health.status === 'failing' || status.state === 'unknown') return 'bad';
  if (health.status === 'degraded') return 'warn';
  return health.status === 'healthy' ? 'good' : 'muted';
}

function healthText({ health }: StatusAnswer, words: Words): string {
  const found = health.findings.map((finding) => findingText(finding, words)).join('; ');
  return `${words.health[health.status]}${found === '' ? '' : `${words.colon}${found}`}`;
}

/** The rule of the guard that says the same of each finding. */
const RULES = {
  failureRate: 'failure_rate',
  mae: 'mae',
  missRate: 'miss_rate',
  predictionTimeMs: 'prediction_time',
  weatherDefaultRate: 'weather',
} as const;

function findingText(
  { name, value, text }: StatusAnswer['health']['findings'][number],
  words: Words,
): string {
  if (name === 'ledger') return words.ledgerAway;
  const rule = Object.entries(RULES).find(([finding]) => finding === name)?.[1];
  return rule === undefined || value === null ? text : words.alerts.evidence[rule].measured(value);
}

function Decision({ rollout }: { readonly rollout: RolloutAnswer }) {
  const { words } = useSurroundings();
  const { decision, reasons, nextCommand, phase } = rollout;
  const tones = { advance: 'good', hold: 'bad', rollback: 'bad', wait: 'muted' } as const;
  const isOver = phase === 'complete';
  return (
    <div class="decision">
      <p>
        <strong>{words.now.nextStep}</strong>
        {words.colon}
        <span class={tones[decision]}>
          {phase === 'not_started' || isOver
            ? words.rollout.reasons[isOver ? 'complete' : 'not_started']
            : words.now.decisions[decision]}
        </span>{' '}
        {nextCommand === null ? null : <code>{nextCommand}</code>}
      </p>
      {reasons.length === 0 || isOver ? null : (
        <details open={decision === 'hold' || decision === 'rollback'}>
          <summary>{words.now.why}</summary>
          <ul>
            {reasons.map(({ code, text }) => (
              <li key={`${code} ${text}`}>
                {words.rollout.reasons[code]}{' '}
                <small>
                  (<ServerText text={text} />)
                </small>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

interface FactsProps {
  readonly status: StatusAnswer;
  readonly rollout: RolloutAnswer | null;
  readonly share: number | null;
}

function Facts({ status, rollout, share }: FactsProps) {
  const { words, formats } = useSurroundings();
  const { flag, model } = status;
  return (
    <dl class="facts">
      <Fact name={words.now.share}>{formats.share(share)}</Fact>
      {rollout === null ? null : <RolloutFacts rollout={rollout} />}
      <Fact name={words.now.lastChange}>
        {flag === null ? '–' : `${flag.updatedBy}, ${formats.dateTime(flag.updatedAt)}`}
        {flag?.reason ? ` (“${flag.reason}”)` : ''}
      </Fact>
      <Fact name={words.now.revision}>{flag?.revision ?? '–'}</Fact>
      <Fact name={words.now.model}>{`${model.name} ${model.version ?? ''}`}</Fact>
    </dl>
  );
}

function RolloutFacts({ rollout }: { readonly rollout: RolloutAnswer }) {
  const { words, formats } = useSurroundings();
  const { step, steps, percentage, phase, bookings, approvals, nextAt, expectedAt, guard, uptime } = rollout;
  const facts: [string, ComponentChildren][] = [];
  if (step === null || steps === null) facts.push([words.now.phase, words.now.noRollout]);
  else {
    facts.push(
      [
        words.now.phase,
        `${words.rollout.phases[phase]}, ${words.now.step(step, steps, formats.share(percentage))}`,
      ],
      [words.now.timeLeft, <TimeLeft key="left" until={nextAt} />],
      [words.now.expected, expectedAt === null ? words.notKnownYet : formats.dateTime(expectedAt)],
      [words.now.bookings, <Progress key="bookings" settled={bookings.settled} needed={bookings.needed} />],
    );
    if (approvals.needed > 0) {
      const who = approvals.given.length === 0 ? '' : ` (${approvals.given.join(', ')})`;
      facts.push([words.now.approvals, `${approvals.given.length} / ${approvals.needed}${who}`]);
    }
  }
  facts.push([words.now.guard, guard ?? <span class="warn">{words.now.nobodyWatches}</span>]);
  facts.push([words.now.uptime, uptime === null ? words.notKnownYet : formats.percent(uptime, 2)]);
  return (
    <>
      {facts.map(([name, value]) => (
        <Fact key={name} name={name}>
          {value}
        </Fact>
      ))}
    </>
  );
}

/** Moves each second, alone. */
function TimeLeft({ until }: { readonly until: string | null }) {
  const { words, formats } = useSurroundings();
  const leftMs = Date.parse(until ?? '') - useNow();
  if (until === null) return <>{words.notKnownYet}</>;
  return <>{leftMs > 0 ? formats.span(leftMs) : words.now.over}</>;
}

function Progress({ settled, needed }: { readonly settled: number; readonly needed: number }) {
  const { words, formats } = useSurroundings();
  const text = words.now.ofNeeded(formats.count(settled), formats.count(needed));
  return (
    <>
      {text}
      {needed === 0 ? null : <progress value={Math.min(settled, needed)} max={needed} aria-label={text} />}
    </>
  );
}

interface DeedsProps {
  readonly permission: Permission;
  readonly hasRollout: boolean;
  order(order: Order): void;
}

function Deeds({ permission, hasRollout, order }: DeedsProps) {
  const { words } = useSurroundings();
  if (permission === 'closed') return <p class="quiet">{words.deed.closed}</p>;
  return (
    <div class="buttons deeds">
      {(['hold', 'rollback', 'disable'] as const).map((deed) => (
        <button
          key={deed}
          type="button"
          class={deed === 'disable' ? 'danger' : undefined}
          disabled={deed !== 'disable' && !hasRollout}
          onClick={() => order({ deed })}
        >
          {words.deeds[deed].button}
        </button>
      ))}
    </div>
  );
}
