import { createServer } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PermanentFailure } from '../../src/alerts/channel.js';
import { emailChannel } from '../../src/alerts/channels/email.js';
import { RetryableFailure } from '../../src/alerts/channels/failure.js';
import { smtpOptions } from '../../src/alerts/channels/smtp-options.js';
import { AtmrError } from '../../src/errors.js';
import { freePort } from '../servers/process.js';
import { deliveryOf, letter, rejection } from './examples.js';
import { hostileText } from './hostile-text.js';
import { LOGIN, type MailServer, startMailServer } from './mail-server.js';

const TO = 'ana@example.com, "Müller, Bo" <bo@example.com>';
const LOGIN_TEXT = `${encodeURIComponent(LOGIN.user)}:${encodeURIComponent(LOGIN.pass)}`;
const SELF_SIGNED = 'tls.rejectUnauthorized=false';

let server: MailServer;
beforeEach(async () => {
  server = await startMailServer();
});
afterEach(() => server.close());

interface Way {
  readonly login?: string;
  readonly query?: string;
  readonly scheme?: string;
  readonly to?: string;
  readonly from?: string | null;
}

function channelTo(
  port: number,
  { login = '', query = '', scheme = 'smtp', to = TO, from = null }: Way = {},
) {
  const smtpUrl = `${scheme}://${login === '' ? '' : `${login}@`}127.0.0.1:${port}${query}`;
  return emailChannel({ smtpUrl, to, from }, 2000);
}

