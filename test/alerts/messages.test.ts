import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert, AlertKind, DoneAction, Severity } from '../../src/alerts/alert.js';
import type { Message } from '../../src/alerts/channel.js';
import { messageOf } from '../../src/alerts/messages/message-of.js';
import { messageText } from '../../src/alerts/messages/message-text.js';
import { outsidersText } from '../../src/alerts/messages/outsiders-text.js';
import { RULE_NAMES } from '../../src/guard/rule-names.js';
import type { Language } from '../../src/wording/language.js';
import { alertOf, CONTEXT } from './examples.js';
import { hostileText } from './hostile-text.js';

const LANGUAGES: readonly Language[] = ['en', 'fr'];
const SUBJECTS = [...RULE_NAMES, 'telemetry', 'rollout', 'lost_instance', 'test', 'a_rule_of_tomorrow'];
const KINDS: readonly AlertKind[] = ['begun', 'acted', 'recovered', 'reminder', 'moved', 'digest', 'test'];
const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'notice'];
const ACTIONS: readonly DoneAction[] = [
  ...(['hold', 'halve', 'roll_back', 'disable', 'ready', 'not_ready'] as const),
  ...(['advance', 'confirmed', 'complete'] as const),
];
const DONE: readonly Alert['done'][] = [
  null,
  ...ACTIONS.map((action) => ({ action, percentage: 12.5, dryRun: false })),
  { action: 'hold', percentage: null, dryRun: true },
];
/** Words that a French sentence has no use for. */
const ENGLISH_WORDS =
  /\b(the|of|and|was|were|is|are|at|to|since|from|until|with|would|have|has|model|bookings?|traffic|held|halved|taken|back|next|then|done|nothing|dry|run|most|may|should|expected|answers?|simulated|real|warning|critical|reminder|over|why|what|step)\b/i;

function textOf({ subject, lines }: Message): string {
  return [subject, ...lines.flatMap(({ label, text }) => [label ?? '', text])].join('\n');
}

function everyAlert(): Alert[] {
  return SUBJECTS.flatMap((subject) =>
    KINDS.flatMap((kind) =>
      SEVERITIES.flatMap((severity) =>
        DONE.map((done) => alertOf({ subject, kind, severity, done, simulated: severity === 'notice' })),
      ),
    ),
  );
}

