import { createHash } from 'node:crypto';
import type { SMTPSentMessageInfo, Transporter } from 'nodemailer';
import { AtmrError } from '../../errors.js';
import { oneLine } from '../../one-line.js';
import { t } from '../../wording/t.js';
import { mailFailure } from './mail-failure.js';
import { type Mailbox, mailboxesOf } from './mailboxes.js';
import { type SmtpOptions, smtpOptions } from './smtp-options.js';

export interface EmailSettings {
  readonly smtpUrl: string;
  /** Separated by commas. */
  readonly to: string;
  /** `null` for the login of the mail server where that is an address, else the first of those in `to`. */
  readonly from: string | null;
}

/** What is sent, as text and as HTML. */
export interface Mail {
  /** The same at each try, so that a repetition is shown once. */
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments?: readonly Attachment[];
}

export interface Attachment {
  readonly filename: string;
  readonly content: string;
  readonly contentType: string;
}

/** A mail server and who is written to by it; one connection for each mail. */
export interface Mailer {
  /** For people, without anything secret. */
  readonly where: string;
  readonly usual: readonly Mailbox[];
  /** Resolves with whom the server took it for. Rejects, in our own words, where it took it for nobody. */
  send(mail: Mail, to: readonly Mailbox[], signal: AbortSignal): Promise<SMTPSentMessageInfo>;
  close(): Promise<void>;
}

const MOST_SUBJECT = 200;

/** Nothing is connected or loaded yet. BAD_CONFIG for settings that name no server or nobody. */
export function openMailer({ smtpUrl, to, from }: EmailSettings, timeoutMs: number): Mailer {
  const options = smtpOptions(smtpUrl, timeoutMs);
  const usual = readMailboxes('ALERT_EMAIL_TO', to);
  const sender = senderOf(from, options, usual);
  let transport: Promise<Transporter<SMTPSentMessageInfo>> | null = null;
  return {
    where: `${options.host}:${options.port}, to ${usual.map(({ address }) => address).join(', ')}`,
    usual,
    async send(mail, recipients, signal) {
      transport ??= openTransport(options);
      return await (await transport)
        .sendMail({ ...messageOf(mail, sender), to: [...recipients], signal })
        .catch((thrown) => {
          throw mailFailure(thrown);
        });
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
function messageOf({ id, subject, text, html, attachments = [] }: Mail, from: Mailbox) {
  return {
    ...{ from, subject: oneLine(subject, MOST_SUBJECT), text, html, attachments: [...attachments] },
    messageId: messageId(id, from),
    headers: { 'Auto-Submitted': 'auto-generated' },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  };
}

function messageId(id: string, { address }: Mailbox): string {
  const unique = createHash('sha256').update(id).digest('hex').slice(0, 32);
  return `<${unique}@${address.slice(address.lastIndexOf('@') + 1)}>`;
}

function senderOf(from: string | null, { auth }: SmtpOptions, to: readonly Mailbox[]): Mailbox {
  if (from !== null) return readMailboxes('ALERT_EMAIL_FROM', from)[0]!;
  const login = mailboxesOf(auth?.user ?? '') ?? to;
  return { name: 'atmr-ml', address: login[0]!.address };
}

function readMailboxes(variable: string, text: string): readonly Mailbox[] {
  const boxes = mailboxesOf(text);
  if (boxes !== null) return boxes;
  throw new AtmrError('BAD_CONFIG', t`${variable} is no e-mail address; expected one or more with commas.`);
}
