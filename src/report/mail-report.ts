import { partialFailure } from '../alerts/channels/email.js';
import { mailboxesOf } from '../alerts/channels/mailboxes.js';
import { type Mail, type Mailer, openMailer } from '../alerts/channels/mailer.js';
import type { Config } from '../config.js';
import { AtmrError, messageOf } from '../errors.js';
import { t } from '../wording/t.js';

const TIMEOUT_MS = 10_000;
const SEND_LIMIT_MS = 60_000;

/** Sends a report to those it is for. */
export interface ReportMail {
  /** To whom and by which server. */
  readonly where: string;
  /** UNAVAILABLE where the server does not take it for everybody. */
  send(mail: Mail): Promise<void>;
}

/**
 * A mailer for `to`, or where that is `null` for ALERT_EMAIL_TO; nothing is connected yet. BAD_CONFIG where no server or
 * nobody is configured, USAGE for what is no address.
 */
export function openReportMail(
  to: string | null,
  { smtpUrl, emailTo, emailFrom }: Config['alertChannels'],
): ReportMail {
  if (smtpUrl === null) {
    const remedy = t`set it to smtp://user:password@host:587, or write the report to a file with --out`;
    throw new AtmrError('BAD_CONFIG', t`SMTP_URL is not set, so nothing can be mailed; ${remedy}.`);
  }
  if (to !== null && mailboxesOf(to) === null) {
    throw new AtmrError('USAGE', t`--mail is no e-mail address; expected one, or several with commas.`);
  }
  const readers = to ?? emailTo;
  if (readers === null) {
    const remedy = t`set it to those who read the report, or name them: --mail ana@example.org`;
    throw new AtmrError('BAD_CONFIG', t`ALERT_EMAIL_TO is not set; ${remedy}.`);
  }
  const mailer = openMailer({ smtpUrl, to: readers, from: emailFrom }, TIMEOUT_MS);
  return { where: mailer.where, send: (mail) => sendBy(mailer, mail) };
}

async function sendBy(mailer: Mailer, mail: Mail): Promise<void> {
  try {
    const sent = await mailer.send(mail, mailer.usual, AbortSignal.timeout(SEND_LIMIT_MS));
    const failure = partialFailure(sent, mailer.usual.length);
    if (failure !== null) throw failure;
  } catch (cause) {
    const text = t`The report was not mailed: ${messageOf(cause)}. Try \`atmr-ml alerts test --channel email\`.`;
    throw new AtmrError('UNAVAILABLE', text, { cause });
  } finally {
    await mailer.close().catch(() => {});
  }
}
