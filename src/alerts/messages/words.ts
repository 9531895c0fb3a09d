import type { RuleName } from '../../guard/rule-names.js';
import type { AlertKind, DoneAction, Severity } from '../alert.js';
import type { Topic } from './topics.js';

/** What a subject is made of. */
export interface SubjectParts {
  readonly severity: string;
  readonly topic: string;
  /** What was done; `null` for nothing. */
  readonly deed: string | null;
  /** Items of a digest. */
  readonly items: number;
}

/** The evidence of a rule: what was measured, and what it is held against. */
export interface EvidenceWords {
  measured(value: number): string;
  /** `null` where the threshold says nothing to a reader. */
  readonly limit: ((threshold: number) => string) | null;
}

/** All that a message needs in one language. */
export interface Words {
  readonly topics: Readonly<Record<Topic, string>>;
  /** Something that this version does not know. */
  unknownTopic(name: string): string;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly kinds: Readonly<Record<AlertKind, (parts: SubjectParts) => string>>;
  readonly evidence: Readonly<Record<RuleName, EvidenceWords>>;
  readonly actions: Readonly<Record<DoneAction, { readonly did: string; readonly would: string }>>;
  readonly dryRun: string;
  /** What the model answers after something was done. */
  share(percentage: number): string;
  readonly nothingDone: string;
  readonly simulated: { readonly mark: string; readonly sentence: string };
  span(from: string, until: string): string;
  /** Between two statements. */
  readonly semicolon: string;
  readonly labels: Readonly<Record<Label, string>>;
}

export type Label =
  | 'what'
  | 'since'
  | 'at'
  | 'times'
  | 'lasted'
  | 'evidence'
  | 'why'
  | 'lastSeen'
  | 'done'
  | 'next'
  | 'afterwards'
  | 'acknowledge'
  | 'dashboard'
  | 'contacts';
