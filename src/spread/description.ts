import { createHash } from 'node:crypto';
import type { BookingDatabase } from '../booking/booking-database.js';
import type { Part } from '../booking/part.js';
import type { Config } from '../config.js';
import type { Model } from '../model/model.js';
import type { Window } from '../replay/selection.js';
import { t } from '../wording/t.js';

/** All that the result of a part depends on besides its bookings. Whoever takes a part must have the same. */
export interface ReplayDescription {
  /** Of this program. */
  readonly version: string;
  /** SHA-256 of the model file, and of the one that takes the heuristic's place. */
  readonly model: string;
  readonly against: string | null;
  /** What runs them: another may give other last digits. */
  readonly runtime: string;
  readonly heuristic: Config['heuristic'];
  readonly window: Window;
  readonly onBadRow: 'fail' | 'skip';
  /** SHA-256 of the query that gives the bookings; `null` for the production tables. */
  readonly query: string | null;
  /** Of the bookings' database: its own name, not its address. */
  readonly database: string;
  readonly timeZone: string;
}

/** A part of a plan, and how many bookings it held when it was planned; `null` where counting would mean reading. */
export interface PlannedPart {
  readonly part: Part;
  readonly bookings: number | null;
}

interface Described {
  readonly model: Model;
  readonly against: Model | null;
  readonly config: Config;
  readonly database: BookingDatabase;
  /** See `identifyDatabase`. */
  readonly identity: string;
  readonly window: Window;
  readonly onBadRow: 'fail' | 'skip';
  readonly version: string;
}

/** What a replay of these models, bookings and settings is described by. */
export function describeReplay(described: Described): ReplayDescription {
  const { model, against, config, database, identity, window, onBadRow, version } = described;
  return {
    version,
    model: model.manifest.sha256,
    against: against?.manifest.sha256 ?? null,
    runtime: [model, against]
      .map((one) => one && (one.forest === null ? 'onnxruntime' : 'builtin'))
      .join(' '),
    heuristic: config.heuristic,
    window,
    onBadRow,
    query: database.query === null ? null : sha256(database.query),
    database: identity,
    timeZone: database.timeZone,
  };
}

/**
 * The name of a run: the same replay in parts of the same size is the same run, and goes on where it stopped. Its plan is
 * not a part of the name, for bookings come while it waits; neither is the question, of which no sum depends.
 */
export function runName(description: ReplayDescription, partSize: number | null): string {
  return sha256(JSON.stringify([description, partSize])).slice(0, 16);
}

/** The name of a plan. */
export function planName(parts: readonly PlannedPart[]): string {
  return sha256(JSON.stringify(parts)).slice(0, 8);
}

/** What differs, in words for people; empty where nothing does. */
export function differences(asked: ReplayDescription, ours: ReplayDescription): string[] {
  const words = wordsOfAll();
  return (Object.keys(words) as (keyof ReplayDescription)[])
    .filter((name) => JSON.stringify(asked[name]) !== JSON.stringify(ours[name]))
    .map((name) => t`${words[name]} (${shown(asked[name])}, here ${shown(ours[name])})`);
}

const wordsOfAll = () =>
  ({
    version: t`the version of atmr-ml`,
    model: t`the model`,
    against: t`the model of --against`,
    runtime: t`what runs the model`,
    heuristic: t`the heuristic`,
    window: t`the window`,
    onBadRow: '--on-bad-row',
    query: 'bookings.query',
    database: t`the bookings' database`,
    timeZone: t`the timezone`,
  }) satisfies Record<keyof ReplayDescription, string>;

const MOST_SHOWN = 60;

/** Hashes by their beginning, which is enough to tell them apart. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[0-9a-f]{64}$/.test(text) ? text.slice(0, 12) : text.slice(0, MOST_SHOWN);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
