import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandsOf, expectCommand } from '../examples/quoted-commands.js';
import { structureOf } from '../examples/structure.js';
import { runBinary } from '../run-binary.js';

const ENGLISH = readFileSync('docs/support.md', 'utf8');
const FRENCH = readFileSync('docs/support.fr.md', 'utf8');
const COMMANDS = [...new Set(commandsOf(ENGLISH))];
/** What the page asks people to send. */
const SENT = COMMANDS.filter((line) => line.includes(' > '));

const SECRETS = {
  ATMR_ML_TOKEN: 'a-write-token-nobody-may-see',
  ATMR_ML_READ_TOKEN: 'a-read-token-nobody-may-see',
  OPENWEATHER_API_KEY: 'a-weather-key-nobody-may-see',
  SLACK_WEBHOOK_URL: 'http://127.0.0.1:9/services/nobody-may-see',
  SMTP_URL: 'smtp://ops:nobody-may-see@127.0.0.1:9',
  OPENWEATHER_BASE_URL: 'http://127.0.0.1:9',
  ALERT_EMAIL_TO: 'ops@example.org',
};

describe('the page for support', () => {
  it('is the same in both languages', () => {
    expect(structureOf(ENGLISH).length).toBeGreaterThan(30);
    expect(structureOf(FRENCH)).toEqual(structureOf(ENGLISH));
    expect(commandsOf(FRENCH)).toEqual(commandsOf(ENGLISH));
  });

  it.each(COMMANDS)('quotes %s, which there is', (line) => expectCommand(line.replace(/ > .*/, '')));

  it('has a configuration that is read, and puts its people into the list of alerts', async () => {
    const [, yaml = ''] = /^```yaml\n([\s\S]*?)^```/m.exec(ENGLISH) ?? [];
    const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-support-'));
    writeFileSync(join(folder, 'atmr-ml.config.yaml'), yaml);
    const options = { cwd: folder, env: { ATMR_ML_HOME: join(folder, 'home') } };
    const { stdout } = await runBinary(['alerts', 'list', '--json'], options);
    const { contacts, escalation } = JSON.parse(stdout);
    expect(contacts.map(({ role }: { role: string }) => role)).toEqual(['ML lead', 'DevOps', 'Backend']);
    expect(escalation.map(({ afterMinutes }: { afterMinutes: number }) => afterMinutes)).toEqual([0, 15, 60]);
  });

  it.each(SENT)('asks for nothing secret: %s', async (line) => {
    const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-support-'));
    const [, ...args] = line.replace(/ > .*/, '').split(' ');
    const env = { ...SECRETS, ATMR_ML_HOME: join(folder, 'home') };
    const { exitCode, stdout, stderr } = await runBinary(args, { cwd: folder, env });
    expect([0, 3]).toContain(exitCode);
    expect(stdout).not.toBe('');
    expect(stdout + stderr).not.toContain('nobody-may-see');
  });
});
