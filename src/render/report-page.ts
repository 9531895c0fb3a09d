import { currentLanguage } from '../wording/language.js';
import { t } from '../wording/t.js';
import { html, type Markup, NO_MARKUP } from './html.js';
import { type Figure, figureHtml, type Tone } from './plot/figure.js';
import { REPORT_STYLE } from './report-style.js';

/** A report that stands in one file: no script, nothing to be fetched, nothing that could be. */
export interface ReportPage {
  /** What kind of report it is, for the window and the head. */
  readonly title: string;
  /** What nobody may overlook, such as that the bookings are simulated; one sentence each. */
  readonly banners: readonly string[];
  readonly verdict: {
    readonly tone: Tone;
    readonly headline: string;
    readonly sentence: string;
    /** In small letters below it. */
    readonly note?: string;
  };
  /** What it is about: the model, the bookings, the period, the seed. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly sections: readonly ReportSection[];
  /** How it was made. */
  readonly footer: string;
  /** What the frame says; in the language of now where it is absent. */
  readonly frame?: FrameWords;
}

export interface FrameWords {
  /** BCP 47. */
  readonly language: string;
  /** Names the banners. */
  readonly banners: string;
  /** Unfolds the numbers of a figure, whose title follows for who cannot see it. */
  readonly numbers: string;
  readonly numbersOf: (title: string) => string;
}

const frameWords = (): FrameWords => ({
  language: currentLanguage(),
  banners: t`Before you read this`,
  numbers: t`Numbers`,
  numbersOf: (title) => t` of: ${title}`,
});

export interface ReportSection {
  /** Unique on the page; where a link leads. */
  readonly id: string;
  readonly heading: string;
  readonly intro: string | Markup;
  /** Tables and the like, above the figures. */
  readonly content: readonly Markup[];
  readonly figures: readonly Figure[];
}

/** Forbids what the page does not need, should it ever hold what it must not. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The page as the text of an HTML file. */
export function reportPage(page: ReportPage): string {
  const { title, banners, verdict, facts, sections, footer, frame = frameWords() } = page;
  const { tone, headline, sentence, note = '' } = verdict;
  return html`<!doctype html>
<html lang="${frame.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="color-scheme" content="light dark">
<title>${t`${title}: ${headline}`}</title>
<style>${{ markup: `${REPORT_STYLE}${marginStyle(title)}` }}</style>
</head>
<body>
${bannersHtml(banners, frame)}<header>
<h1>${title}</h1>
<p class="verdict tone-${tone}">${headline}</p>
<p class="sentence">${sentence}</p>
${
  note === ''
    ? NO_MARKUP
    : html`<p class="small">${note}</p>
`
}<dl class="facts">${facts.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
</header>
<main>
${sections.map((section) => sectionHtml(section, frame))}</main>
<footer><p>${footer}</p></footer>
</body>
</html>
`.markup;
}

/** The words of a result in its colour. */
export function badge(tone: Tone, text: string): Markup {
  return html`<span class="badge tone-${tone}">${text}</span>`;
}

function bannersHtml(banners: readonly string[], frame: FrameWords): Markup {
  if (banners.length === 0) return html``;
  return html`<aside class="banners" aria-label="${frame.banners}">${banners.map((text) => html`<p>${text}</p>`)}</aside>
`;
}

function sectionHtml({ id, heading, intro, content, figures }: ReportSection, frame: FrameWords): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${heading}</h2>
<p class="intro">${intro}</p>
${content}<div class="plots">${figures.map((figure) => figureHtml(figure, frame))}</div>
</section>
`;
}

/** On paper every page says of which report it is. Whatever is no letter or digit is escaped, so that nothing ends the text. */
function marginStyle(title: string): string {
  const text = title.replace(/[^A-Za-z0-9 ]/gu, (mark) => `\\${mark.codePointAt(0)!.toString(16)} `);
  return `@page{@top-left{content:"${text}"}@bottom-right{content:counter(page) " / " counter(pages)}}
`;
}
