import { AtmrError } from '../../errors.js';
import { t } from '../../wording/t.js';

/** The address that a variable holds. BAD_CONFIG for what is none; it is not repeated: whoever knows it can use it. */
export function httpAddress(variable: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  throw new AtmrError('BAD_CONFIG', t`${variable} is not an http address; expected one with https://.`);
}