describe('an e-mail', () => {
  it('arrives as text and as HTML, in the language of its readers', async () => {
    await channelTo(server.port).send(...letter({ simulated: true }, { language: 'fr' }), deliveryOf());
    const [{ mail, raw, to }] = server.taken as [(typeof server.taken)[number]];
    expect(to).toEqual(['ana@example.com', 'bo@example.com']);
    expect(mail.subject).toBe(
      '[simulation] Critique\u00A0: le modèle échoue trop souvent – le trafic a été repris au modèle (ml-delay-prediction)',
    );
    expect(mail.text).toContain('Contacts\u00A0: Zoë Müller (on call)\n');
    expect(mail.text).toContain('À faire\u00A0: atmr-ml analyze-errors\n');
    expect(mail.html).toContain('<html lang="fr">');
    expect(mail.html).toContain('<code>atmr-ml rollout start</code>');
    expect(mail.html).toContain('Zoë Müller');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(raw).toContain('"atmr-ml" <ana@example.com>');
    expect(raw.split('\r\n\r\n')[0]).toMatch(/^\p{ASCII}*$/u);
  });

  it('has the same Message-ID at each try, and another for another delivery', async () => {
    const channel = channelTo(server.port);
    await channel.send(...letter(), deliveryOf());
    await channel.send(...letter(), deliveryOf());
    await channel.send(...letter(), deliveryOf({ id: 'another' }));
    const [first, second, third] = server.taken.map(({ mail }) => mail.messageId);
    expect(first).toMatch(/^<[0-9a-f]{32}@example\.com>$/);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('goes to the address of the delivery instead', async () => {
    const channel = channelTo(server.port, { from: 'Guide <guide@example.com>' });
    await channel.send(...letter(), deliveryOf({ to: 'boss@example.com' }));
    expect(server.taken.map(({ from, to }) => [from, to])).toEqual([
      ['guide@example.com', ['boss@example.com']],
    ]);
    const error = await rejection(channel.send(...letter(), deliveryOf({ to: 'nobody\r\nBcc: x@y.z' })));
    expect(error).toBeInstanceOf(PermanentFailure);
    expect(server.taken).toHaveLength(1);
  });

  it('holds no header, no recipient and no markup that a text brought along', async () => {
    const channel = channelTo(server.port);
    await fc.assert(
      fc.asyncProperty(hostileText(), hostileText(), async (evidence, name) => {
        const [alert, made] = letter({ evidence, subject: name, flag: name, value: null });
        // A channel trusts no message either.
        const message = { ...made, subject: `${made.subject}${evidence}`.slice(0, 3000) };
        await channel.send(alert, message, deliveryOf());
        const { mail, raw, to } = server.taken.at(-1)!;
        expect(to).toEqual(['ana@example.com', 'bo@example.com']);
        expect(mail.subject).toMatch(/^\P{C}{1,200}$/u);
        expect([...mail.headers.keys()].sort()).toEqual(
          [
            ...[
              'auto-submitted',
              'content-type',
              'date',
              'from',
              'message-id',
              'mime-version',
              'subject',
              'to',
            ],
          ].sort(),
        );
        expect(raw.split('\r\n').every((line) => line.length <= 998)).toBe(true);
        expect(mail.html).not.toMatch(/<script|<a href="https:\/\/evil/);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the way to the mail server', () => {
  it('logs in, in the clear only on this machine', async () => {
    const strict = await startMailServer({
      ...{ disabledCommands: [], authOptional: false, allowInsecureAuth: true },
    });
    await channelTo(strict.port, { login: LOGIN_TEXT }).send(...letter(), deliveryOf());
    expect(strict.taken[0]).toMatchObject({ login: LOGIN.user, secure: false, from: LOGIN.user });
    const wrong = await rejection(
      channelTo(strict.port, { login: 'me:wrong-secret' }).send(...letter(), deliveryOf()),
    );
    expect(wrong.message).toBe('the mail server does not accept the login of SMTP_URL (535)');
    expect(wrong).toBeInstanceOf(RetryableFailure);
    const none = await rejection(channelTo(strict.port).send(...letter(), deliveryOf()));
    expect(none.message).toBe('the mail server wants a login, or STARTTLS, before it takes an e-mail (530)');
    expect(none).toBeInstanceOf(RetryableFailure);
    await strict.close();
  });

  it.each([
    ['STARTTLS', 'smtp', { hideSTARTTLS: false, disabledCommands: [], authOptional: false }],
    ['TLS', 'smtps', { secure: true, disabledCommands: [], authOptional: false }],
  ])('refuses a certificate that nobody vouches for, by %s, unless told', async (_, scheme, options) => {
    const secure = await startMailServer(options);
    const settings = { scheme, login: LOGIN_TEXT };
    const error = await rejection(channelTo(secure.port, settings).send(...letter(), deliveryOf()));
    expect(error.message).toMatch(/^the certificate of the mail server is not trusted \([A-Z_]+\); /);
    expect(secure.taken).toEqual([]);
    await channelTo(secure.port, { ...settings, query: `?${SELF_SIGNED}` }).send(...letter(), deliveryOf());
    expect(secure.taken[0]).toMatchObject({ login: LOGIN.user, secure: true });
    await secure.close();
  });

  it('sends a password over no network in the clear, unless told', () => {
    const required = (url: string) => smtpOptions(url, 1000).requireTLS;
    expect(required('smtp://me:pw@mail.example')).toBe(true);
    expect(required('smtp://me:pw@mail.example?requireTLS=false')).toBe(false);
    expect(required('smtp://me:pw@localhost')).toBe(false);
    expect(required('smtp://mail.example')).toBe(false);
    expect(smtpOptions('smtps://mail.example', 1000)).toMatchObject({ port: 465, secure: true });
    expect(smtpOptions('smtp://[::1]', 1000)).toMatchObject({ host: '::1', port: 587, secure: false });
    expect(smtpOptions(`smtp://${LOGIN_TEXT}@mail.example`, 1000).auth).toEqual(LOGIN);
  });

  it.each([
    'mail.example',
    'https://mail.example',
    'smtp://',
    'smtp://me:100%-secret@mail.example',
    'smtp://mail.example?logger=secret',
    'smtp://mail.example?debug=true',
    'smtp://mail.example?requireTLS=secret',
  ])('is not opened by %s, which is not repeated', (smtpUrl) => {
    const open = () => emailChannel({ smtpUrl, to: 'ana@example.com', from: null });
    expect(open).toThrow(AtmrError);
    expect(open).toThrow(/^SMTP_URL is not the address of a mail server; expected smtp:/);
    expect(open).not.toThrow(/secret/);
  });

  it.each(['', 'ana', 'ana@example.com,', 'a b@example.com', 'a@b\r\nBcc: c@d', 'x <a@b> <c@d>'])(
    'is not opened for %j',
    (to) => {
      const open = () => emailChannel({ smtpUrl: 'smtp://mail.example', to, from: null });
      expect(open).toThrow('ALERT_EMAIL_TO is no e-mail address');
    },
  );
});

describe('a failure of e-mail', () => {
  const failure = (id = 'one') =>
    rejection(channelTo(server.port, { to: 'ana@example.com' }).send(...letter(), deliveryOf({ id })));

  it('is for good only where an address is refused', async () => {
    server.refuses.recipients = { 'ana@example.com': 550 };
    const refused = await failure();
    expect(refused).toBeInstanceOf(PermanentFailure);
    expect(refused.message).toBe('the mail server refuses the recipients (550)');
    server.refuses.recipients = { 'ana@example.com': 450 };
    expect(await failure()).toEqual(new RetryableFailure('the mail server answered 450'));
    server.refuses.recipients = {};
    server.refuses.senders = 553;
    const sender = await failure();
    expect(sender).toBeInstanceOf(PermanentFailure);
    expect(sender.message).toBe('the mail server refuses the sender (553)');
    server.refuses.senders = 530;
    expect(await failure()).toBeInstanceOf(RetryableFailure);
    delete server.refuses.senders;
    server.refuses.data = 554;
    expect(await failure()).toEqual(new RetryableFailure('the mail server answered 554'));
  });

  it('is told in our own words when nobody is there, nobody answers, or it is broken off', async () => {
    const nobody = channelTo(await freePort()).send(...letter(), deliveryOf());
    expect((await rejection(nobody)).message).toBe('the mail server cannot be reached: ECONNREFUSED');
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const late = emailChannel({ smtpUrl: `smtp://127.0.0.1:${port}`, to: TO, from: null }, 200);
    expect((await rejection(late.send(...letter(), deliveryOf()))).message).toBe(
      'the mail server did not answer in time',
    );
    const signal = AbortSignal.timeout(100);
    const broken = await rejection(channelTo(port).send(...letter(), deliveryOf({ signal })));
    expect(broken.message).toBe('sending the e-mail was interrupted');
    expect(broken).toBeInstanceOf(RetryableFailure);
    silent.close();
  });

  it('sends those who have it no second one, while others still wait', async () => {
    const channel = channelTo(server.port);
    server.refuses.recipients = { 'bo@example.com': 451 };
    const part = await rejection(channel.send(...letter(), deliveryOf()));
    expect(part).toBeInstanceOf(RetryableFailure);
    expect(part.message).toBe('the mail server took it for all but 1 of 2 recipients (451)');
    server.refuses.recipients = {};
    await channel.send(...letter(), deliveryOf());
    expect(server.taken.map(({ to }) => to)).toEqual([['ana@example.com'], ['bo@example.com']]);
    await channel.send(...letter(), deliveryOf());
    expect(server.taken.at(-1)?.to).toEqual(['ana@example.com', 'bo@example.com']);
  });

  it('is for good where one of several is refused: the others have it', async () => {
    server.refuses.recipients = { 'bo@example.com': 550 };
    const part = await rejection(channelTo(server.port).send(...letter(), deliveryOf()));
    expect(part).toBeInstanceOf(PermanentFailure);
    expect(part.message).toContain('all but 1 of 2');
  });
});
