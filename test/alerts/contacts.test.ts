import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alertConfigOf } from '../../src/alerts/alert-config.js';
import { alertsText } from '../../src/render/alerts.js';
import { program } from '../commands/program.js';

const CONTACTS = [
  { name: 'Ana', role: 'ML lead', email: 'ana@example.org' },
  { name: 'Ben', role: '' },
];
const ESCALATION = [
  { after: '1h', channel: 'email' as const, to: 'cto@example.org' },
  { after: '0m', channel: 'slack' as const },
];
const NOTHING = { episodes: [], messages: [] };

describe('the list of alerts', () => {
  it('says who is to be called, and who hears of it next', () => {
    const text = alertsText(NOTHING, alertConfigOf(undefined, CONTACTS, ESCALATION), 'UTC');
    expect(text.split('\n').slice(-2)).toEqual([
      'Contacts: Ana (ML lead, ana@example.org); Ben',
      'Not acknowledged: slack at once; email to cto@example.org after 60 min',
    ]);
  });

  it('has no line for people whom nobody named', () => {
    expect(alertsText(NOTHING, alertConfigOf(undefined, undefined, undefined), 'UTC')).toMatch(/UTC\.$/);
  });

  it('gives names and roles as a document, and keeps the addresses to itself', async () => {
    const { folder, run } = program();
    writeFileSync(
      join(folder, 'atmr-ml.config.yaml'),
      JSON.stringify({ contacts: CONTACTS, escalation: ESCALATION }),
    );
    const { exitCode, stdout } = await run('alerts', 'list', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      contacts: [
        { name: 'Ana', role: 'ML lead' },
        { name: 'Ben', role: '' },
      ],
      escalation: [
        { afterMinutes: 0, channel: 'slack' },
        { afterMinutes: 60, channel: 'email' },
      ],
    });
    expect(stdout).not.toContain('example.org');
  });
});
