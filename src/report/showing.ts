import { evidenceOf } from '../alerts/messages/evidence.js';
import { isTopic } from '../alerts/messages/topics.js';
import { type Formats, formatsOf } from '../wording/formats.js';
import type { Language } from '../wording/language.js';
import { ENGLISH } from './english.js';
import { FRENCH } from './french.js';
import type { Incident } from './report.js';
import type { ReportWords } from './words.js';

/** How a report is shown: in which language, on whose clocks. */
export interface Showing {
  readonly language: Language;
  readonly words: ReportWords;
  readonly formats: Formats;
  /** What an incident is about, and what was seen. */
  topic(incident: Incident): string;
  found(incident: Incident): string;
  /** `16 March 2026`, of a local date. */
  date(day: string): string;
  /** The same with the time, of an instant. */
  moment(at: string): string;
}

const WORDS: Readonly<Record<Language, ReportWords>> = { en: ENGLISH, fr: FRENCH };
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-CH' };
const DATE = { day: 'numeric', month: 'long', year: 'numeric' } as const;

export function showingIn(language: Language, timeZone: string): Showing {
  const words = WORDS[language];
  const day = new Intl.DateTimeFormat(LOCALES[language], { ...DATE, timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(LOCALES[language], {
    ...{ ...DATE, hour: '2-digit', minute: '2-digit', timeZone },
  });
  return {
    ...{ language, words, formats: formatsOf(language, timeZone) },
    topic: ({ rule }) => (isTopic(rule) ? words.alerts.topics[rule] : words.alerts.unknownTopic(rule)),
    found: ({ rule, value, threshold, text }) =>
      evidenceOf({ subject: rule, value, threshold, evidence: text }, words.alerts) ?? text,
    date: (date) => day.format(new Date(date)),
    moment: (at) => moment.format(new Date(at)),
  };
}
