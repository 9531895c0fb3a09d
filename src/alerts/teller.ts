import type { Tick } from '../guard/tick.js';
import { alertsOf } from './alerts-of.js';
import { newsOf } from './news-of.js';
import type { Post } from './post.js';

/** Puts what each tick of one process gives to tell into the outbox. Never rejects, and waits for no channel. */
export type Teller = (tick: Tick) => Promise<void>;

export interface TellerSettings {
  readonly settleMs: number;
  readonly remindMs: number | null;
}

/** Only who leads has anything to tell. */
export function openTeller(post: Post, settings: TellerSettings): Teller {
  let telemetrySinceMs: number | null = null;
  return async (tick) => {
    const { telemetryFault, nowMs } = tick.survey;
    telemetrySinceMs = telemetryFault === null ? null : (telemetrySinceMs ?? nowMs);
    if (tick.leads) await post.tell(alertsOf(newsOf(tick, { ...settings, telemetrySinceMs })));
  };
}
