import { createHash } from 'node:crypto';
import type { SMTPSentMessageInfo, Transporter } from 'nodemailer';
import { AtmrError } from '../../errors.js';
import { type Channel, type Delivery, type Message, PermanentFailure } from '../channel.js';
import { oneLine } from '../messages/one-line.js';
import { RetryableFailure } from './failure.js';
import { mailHtml, mailText } from './mail-body.js';
import { isRefusal, mailFailure } from './mail-failure.js';
import { type Mailbox, mailboxesOf } from './mailboxes.js';
import { type SmtpOptions, smtpOptions } from './smtp-options.js';

export interface EmailSettings {
  readonly smtpUrl: string;
  /** Separated by commas. */
  readonly to: string;
  /** `null` for the login of the mail server where that is an address, else the first of those in `to`. */
  readonly from: string | null;
}

const TIMEOUT_MS = 10_000;
const MOST_SUBJECT = 200;
/** Deliveries of which a part is remembered. */
const MOST_REMEMBERED = 100;

/** E-mail, one connection for each message. BAD_CONFIG for settings that name no server or nobody. */
export function emailChannel({ smtpUrl, to, from }: EmailSettings, timeoutMs = TIMEOUT_MS): Channel {
  const options = smtpOptions(smtpUrl, timeoutMs);
  const usual = readMailboxes('ALERT_EMAIL_TO', to);
  const sender = senderOf(from, options, usual);
  /** Who has a message that others still wait for: they are not sent it again. */
  const halfSent = new Map<string, ReadonlySet<string>>();
  let transport: Promise<Transporter<SMTPSentMessageInfo>> | null = null;
  return {
    name: 'email',
    where: `${options.host}:${options.port}, to ${usual.map(({ address }) => address).join(', ')}`,
    async send(_alert, message, delivery) {
      const all = delivery.to === null ? usual : mailboxesOf(delivery.to);
      if (all === null) throw new PermanentFailure('the address of this delivery is no e-mail address');
      const had = halfSent.get(delivery.id) ?? new Set();
      transport ??= openTransport(options);
      const recipients = all.filter(({ address }) => !had.has(address));
      const sent = await (await transport)
        .sendMail(mailOf(message, delivery, sender, recipients))
        .catch((thrown) => {
          throw mailFailure(thrown);
        });
      halfSent.delete(delivery.id);
      const failure = partialFailure(sent, all.length);
      if (failure instanceof RetryableFailure) {
        const [oldest] = halfSent.size < MOST_REMEMBERED ? [] : halfSent.keys();
        if (oldest !== undefined) halfSent.delete(oldest);
        halfSent.set(delivery.id, new Set([...had, ...sent.accepted]));
      }
      if (failure !== null) throw failure;
    },
    async close() {
      (await transport)?.close();
    },
  };
}

async function openTransport(options: SmtpOptions): Promise<Transporter<SMTPSentMessageInfo>> {
  const { createTransport } = await import('nodemailer');
  return createTransport(options);
}

/** Every part is one that the library encodes itself: no text of ours can begin a header. */
function mailOf(message: Message, { id, signal }: Delivery, from: Mailbox, to: readonly Mailbox[]) {
  return {
    ...{ from, to: [...to], subject: oneLine(message.subject, MOST_SUBJECT), signal },
    ...{ text: mailText(message), html: mailHtml(message) },
    messageId: messageId(id, from),
    headers: { 'Auto-Submitted': 'auto-generated' },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  };
}

/** The same at each try, so that a repetition is shown once. */
function messageId(deliveryId: string, { address }: Mailbox): string {
  const unique = createHash('sha256').update(deliveryId).digest('hex').slice(0, 32);
  return `<${unique}@${address.slice(address.lastIndexOf('@') + 1)}>`;
}

/** Why some of the recipients did not get it; `null` when all did. Those who have it are not asked again. */
function partialFailure({ rejected, rejectedErrors = [] }: SMTPSentMessageInfo, all: number): Error | null {
  if (rejected.length === 0) return null;
  const codes = rejectedErrors.map(({ responseCode }) => responseCode || null);
  const isForGood = codes.length > 0 && codes.every(isRefusal);
  const text = `the mail server took it for all but ${rejected.length} of ${all} recipients (${codes.join(', ')})`;
  return isForGood ? new PermanentFailure(text) : new RetryableFailure(text);
}

function senderOf(from: string | null, { auth }: SmtpOptions, to: readonly Mailbox[]): Mailbox {
  if (from !== null) return readMailboxes('ALERT_EMAIL_FROM', from)[0]!;
  const login = mailboxesOf(auth?.user ?? '') ?? to;
  return { name: 'atmr-ml', address: login[0]!.address };
}

function readMailboxes(variable: string, text: string): readonly Mailbox[] {
  const boxes = mailboxesOf(text);
  if (boxes !== null) return boxes;
  throw new AtmrError('BAD_CONFIG', `${variable} is no e-mail address; expected one or more with commas.`);
}
