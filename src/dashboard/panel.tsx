import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { WithCommands } from './command.js';
import type { Fault, Resource } from './resource.js';
import { useSurroundings } from './surroundings.js';

interface PanelProps<T> {
  readonly id: string;
  readonly heading: string;
  readonly intro?: string;
  /** How much of the width it wants. */
  readonly size?: 'wide' | 'roomy' | 'half';
  readonly resource: Resource<T>;
  readonly children: (value: T) => ComponentChildren;
}

/** A part of the page by one answer of the API: being loaded, known, known of earlier, or not known. */
export function Panel<T>({ id, heading, intro, size = 'half', resource, children }: PanelProps<T>) {
  const { words } = useSurroundings();
  const [broken] = useErrorBoundary();
  const { value, fault } = resource;
  return (
    <section
      id={id}
      class={`panel ${size}${fault === null ? '' : ' faulty'}`}
      aria-labelledby={`${id}-heading`}
    >
      <h2 id={`${id}-heading`}>{heading}</h2>
      {intro === undefined ? null : <p class="intro">{intro}</p>}
      <FaultNote resource={resource} />
      {/* What this page does not understand, of a newer server say, takes no other part with it. */}
      {broken !== undefined ? <p class="fault">{words.broken}</p> : value === null ? null : children(value)}
    </section>
  );
}

/** That something is not known now, why, and of when what is shown is; that it is being asked for. */
export function FaultNote({ resource }: { readonly resource: Resource<unknown> }) {
  const { words, formats } = useSurroundings();
  const { value, atMs, fault } = resource;
  if (fault === null) return value === null ? <p class="quiet">{words.loading}</p> : null;
  const at = value === null ? null : words.lastKnown(formats.time(atMs));
  return (
    <p class="fault">
      {words.notKnown}
      {words.colon}
      <FaultText fault={fault} /> {at}
    </p>
  );
}

export function FaultText({ fault }: { readonly fault: Fault }) {
  const { words } = useSurroundings();
  return <>{fault.kind === 'told' ? <WithCommands text={fault.text} /> : words[fault.kind]}</>;
}

/** What is to be read as one thing with its name. */
export function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export type Tone = 'good' | 'warn' | 'bad' | 'muted';

/** A state: its colour says nothing that its words do not. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }) {
  return <span class={`badge ${tone}`}>{children}</span>;
}
