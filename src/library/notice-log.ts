import type { Log } from '../log.js';

/** A log of sentences for a person: what is worth a line of a server's log only is left out. */
export function noticeLog(onNotice: (text: string) => void): Log {
  const tell: Log['warn'] = (message, fields = {}) => {
    const details = Object.entries(fields).map(([name, value]) => `${name} ${value}`);
    onNotice(details.length === 0 ? `[ML] ${message}` : `[ML] ${message} (${details.join(', ')})`);
  };
  return { info() {}, warn: tell, error: tell };
}