describe.each(LANGUAGES)('a message in %s', (language) => {
  const made = everyAlert().map((alert) => [alert, messageOf(alert, { ...CONTEXT, language })] as const);

  it('is complete whatever it is about', () => {
    for (const [alert, message] of made) {
      const text = textOf(message);
      expect(text, JSON.stringify(alert)).not.toMatch(/undefined|NaN|null|\[object/);
      expect(message.lines.every((line) => line.text !== '' && line.label !== '')).toBe(true);
      expect(message.subject).toMatch(/\S \(ml-delay-prediction\)$/);
      expect(message.lines.every(({ text: one }) => !/\s\s|\n|\t/.test(one))).toBe(true);
    }
  });

  it('has at most 4 kB', () => {
    for (const [, message] of made)
      expect(Buffer.byteLength(messageText(message).join('\n'))).toBeLessThan(4096);
  });

  it('is told apart by rule, kind, severity and what was done', () => {
    const subjects = (change: Partial<Alert>[]) =>
      new Set(change.map((one) => messageOf(alertOf(one), { ...CONTEXT, language }).subject)).size;
    expect(subjects(SUBJECTS.map((subject) => ({ subject, kind: 'begun' })))).toBe(SUBJECTS.length);
    expect(subjects(KINDS.map((kind) => ({ kind })))).toBe(KINDS.length);
    expect(subjects(SEVERITIES.map((severity) => ({ severity })))).toBe(SEVERITIES.length);
    expect(subjects(DONE.map((done) => ({ done })))).toBe(DONE.length);
  });

  it('says that bookings are simulated, first of all', () => {
    const { subject, lines } = messageOf(alertOf({ simulated: true }), { ...CONTEXT, language });
    expect(subject).toMatch(/^\[simulat/);
    expect(lines[0]).toMatchObject({ label: null, text: expect.stringMatching(/^Simulat/) });
  });

  it('keeps to a line and to 4 kB whatever its texts hold', () => {
    fc.assert(
      fc.property(hostileText(), hostileText(), hostileText(), (evidence, subject, name) => {
        const alert = alertOf({ evidence, subject, flag: name, value: null });
        const contacts = Array.from({ length: 30 }, () => ({ name, role: evidence }));
        const message = messageOf(alert, { ...CONTEXT, language, contacts });
        for (const text of [message.subject, ...message.lines.map((line) => line.text)]) {
          expect(text).not.toMatch(/\p{C}/u);
        }
        expect(Buffer.byteLength(textOf(message))).toBeLessThan(4096);
      }),
    );
  });
});

describe('a message in French', () => {
  it('holds no English word but names and commands', () => {
    for (const alert of everyAlert()) {
      const message = messageOf({ ...alert, evidence: '' }, { ...CONTEXT, language: 'fr', contacts: [] });
      const french = message.lines
        .filter(({ command }) => !command)
        .map(({ label, text }) => `${label ?? ''} ${text.replace(/ \(\w+\)$/, '')}`);
      const text = [message.subject, ...french].join('\n').replaceAll(/ml-delay-prediction|a_rule\w+/g, '');
      expect(text).not.toMatch(ENGLISH_WORDS);
    }
  });

  it('writes numbers as French readers do', () => {
    const evidence = (change: Partial<Alert>) =>
      messageOf(alertOf(change), { ...CONTEXT, language: 'fr' }).lines.find(
        ({ label }) => label === 'Constat',
      )?.text;
    expect(evidence({})).toBe(
      '42,3\u00A0% des dernières tentatives du modèle ont échoué\u00A0; 30,0\u00A0% au plus sont admis',
    );
    expect(evidence({ subject: 'prediction_time', value: 12_345.6, threshold: 2000 })).toContain(
      '12\u202F346\u00A0ms',
    );
    expect(evidence({ subject: 'improvement', value: -0.031, threshold: 0 })).toContain('−3,1\u00A0%');
  });
});

describe('the lines of a message', () => {
  const lines = (change: Partial<Alert>, context = CONTEXT) =>
    messageText(messageOf(alertOf(change), context));

  it('say what, since when, by what evidence, what was done, and what comes next', () => {
    expect(lines({})).toEqual([
      'What: the model fails too often (failure_rate)',
      'Since: 2026-03-02 08:30 (Europe/Zurich)',
      "Evidence: 42.3 % of the model's recent attempts failed; at most 30.0 % may",
      'Done: the traffic was taken back; the model answers 0 %',
      'Next: atmr-ml analyze-errors',
      'Then: atmr-ml rollout start',
      'Acknowledge: atmr-ml alerts ack failure_rate',
      'Dashboard: https://ops.example/ml-monitoring',
      'Contacts: Zoë Müller (on call)',
    ]);
  });

  it('say what a dry run would have done, and undo nothing', () => {
    const told = lines({ done: { action: 'roll_back', percentage: null, dryRun: true } });
    expect(told).toContain('Done: would have taken the traffic back (dry run)');
    expect(told.join('\n')).not.toContain('rollout start');
  });

  it.each([
    [{ subject: 'prediction_time', done: null }, ['atmr-ml status']],
    [{ subject: 'mae', done: null }, ['atmr-ml analyze-errors']],
    [{ subject: 'miss_rate', done: null }, ['atmr-ml analyze-errors']],
    [{ subject: 'drift', done: null }, ['atmr-ml analyze-errors']],
    [{ subject: 'weather', done: null }, ['atmr-ml weather-check']],
    [{ subject: 'outcomes', done: null }, ['atmr-ml outcomes sync']],
    [{ subject: 'crash', done: null }, ['atmr-ml doctor']],
    [{ subject: 'uptime', done: null }, ['atmr-ml doctor']],
    [{ subject: 'telemetry', done: null }, ['atmr-ml doctor']],
    [
      { subject: 'mae', done: { action: 'hold', percentage: 25, dryRun: false } },
      ['atmr-ml analyze-errors', 'atmr-ml rollout status'],
    ],
    [
      { subject: 'rollout', kind: 'moved', done: { action: 'ready', percentage: 10, dryRun: false } },
      ['atmr-ml rollout advance'],
    ],
    [
      { subject: 'rollout', kind: 'moved', done: { action: 'hold', percentage: 10, dryRun: false } },
      ['atmr-ml rollout status'],
    ],
    [{ subject: 'test', kind: 'test', done: null }, []],
  ] satisfies [Partial<Alert>, string[]][])('name the next command for %j', (change, commands) => {
    const { lines: told } = messageOf(alertOf(change), CONTEXT);
    const next = told.filter(({ command, label }) => command && label !== 'Acknowledge');
    expect(next.map(({ text }) => text)).toEqual(commands);
  });

  it('make no command of a name that nobody knows', () => {
    const { lines: told } = messageOf(
      alertOf({ subject: 'x; rm -rf /', kind: 'begun', done: null }),
      CONTEXT,
    );
    expect(told.filter(({ command }) => command).map(({ text }) => text)).toEqual(['atmr-ml status']);
  });

  it('fall back on the own sentence of the guard where there is no number', () => {
    const told = lines({ value: null, evidence: 'lost without a stop: vm-1' });
    expect(told).toContain('Evidence: lost without a stop: vm-1');
    expect(lines({ value: Number.NaN, evidence: 'x' })).toContain('Evidence: x');
  });

  it('say how long what is over has lasted', () => {
    expect(lines({ kind: 'recovered', done: null })).toContain(
      'Lasted: from 2026-03-02 08:30 to 2026-03-02 08:32 (Europe/Zurich)',
    );
  });

  it('list the items of a digest, oldest first', () => {
    const items = [
      alertOf({
        subject: 'weather',
        kind: 'begun',
        severity: 'notice',
        value: 0.21,
        threshold: 0.1,
        done: null,
      }),
      alertOf({
        subject: 'ineligible',
        kind: 'begun',
        severity: 'notice',
        value: null,
        evidence: '',
        done: null,
      }),
    ];
    const digest = alertOf({ subject: 'digest', kind: 'digest', severity: 'notice', done: null, items });
    const message = messageOf(digest, CONTEXT);
    expect(message.subject).toBe('2 notices (ml-delay-prediction)');
    expect(messageText(message).slice(0, 3)).toEqual([
      "2026-03-02 08:32: Notice: the weather is missing – 21.0 % of the last hour's answers had to do without the weather; up to 10.0 % is usual",
      '2026-03-02 08:32: Notice: too many bookings lack what the model needs',
      'Times: Europe/Zurich',
    ]);
  });

  it('keep logins and tokens of the dashboard to themselves', () => {
    const told = lines(
      {},
      { ...CONTEXT, dashboardUrl: 'https://me:secret@ops.example/ml?token=secret#secret' },
    );
    expect(told).toContain('Dashboard: https://ops.example/ml');
    expect(lines({}, { ...CONTEXT, dashboardUrl: 'no address' }).join()).not.toContain('Dashboard');
  });
});

describe('a text of somebody else', () => {
  it.each([
    ['postgres://me:p@ss/w@db.example:5432/x?password=y is away', 'postgres://db.example:5432 is away'],
    ['postgres://me:pass@db.example:5432/x is away', 'postgres://db.example:5432 is away'],
    ['write to ana@example.com now', 'write to … now'],
    ['one\r\ntwo\u001b[31m three', 'one two [31m three'],
  ])('%j', (text, expected) => {
    expect(outsidersText(text, 400)).toBe(expected);
  });
});
