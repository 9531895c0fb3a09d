import { t } from '../wording/t.js';
import { html } from './html.js';

/** What the page is told before it asks for anything. */
export interface DashboardShell {
  readonly flagKey: string;
  readonly timeZone: string;
  /** Whether changes may be asked for: freely, with a token, or not from there. */
  readonly write: 'open' | 'token' | 'closed';
  /** Addresses of what it loads; they change with their content. */
  readonly script: string;
  readonly styles: readonly string[];
}

/** The page of `/ml-monitoring` before its script draws it: one file, nothing of anybody in it. */
export function dashboardShell({ flagKey, timeZone, write, script, styles }: DashboardShell): string {
  const { markup } = html`<html lang="en"><head><meta charset="utf-8"><title>ML monitoring</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${ICON}">
${styles.map((address) => html`<link rel="stylesheet" href="${address}">`)}
<script type="module" src="${script}"></script></head>
<body><div id="page" data-flag="${flagKey}" data-zone="${timeZone}" data-write="${write}"></div>
<noscript><p>${t`This page needs scripts. Without them:`} <a href="/api/ml-monitoring/summary">${t`the figures as JSON`}</a>${t`, or atmr-ml status in a terminal.`}</p></noscript></body></html>
`;
  return `<!doctype html>\n${markup}`;
}

/** A line that goes down, and a dot. */
const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b5fb0"/><path d="M6 10l7 5 6-2 7 9" fill="none" stroke="#fff" stroke-width="3"/><circle cx="26" cy="22" r="3" fill="#fff"/></svg>',
)}`;
