import type { ComponentChildren } from 'preact';
import type { Permission } from '../change.js';
import { WithCommands } from '../command.js';
import type { Order } from '../deed-dialog.js';
import type { FlagNow, RolloutAnswer, StatusAnswer } from '../documents.js';
import { Fact, type Tone } from '../panel.js';
import type { Resource } from '../resource.js';
import { useSurroundings } from '../surroundings.js';
import type { Words } from '../words/words.js';

interface NowProps {
  readonly status: Resource<StatusAnswer>;
  readonly rollout: Resource<RolloutAnswer>;
  /** What this instance was told last, which is ahead of the answers for a moment. */
  readonly flag: FlagNow | null;
  readonly permission: Permission;
  order(order: Order): void;
}

/** First of all: who answers, how it goes, where the rollout is, and what to do. */
export function Now({ status, rollout, flag, permission, order }: NowProps) {
  const { words, formats } = useSurroundings();
  const known = status.value;
  const share = shareNow(known, flag);
  const fault = status.fault ?? rollout.fault;
  return (
    <section id="now" class="panel wide now" aria-labelledby="now-heading">
      <h2 id="now-heading" class="unseen">
        {words.now.heading}
      </h2>
      <p class={`verdict ${toneOf(known)}`} aria-live="polite" data-share={share ?? ''}>
        {known === null ? words.loading : verdictOf(known, flag, words, formats.share)}
      </p>
      {known === null ? null : <p class="health">{healthText(known, words)}</p>}
      {fault === null ? null : (
        <p class="fault" role="status">
          {known === null ? words.notKnown(fault) : words.lastKnown(fault, formats.time(status.atMs))}
        </p>
      )}
      {rollout.value === null ? null : <Decision rollout={rollout.value} />}
      {known === null ? null : <Facts status={known} rollout={rollout.value} share={share} />}
      <Deeds permission={permission} order={order} hasRollout={(rollout.value?.step ?? null) !== null} />
    </section>
  );
}

/** Percent, as the newest of both tells; `null` where neither does. */
function shareNow(status: StatusAnswer | null, now: FlagNow | null): number | null {
  if (now !== null && (now.flag?.revision ?? 0) >= (status?.flag?.revision ?? 0)) {
    return now.forced_off || !now.flag?.enabled ? 0 : now.flag.percentage;
  }
  if (status === null) return null;
  return status.config.ML_ENABLED ? status.config.ML_TRAFFIC_PERCENTAGE : 0;
}

function verdictOf(
  status: StatusAnswer,
  now: FlagNow | null,
  words: Words,
  share: (of: number) => string,
): string {
  if (status.regressed) return words.regressed;
  const forcedOff = now?.forced_off === true || status.state === 'forced off';
  if (forcedOff) return `${words.states['forced off']}${words.colon}${words.heuristicAnswers}`;
  const percentage = shareNow(status, now) ?? 0;
  const enabled = now?.flag?.enabled ?? status.config.ML_ENABLED;
  if (enabled) return words.onAt(share(percentage));
  const state = status.state === 'on' || status.state === 'forced off' ? 'off' : status.state;
  return `${words.states[state]}${words.colon}${words.heuristicAnswers}`;
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
                {words.rollout.reasons[code]} <small>({<WithCommands text={text} />})</small>
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
  const { words, formats, nowMs } = useSurroundings();
  const { step, steps, percentage, phase, bookings, approvals, nextAt, expectedAt, guard, uptime } = rollout;
  const facts: [string, ComponentChildren][] = [];
  if (step === null || steps === null) facts.push([words.now.phase, words.now.noRollout]);
  else {
    const leftMs = nextAt === null ? null : Date.parse(nextAt) - nowMs;
    facts.push(
      [
        words.now.phase,
        `${words.rollout.phases[phase]}, ${words.now.step(step, steps, formats.share(percentage))}`,
      ],
      [
        words.now.timeLeft,
        leftMs === null ? words.notKnownYet : leftMs > 0 ? formats.span(leftMs) : words.now.over,
      ],
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
