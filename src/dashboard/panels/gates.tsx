import type { Formats } from '../../wording/formats.js';
import { GATE_FIGURES } from '../../wording/gate-figures.js';
import { WithCommands } from '../command.js';
import type { RolloutAnswer } from '../documents.js';
import { Badge, Panel } from '../panel.js';
import type { Resource } from '../resource.js';
import { useSurroundings } from '../surroundings.js';
import { Table } from '../table.js';

type Gate = RolloutAnswer['gates'][number];
const TONES = { pass: 'good', fail: 'bad', insufficient: 'muted' } as const;

/** What has to be proven before the step is left. */
export function Gates({ rollout }: { readonly rollout: Resource<RolloutAnswer> }) {
  const { words, formats } = useSurroundings();
  const [gate, value, bounds, target, result, needs] = words.gates.head;
  const isReal = ({ name }: Gate) => name === 'real_model';
  return (
    <Panel id="gates" heading={words.gates.heading} intro={words.gates.intro} size="roomy" resource={rollout}>
      {({ gates, reasons, bookings }) => (
        <>
          <Untrusted reasons={reasons} />
          {gates.length > 0 && (bookings.coverage !== null || !isUntrusted(reasons)) ? (
            <Table
              caption={words.gates.heading}
              rows={gates}
              keyOf={({ name }) => name}
              columns={[
                { name: gate, cell: ({ name }) => words.rollout.gates[name] },
                {
                  ...{ name: value, number: true },
                  cell: (one) =>
                    isReal(one)
                      ? realText(one, words.yes, words.no)
                      : GATE_FIGURES[one.name](formats, one.value),
                },
                {
                  ...{ name: bounds, number: true },
                  cell: (one) => (isReal(one) ? '' : boundsText(one, formats)),
                },
                {
                  ...{ name: target, number: true },
                  cell: (one) =>
                    isReal(one)
                      ? words.yes
                      : `${one.direction === 'below' ? '<' : '>'} ${GATE_FIGURES[one.name](formats, one.target)}`,
                },
                {
                  name: result,
                  cell: (one) => <Badge tone={TONES[one.result]}>{words.rollout.results[one.result]}</Badge>,
                },
                {
                  ...{ name: needs, prose: true },
                  cell: (one) => <Needs gate={one} />,
                },
              ]}
            />
          ) : isUntrusted(reasons) ? null : (
            <p class="quiet">{words.gates.none}</p>
          )}
        </>
      )}
    </Panel>
  );
}

/** A ledger that is away, or too few outcomes: what rests on them is worth nothing now. */
function isUntrusted(reasons: RolloutAnswer['reasons']): boolean {
  return reasons.some(isTelemetry);
}

function isTelemetry({ code }: RolloutAnswer['reasons'][number]): boolean {
  return code === 'flag_unknown' || code === 'telemetry';
}

function Untrusted({ reasons }: Pick<RolloutAnswer, 'reasons'>) {
  const { words } = useSurroundings();
  return (
    <>
      {reasons.filter(isTelemetry).map(({ code, text }) => (
        <p key={text} class="fault">
          {words.rollout.reasons[code]}
          {words.colon}
          <WithCommands text={text} />
        </p>
      ))}
    </>
  );
}

function Needs({ gate: { needed, reason, required } }: { readonly gate: Gate }) {
  const { words, formats } = useSurroundings();
  return (
    <>
      {needed !== null ? (
        words.gates.needs(formats.count(needed))
      ) : reason === null ? null : (
        <WithCommands text={reason} />
      )}
      {required ? null : ` ${words.gates.notRequired}`}
    </>
  );
}

function realText({ value }: Gate, yes: string, no: string): string {
  return value === null ? '–' : value > 0 ? yes : no;
}

function boundsText({ name, lower, upper }: Gate, formats: Formats): string {
  if (lower === null && upper === null) return '–';
  return formats.ends(GATE_FIGURES[name](formats, lower), GATE_FIGURES[name](formats, upper));
}
