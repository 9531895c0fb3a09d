import type { Alert } from '../../src/alerts/alert.js';
import type { Delivery } from '../../src/alerts/channel.js';
import { type MessageContext, messageOf } from '../../src/alerts/messages/message-of.js';

/** A rollback in the morning; a test changes what it is about. */
export function alertOf(change: Partial<Alert> = {}): Alert {
  return {
    ...{ id: 'ml-delay-prediction e1 acted', flag: 'ml-delay-prediction', subject: 'failure_rate' },
    ...{ kind: 'acted', severity: 'critical', value: 0.423, threshold: 0.3, simulated: false },
    ...{ beganMs: Date.parse('2026-03-02T07:30:00Z'), atMs: Date.parse('2026-03-02T07:32:00Z') },
    evidence: "42.3 % of the model's last 50 attempts failed; above 20.0 % is proven",
    done: { action: 'roll_back', percentage: 0, dryRun: false },
    ...change,
  };
}

export const CONTEXT: MessageContext = {
  language: 'en',
  timeZone: 'Europe/Zurich',
  contacts: [{ name: 'Zoë Müller', role: 'on call' }],
  dashboardUrl: 'https://ops.example/ml-monitoring',
};

/** An alert with its message, as the post hands them to a channel. */
export function letter(change: Partial<Alert> = {}, context: Partial<MessageContext> = {}) {
  const alert = alertOf(change);
  return [alert, messageOf(alert, { ...CONTEXT, ...context })] as const;
}

export function deliveryOf(change: Partial<Delivery> = {}): Delivery {
  return {
    ...{ id: 'ml-delay-prediction e1 acted email', to: null },
    signal: AbortSignal.timeout(30_000),
    ...change,
  };
}

/** What a promise rejects with. */
export async function rejection(work: Promise<unknown>): Promise<Error & { retryAfterMs?: number | null }> {
  const thrown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (thrown instanceof Error) return thrown;
  throw new Error('expected a rejection with an error');
}
