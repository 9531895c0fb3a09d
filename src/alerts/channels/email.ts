import type { SMTPSentMessageInfo } from 'nodemailer';
import { t } from '../../wording/t.js';
import { type Channel, PermanentFailure } from '../channel.js';
import { RetryableFailure } from './failure.js';
import { mailHtml, mailText } from './mail-body.js';
import { isRefusal } from './mail-failure.js';
import { mailboxesOf } from './mailboxes.js';
import { type EmailSettings, openMailer } from './mailer.js';

const TIMEOUT_MS = 10_000;
/** Deliveries of which a part is remembered. */
const MOST_REMEMBERED = 100;

/** E-mail, one connection for each message. BAD_CONFIG for settings that name no server or nobody. */
export function emailChannel(settings: EmailSettings, timeoutMs = TIMEOUT_MS): Channel {
  const mailer = openMailer(settings, timeoutMs);
  /** Who has a message that others still wait for: they are not sent it again. */
  const halfSent = new Map<string, ReadonlySet<string>>();
  return {
    name: 'email',
    where: mailer.where,
    async send(_alert, message, { id, to, signal }) {
      const all = to === null ? mailer.usual : mailboxesOf(to);
      if (all === null) throw new PermanentFailure(t`the address of this delivery is no e-mail address`);
      const had = halfSent.get(id) ?? new Set();
      const recipients = all.filter(({ address }) => !had.has(address));
      const mail = { id, subject: message.subject, text: mailText(message), html: mailHtml(message) };
      const sent = await mailer.send(mail, recipients, signal);
      halfSent.delete(id);
      const failure = partialFailure(sent, all.length);
      if (failure instanceof RetryableFailure) {
        const [oldest] = halfSent.size < MOST_REMEMBERED ? [] : halfSent.keys();
        if (oldest !== undefined) halfSent.delete(oldest);
        halfSent.set(id, new Set([...had, ...sent.accepted]));
      }
      if (failure !== null) throw failure;
    },
    close: mailer.close,
  };
}

/** Why some of the recipients did not get it; `null` when all did. Those who have it are not asked again. */
export function partialFailure(
  { rejected, rejectedErrors = [] }: SMTPSentMessageInfo,
  all: number,
): Error | null {
  if (rejected.length === 0) return null;
  const codes = rejectedErrors.map(({ responseCode }) => responseCode || null);
  const isForGood = codes.length > 0 && codes.every(isRefusal);
  const text = t`the mail server took it for all but ${rejected.length} of ${all} recipients (${codes.join(', ')})`;
  return isForGood ? new PermanentFailure(text) : new RetryableFailure(text);
}
