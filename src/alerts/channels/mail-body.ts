import { html, type Markup } from '../../render/html.js';
import type { Message, MessageLine } from '../channel.js';
import { messageText } from '../messages/message-text.js';

/** The text of an e-mail, for readers and programs that want no markup. */
export function mailText(message: Message): string {
  return `${[message.subject, '', ...messageText(message)].join('\n')}\n`;
}

/** The same as simple HTML; nothing is loaded from anywhere. */
export function mailHtml({ subject, lines, language = 'en' }: Message): string {
  const page = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${subject}</title></head>
<body><p><b>${subject}</b></p>
<table cellpadding="4">
${lines.map(row)}</table></body></html>
`;
  return page.markup;
}

function row(line: MessageLine): Markup {
  if (line.label === null) return html`<tr><td colspan="2"><b>${line.text}</b></td></tr>\n`;
  return html`<tr><td valign="top">${line.label}</td><td>${content(line)}</td></tr>\n`;
}

function content({ text, command }: MessageLine): Markup {
  if (command) return html`<code>${text}</code>`;
  return /^https?:\/\/\S+$/.test(text) ? html`<a href="${text}">${text}</a>` : html`${text}`;
}
