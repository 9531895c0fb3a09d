import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AlertConfig, alertConfigOf } from '../../src/alerts/alert-config.js';
import { openChannels } from '../../src/alerts/channels/open-channels.js';
import { openOutbox } from '../../src/alerts/open-outbox.js';
import { openPost, type Post } from '../../src/alerts/post.js';
import { openTeller } from '../../src/alerts/teller.js';
import { type TickSources, tick } from '../../src/guard/tick.js';
import { migratePostgres } from '../../src/migration/migrate-postgres.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import { type Stage, WAYS, withStage } from '../guard/stage.js';
import type { TestServer } from '../servers/process.js';

const MINUTE_MS = 60_000;
const SECRET = 'whsec_dGhpcyBpcyBhIHNlY3JldCBvZiB0aGUgdGVzdHM=';

let postgres: TestServer;
beforeAll(async () => {
  postgres = await startMigratedPostgres();
});
afterAll(async () => await postgres?.remove());

/** What arrived where. */
interface Arrived {
  readonly mails: ParsedMail[];
  readonly slack: string[];
  readonly webhook: string[];
  readonly sentry: string[];
}

/** A guard that tells people. */
interface Watchman {
  readonly guard: TickSources;
  readonly post: Post;
  look(): Promise<void>;
}

describe('Alerts arrive', () => {
  let arrived: Arrived;
  let receiver: Server;
  let smtp: SMTPServer | null;
  let smtpPort: number;
  let closing: (() => Promise<void>)[];
  /** Of each test its own: traffic is counted for a database. */
  let database: TestServer;

  beforeEach(async () => {
    database = await freshDatabase(postgres);
    arrived = { mails: [], slack: [], webhook: [], sentry: [] };
    closing = [];
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (data) => (body += data));
      request.on('end', () => {
        const where = request.url?.startsWith('/slack')
          ? 'slack'
          : request.url?.startsWith('/hook')
            ? 'webhook'
            : 'sentry';
        arrived[where].push(body);
        response.end('{}');
      });
    });
    await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
    smtp = null;
    smtpPort = await startSmtp(0);
  });
  afterEach(async () => {
    for (const close of closing.reverse()) await close().catch(() => {});
    await stopSmtp();
    receiver.closeAllConnections();
    receiver.close();
  });

  function startSmtp(port: number): Promise<number> {
    smtp = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS'] },
      onData(stream, _session, done) {
        simpleParser(stream).then((mail) => {
          arrived.mails.push(mail);
          done();
        }, done);
      },
    });
    smtp.on('error', () => {});
    return new Promise((listening) => {
      const server = smtp!.listen(port, '127.0.0.1', () => listening((server.address() as AddressInfo).port));
    });
  }
  function stopSmtp(): Promise<void> {
    return new Promise((stopped) => (smtp === null ? stopped() : smtp.close(() => stopped())));
  }

  async function watchman(stage: Stage, overrides: Partial<AlertConfig> = {}): Promise<Watchman> {
    const guard = await stage.guard();
    const { port } = receiver.address() as AddressInfo;
    const outbox = await openOutbox({ ...stage.machine, flagKey: stage.key });
    const channels = openChannels(
      {
        smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
        ...{ emailTo: 'ops@example.org', emailFrom: 'guard@example.org' },
        slackWebhookUrl: `http://127.0.0.1:${port}/slack`,
        sentryDsn: `http://public@127.0.0.1:${port}/1`,
        ...{ webhookUrl: `http://127.0.0.1:${port}/hook`, webhookSecret: SECRET },
      },
      () => {},
    );
    const config = { ...alertConfigOf(undefined, undefined, undefined), ...overrides };
    const post = openPost({
      ...{ outbox, channels, config, timeZone: 'Europe/Zurich', dashboardUrl: null, holder: guard.holder },
      nowMs: stage.nowMs,
    });
    closing.push(post.close, outbox.close);
    const tell = openTeller(post, { settleMs: 30 * MINUTE_MS, remindMs: config.remindMs });
    return {
      ...{ guard, post },
      async look() {
        await tell(await tick(guard));
        await post.deliver();
      },
    };
  }

  const onStage = (work: (stage: Stage) => Promise<void>) =>
    withStage({ postgres: database, redis: null }, async (stage) => {
      await WAYS.collecting(stage);
      await work(stage);
    });
  const counts = () => Object.fromEntries(Object.entries(arrived).map(([where, all]) => [where, all.length]));

  it('a rising error rate by e-mail, once, from two instances that look again and again', () =>
    onStage(async (stage) => {
      const [first, second] = [await watchman(stage), await watchman(stage)];
      // A quarter: above the warning, and not proven.
      for (let i = 0; i < 30; i++) {
        await stage.answers(1, { attempt: 'failed' });
        await stage.answers(3, {});
      }
      for (let i = 0; i < 3; i++) await Promise.all([first.look(), second.look()]);
      expect(counts()).toEqual({ mails: 1, slack: 0, webhook: 1, sentry: 0 });
      const [mail] = arrived.mails;
      expect(mail?.to).toMatchObject({ text: 'ops@example.org' });
      expect(mail?.text).toMatch(/atmr-ml/);
    }));

  it('a rollback everywhere, once, with what was done and the next command', () =>
    onStage(async (stage) => {
      const [first, second] = [await watchman(stage), await watchman(stage)];
      await stage.attempts(40, 40);
      for (let i = 0; i < 3; i++) await Promise.all([first.look(), second.look()]);
      expect((await stage.flag())?.percentage).toBe(0);
      expect(counts()).toEqual({ mails: 1, slack: 1, webhook: 1, sentry: 1 });
      expect(arrived.mails[0]?.text).toMatch(/rolled back|0 %/i);
      expect(arrived.mails[0]?.text).toMatch(/atmr-ml alerts ack/);
    }));

  it('slow predictions to Slack and not by e-mail, and a flapping p95 as one episode', () =>
    onStage(async (stage) => {
      const one = await watchman(stage);
      for (let i = 0; i < 6; i++) {
        await stage.answers(40, { predictionTimeMs: 3000 });
        await one.look();
        stage.later(7 * MINUTE_MS);
        await one.look(); // five minutes without a slow one: it is over
        stage.later(5 * MINUTE_MS);
      }
      expect(counts()).toEqual({ mails: 0, slack: 1, webhook: 1, sentry: 0 });
      stage.later(31 * MINUTE_MS);
      await one.look();
      await duePast(stage);
      await one.look();
      expect(arrived.slack).toHaveLength(2); // and that it is over, once
      await one.look();
      expect(arrived.slack).toHaveLength(2);
    }));

  it('an outage of the weather in the digest of the morning, together with others', () =>
    onStage(async (stage) => {
      const one = await watchman(stage);
      await stage.answers(40, { weatherReason: 'unreachable', attempt: 'ineligible', modelMinutes: null });
      await one.look();
      expect(arrived.mails).toEqual([]);
      expect(arrived.webhook).toHaveLength(2); // weather and ineligible: a program is not disturbed
      stage.later(25 * 60 * MINUTE_MS);
      // The database decides by its own clock when something is due; there is no waiting for tomorrow here.
      await duePast(stage);
      await one.post.deliver();
      expect(arrived.mails).toHaveLength(1);
    }));

  it('also when the mail server was away, once it is back', () =>
    onStage(async (stage) => {
      await stopSmtp();
      smtp = null;
      const one = await watchman(stage);
      await stage.attempts(40, 40);
      await one.look();
      expect(counts()).toMatchObject({ mails: 0, slack: 1 });
      await duePast(stage);
      await one.look();
      expect(arrived.mails).toEqual([]);
      await startSmtp(smtpPort);
      await duePast(stage);
      await one.look();
      await one.look();
      expect(arrived.mails).toHaveLength(1);
      expect(arrived.slack).toHaveLength(1);
    }));

  it('of a rollback while the database is away, from the one that saw it', () =>
    onStage(async (stage) => {
      await stage.machine.holders.disk.save(await stage.machine.holders.record.read());
      const one = await watchman(stage);
      stage.machine.postgres?.cut();
      await one.look();
      await one.look();
      expect(arrived.mails).toHaveLength(1); // that nothing can be looked at
      stage.machine.postgres?.heal();
      await one.look();
      await one.look();
      expect(arrived.mails).toHaveLength(1);
    }));

  it('without a secret or a booking in any of them', () =>
    onStage(async (stage) => {
      const one = await watchman(stage, { language: 'fr' });
      await stage.attempts(40, 40);
      await stage.answers(40, { predictionTimeMs: 3000, driverId: 'driver-4711' });
      await one.look();
      const everything = JSON.stringify([
        arrived.mails.map(({ text, html }) => [text, html]),
        arrived.slack,
        arrived.webhook,
        arrived.sentry,
      ]);
      expect(everything.length).toBeGreaterThan(1000);
      for (const secret of [
        SECRET,
        'driver-4711',
        'booking-1',
        'ride-of-',
        `:${smtpPort}`,
        'postgresql://',
      ]) {
        expect(everything).not.toContain(secret);
      }
    }));
});

/** Another database of the same server, with the schema in place. */
async function freshDatabase(server: TestServer): Promise<TestServer> {
  const name = `alerts_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  await migratePostgres(url.href);
  return { ...server, url: url.href };
}

/** Makes everything that waits for its time due. */
async function duePast({ machine }: Stage): Promise<void> {
  const client = new pg.Client({ connectionString: machine.databaseUrl! });
  await client.connect();
  await client.query(`UPDATE atmr_ml.alert_outbox SET next_ms = 0, created_ms = atmr_ml.now_ms() - 60000,
    not_before_ms = atmr_ml.now_ms() - 60000 + CASE WHEN not_before_ms > created_ms THEN 1 ELSE 0 END`);
  await client.end();
}
