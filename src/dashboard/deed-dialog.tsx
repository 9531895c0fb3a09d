import { useEffect, useRef, useState } from 'preact/hooks';
import type { Deed } from '../wording/words.js';
import { type ChangeAnswer, type Credentials, type Permission, post } from './change.js';
import { WithCommands } from './command.js';
import { keepName } from './preferences.js';
import { Refusal } from './resource.js';
import { useSurroundings } from './surroundings.js';

const PATHS: Readonly<Record<Deed, string>> = {
  hold: '/rollout/hold',
  rollback: '/rollout/rollback',
  disable: '/feature-flags/ml/disable',
  ack: '/alerts/ack',
};

/** What somebody is about to do. */
export interface Order {
  readonly deed: Deed;
  /** What is acknowledged. */
  readonly rule?: string;
  /** Percent of the step before; `null` where a rollback leads to nothing but 0. */
  readonly previous?: number | null;
}

interface DeedDialogProps {
  readonly order: Order;
  readonly permission: Permission;
  readonly credentials: Credentials;
  keepCredentials(credentials: Credentials): void;
  close(): void;
}

type Stage =
  | { readonly kind: 'asking'; readonly fault: unknown }
  | { readonly kind: 'working' }
  | { readonly kind: 'done'; readonly answer: Partial<ChangeAnswer> };

/** Asks why and who, has the word typed, does it, and says what came of it. */
export function DeedDialog(props: DeedDialogProps) {
  const { order, close } = props;
  const { deed } = order;
  const { words, language, refresh } = useSurroundings();
  const [stage, setStage] = useState<Stage>({ kind: 'asking', fault: null });
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { heading, what } = words.deeds[deed];

  async function carryOut(body: object, credentials: Credentials): Promise<void> {
    setStage({ kind: 'working' });
    props.keepCredentials(credentials);
    keepName(credentials.name);
    try {
      setStage({ kind: 'done', answer: await post(PATHS[deed], body, credentials, language) });
    } catch (thrown) {
      setStage({ kind: 'asking', fault: thrown });
    }
    refresh();
  }

  return (
    <dialog
      ref={dialog}
      onClose={close}
      // What is on its way cannot be taken back, and its outcome has to be read.
      onCancel={(event) => stage.kind === 'working' && event.preventDefault()}
      aria-labelledby="deed-heading"
    >
      <h2 id="deed-heading">{heading}</h2>
      <p>
        <WithCommands text={what} />
      </p>
      {stage.kind === 'done' ? (
        <Done answer={stage.answer} close={() => dialog.current?.close()} />
      ) : (
        <DeedForm {...props} stage={stage} carryOut={carryOut} close={() => dialog.current?.close()} />
      )}
    </dialog>
  );
}

function Done({ answer, close }: { readonly answer: Partial<ChangeAnswer>; close(): void }) {
  const { words } = useSurroundings();
  const { acknowledged, confirmed = false, message } = answer;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <div role="status">
      {acknowledged !== undefined ? (
        <p class="good">{words.deed.seen(acknowledged.length)}</p>
      ) : (
        <p class={confirmed ? 'good' : 'warn'}>
          {confirmed ? words.deed.confirmedByAll : words.deed.notConfirmed}
        </p>
      )}
      {message === undefined ? null : (
        <p class="quiet">
          <WithCommands text={message} />
        </p>
      )}
      <div class="buttons">
        <button type="button" ref={button} onClick={close}>
          {words.deed.close}
        </button>
      </div>
    </div>
  );
}

/** What the API refused was not done; of what it did not answer, or did not know itself, nobody can say. */
function Failure({ fault }: { readonly fault: unknown }) {
  const { words } = useSurroundings();
  const refusal = fault instanceof Refusal ? fault : null;
  const isKnown = refusal !== null && (refusal.status < 500 || refusal.status === 503);
  const outcome =
    refusal?.offHere === true ? words.deed.offHere : isKnown ? words.deed.failed : words.deed.unknown;
  const own = refusal === null ? undefined : words.refusals[refusal.code];
  return (
    <p class="fault" role="alert">
      <strong>{outcome}</strong> {own ?? (refusal === null ? null : <WithCommands text={refusal.message} />)}
    </p>
  );
}

interface DeedFormProps extends DeedDialogProps {
  readonly stage: Exclude<Stage, { kind: 'done' }>;
  carryOut(body: object, credentials: Credentials): Promise<void>;
}

function DeedForm({
  order: { deed, rule, previous = null },
  permission,
  credentials,
  stage,
  carryOut,
  close,
}: DeedFormProps) {
  const { words, formats } = useSurroundings();
  const [reason, setReason] = useState('');
  const [name, setName] = useState(credentials.name);
  const [token, setToken] = useState(credentials.token);
  const [to, setTo] = useState<'previous' | 'nothing'>(previous === null ? 'nothing' : 'previous');
  const [typed, setTyped] = useState('');
  // Who says that they have seen something changes no traffic: nothing is to be explained, or to be typed.
  const isChange = deed !== 'ack';
  const isMeant = !isChange || (reason.trim() !== '' && typed.trim().toLowerCase() === deed);
  const complete = isMeant && (permission === 'open' || token !== '');
  const isWorking = stage.kind === 'working';
  const submit = (event: Event) => {
    event.preventDefault();
    if (!complete || isWorking) return;
    const target = deed === 'rollback' ? { to: to === 'previous' ? to : 0 } : {};
    void carryOut(isChange ? { reason: reason.trim(), ...target } : { rule }, { token, name });
  };
  return (
    <form method="dialog" onSubmit={submit}>
      {deed === 'rollback' ? (
        <label>
          {words.deed.to}
          <select value={to} onChange={({ currentTarget }) => setTo(currentTarget.value as typeof to)}>
            {previous === null ? null : (
              <option value="previous">{words.deed.toPrevious(formats.share(previous))}</option>
            )}
            <option value="nothing">{words.deed.toNothing}</option>
          </select>
        </label>
      ) : null}
      {isChange ? (
        <Field label={words.deed.reason} value={reason} set={setReason} maxLength={1000} required focus />
      ) : null}
      <Field label={words.deed.name} value={name} set={setName} maxLength={100} autoComplete="name" />
      {permission === 'token' ? (
        <Field
          label={words.deed.token}
          value={token}
          set={setToken}
          secret
          required
          note={words.deed.tokenNote}
        />
      ) : null}
      {isChange ? <Field label={words.deed.typed(deed)} value={typed} set={setTyped} required /> : null}
      {stage.kind === 'asking' && stage.fault !== null ? <Failure fault={stage.fault} /> : null}
      {isWorking ? <p role="status">{words.deed.working}</p> : null}
      <div class="buttons">
        <button type="button" disabled={isWorking} onClick={close}>
          {words.deed.cancel}
        </button>
        <button type="submit" class="danger" disabled={!complete || isWorking}>
          {words.deeds[deed].heading}
        </button>
      </div>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly maxLength?: number;
  readonly required?: boolean;
  readonly secret?: boolean;
  readonly focus?: boolean;
  readonly autoComplete?: string;
  readonly note?: string;
}

function Field({ label, value, set, secret, focus, note, ...rest }: FieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focus) input.current?.focus();
  }, [focus]);
  const shared = {
    ...{ ref: input, value, autoComplete: 'off', spellcheck: false },
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => set(currentTarget.value),
    ...rest,
  };
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the input is inside, in either case
    <label>
      {label}
      {secret ? <input type="password" {...shared} /> : <input type="text" {...shared} />}
      {note === undefined ? null : <small>{note}</small>}
    </label>
  );
}
