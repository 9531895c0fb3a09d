import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly login: string | null;
  readonly secure: boolean;
  readonly raw: string;
  readonly mail: ParsedMail;
}

/** What it refuses; reply codes by address. */
export interface Refusals {
  senders?: number;
  recipients?: Readonly<Record<string, number>>;
  data?: number;
}

/** A mail server of our own; its certificate is one that nobody vouches for. */
export interface MailServer {
  readonly port: number;
  readonly taken: readonly TakenMail[];
  readonly refuses: Refusals;
  close(): Promise<void>;
}

export const LOGIN = { user: 'guide@example.com', pass: 'p@ss/wörd-secret-smtp' };

/** Without TLS and login unless `options` say so. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const taken: TakenMail[] = [];
  const refuses: Refusals = {};
  const refusal = (code: number | undefined) =>
    code === undefined ? null : Object.assign(new Error('secret-of-the-server'), { responseCode: code });
  const server = new SMTPServer({
    ...{ hideSTARTTLS: true, authOptional: true, disabledCommands: ['AUTH'], logger: false },
    onAuth({ username, password }, _session, done) {
      if (username === LOGIN.user && password === LOGIN.pass) done(null, { user: username });
      else done(Object.assign(new Error(`no login for ${username}`), { responseCode: 535 }));
    },
    onMailFrom: (_address, _session, done) => done(refusal(refuses.senders)),
    onRcptTo: ({ address }, _session, done) => done(refusal(refuses.recipients?.[address])),
    async onData(stream, session, done) {
      const parts: Buffer[] = [];
      for await (const part of stream) parts.push(part);
      if (refuses.data !== undefined) return done(refusal(refuses.data));
      const raw = Buffer.concat(parts);
      const { mailFrom, rcptTo } = session.envelope;
      taken.push({
        ...{ from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address) },
        ...{ login: session.user ?? null, secure: session.secure },
        ...{ raw: raw.toString('utf8'), mail: await simpleParser(raw) },
      });
      done();
    },
    ...options,
  });
  // A client that leaves because of the certificate is an error to the server.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    taken,
    refuses,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
