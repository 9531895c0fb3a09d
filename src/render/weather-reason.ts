import { t } from '../wording/t.js';

const reasons = (): Readonly<Record<string, string>> => ({
  no_key: t`no_key`,
  unauthorized: t`unauthorized`,
  rate_limited: t`rate_limited`,
  timeout: t`timeout`,
  unreachable: t`unreachable`,
  malformed: t`malformed`,
  no_coordinates: t`no_coordinates`,
  beyond_forecast: t`beyond_forecast`,
  no_history: t`no_history`,
  disabled: t`disabled`,
});

/** Why no weather was known: in English its code, which documents and logs have; another code as it is. */
export function weatherReasonSaid(code: string): string {
  return reasons()[code] ?? code;
}
