import { oneLine } from '../../one-line.js';
import { t } from '../../wording/t.js';
import type { Channel } from '../channel.js';
import { messageText } from '../messages/message-text.js';

const MOST = 4000;

/** The log of the process: an alert is one line, whatever its texts hold. */
export function logChannel(write: (line: string) => void): Channel {
  return {
    name: 'log',
    where: t`the log`,
    async send(_alert, message, { signal }) {
      signal.throwIfAborted();
      write(oneLine(`alert: ${[message.subject, ...messageText(message)].join(' | ')}`, MOST));
    },
    async close() {},
  };
}
