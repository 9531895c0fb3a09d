import { WORDS } from '../../wording/of-language.js';
import { WithCommands } from '../command.js';
import type { RolloutAnswer } from '../documents.js';
import { useSurroundings } from '../surroundings.js';

const TONES = { advance: 'good', hold: 'bad', rollback: 'bad', wait: 'muted' } as const;

/** What to do, by which command, and why. */
export function Decision({ rollout }: { readonly rollout: RolloutAnswer }) {
  const { words } = useSurroundings();
  const { decision, reasons, nextCommand, phase } = rollout;
  const isUnknown = reasons.some(({ code }) => code === 'flag_unknown');
  const plain =
    phase === 'complete'
      ? 'complete'
      : isUnknown
        ? 'flag_unknown'
        : phase === 'not_started'
          ? 'not_started'
          : null;
  const isAfterwards = decision === 'hold' && nextCommand !== null;
  return (
    <div class="decision">
      <p>
        <strong>{words.now.nextStep}</strong>
        {words.colon}
        <span class={TONES[decision]}>
          {plain === null ? words.now.decisions[decision] : words.rollout.reasons[plain]}
        </span>{' '}
        {isAfterwards ? words.now.onceMended : null}{' '}
        {nextCommand === null ? null : <code>{nextCommand}</code>}
      </p>
      {reasons.length === 0 || phase === 'complete' ? null : (
        <details open={decision === 'hold' || decision === 'rollback'}>
          <summary>{words.now.why}</summary>
          <ul>
            {reasons.map((reason) => (
              <ReasonItem key={`${reason.code} ${reason.text}`} reason={reason} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function ReasonItem({ reason: { code, text } }: { readonly reason: RolloutAnswer['reasons'][number] }) {
  const { words } = useSurroundings();
  // Where the server's sentence says no more than the page's own.
  const isSame = text === WORDS.en.rollout.reasons[code];
  return (
    <li>
      <div class="written">
        {words.rollout.reasons[code]}{' '}
        {isSame ? null : (
          <small>
            (<WithCommands text={text} />)
          </small>
        )}
      </div>
    </li>
  );
}
