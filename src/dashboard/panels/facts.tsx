import type { ComponentChildren } from 'preact';
import { useNow } from '../clock.js';
import type { RolloutAnswer, StatusAnswer } from '../documents.js';
import { Fact } from '../panel.js';
import { useSurroundings } from '../surroundings.js';

interface FactsProps {
  readonly status: StatusAnswer;
  readonly rollout: RolloutAnswer | null;
  readonly share: number | null;
}

/** The state in a few words each. */
export function Facts({ status, rollout, share }: FactsProps) {
  const { words, formats } = useSurroundings();
  const { flag, model } = status;
  return (
    <dl class="facts">
      <Fact name={words.now.share}>{formats.share(share)}</Fact>
      {rollout === null ? null : (
        <RolloutFacts rollout={rollout} percentages={flag?.rollout?.percentages ?? []} />
      )}
      <Fact name={words.now.instances}>
        <LiveInstances status={status} />
      </Fact>
      <Fact name={words.now.lastChange}>
        <span class="written">
          {flag === null ? '–' : `${flag.updatedBy}, ${formats.dateTime(flag.updatedAt)}`}
          {flag?.reason ? ` ${words.quoted(flag.reason)}` : ''}
        </span>
      </Fact>
      <Fact name={words.now.revision}>{flag?.revision ?? '–'}</Fact>
      <Fact name={words.now.model}>{`${model.name} ${model.version ?? ''}`}</Fact>
    </dl>
  );
}

interface RolloutFactsProps {
  readonly rollout: RolloutAnswer;
  readonly percentages: readonly number[];
}

/** Phases in which a step goes on by itself. */
const GOING: readonly string[] = ['collecting', 'ready', 'advancing', 'baking'];

function RolloutFacts({ rollout, percentages }: RolloutFactsProps) {
  const { words, formats } = useSurroundings();
  const { step, steps, phase, bookings, approvals, nextAt, expectedAt, nextPercentage } = rollout;
  const { guard, uptime, reasons } = rollout;
  const isUnknown = reasons.some(({ code }) => code === 'flag_unknown' || code === 'telemetry');
  const facts: [string, ComponentChildren][] = [];
  if (step === null || steps === null) {
    facts.push([words.now.phase, isUnknown ? words.notKnownYet : words.now.noRollout]);
  } else {
    facts.push([words.now.phase, <Step key="step" {...{ phase, step, percentages }} />]);
    if (GOING.includes(phase)) {
      facts.push([words.now.timeLeft, <TimeLeft key="left" until={nextAt} />]);
      facts.push([words.now.bookings, <Progress key="bookings" {...bookings} />]);
    }
    if (GOING.includes(phase) && nextPercentage !== null) {
      const when = expectedAt === null ? words.notKnownYet : formats.dateTime(expectedAt);
      facts.push([words.now.expected(formats.share(nextPercentage)), when]);
    }
    if (approvals.needed > 0) {
      const who = approvals.given.length === 0 ? '' : ` (${approvals.given.join(', ')})`;
      facts.push([words.now.approvals, `${approvals.given.length} / ${approvals.needed}${who}`]);
    }
  }
  const nobody = isUnknown ? words.notKnownYet : <span class="warn">{words.now.nobodyWatches}</span>;
  facts.push([words.now.guard, guard ?? nobody]);
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

interface StepProps {
  readonly phase: RolloutAnswer['phase'];
  readonly step: number;
  readonly percentages: readonly number[];
}

/** The shares of the plan in a row, and where it stands. */
function Step({ phase, step, percentages }: StepProps) {
  const { words, formats } = useSurroundings();
  // The smaller step of a new beginning is shown only while it is that one's turn.
  const first = step === 0 ? 0 : 1;
  return (
    <>
      {words.rollout.phases[phase]}
      <ol class="steps" aria-label={words.now.steps}>
        {percentages.slice(first).map((share, i) => (
          <li key={share} aria-current={i + first === step ? 'step' : undefined}>
            {formats.share(share)}
          </li>
        ))}
      </ol>
    </>
  );
}

function LiveInstances({ status: { instances, stores } }: { readonly status: StatusAnswer }) {
  const { words, formats } = useSurroundings();
  const live = instances.filter((one) => one.live).length;
  const isKnown = stores.some(({ answers }) => answers);
  if (!isKnown) return <>{words.notKnownYet}</>;
  const tone = live === 0 || live < instances.length ? 'warn' : undefined;
  return <span class={tone}>{words.now.liveOf(formats.count(live), formats.count(instances.length))}</span>;
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
  // What a projection says is worth two digits.
  const about = needed > 1000 ? Number(needed.toPrecision(2)) : needed;
  const text = words.now.ofNeeded(
    formats.count(settled),
    `${about === needed ? '' : '~'}${formats.count(about)}`,
  );
  return (
    <>
      {text}
      {needed === 0 ? null : <progress value={Math.min(settled, needed)} max={needed} aria-label={text} />}
    </>
  );
}
