import type { Message, MessageLine } from '../channel.js';

/** The lines of a message as plain text: a line each, commands among them. */
export function messageText(message: Message): string[] {
  return message.lines.map((line) => lineText(line, message));
}

function lineText({ label, text }: MessageLine, { language }: Message): string {
  if (label === null) return text;
  return `${label}${language === 'fr' ? '\u00A0:' : ':'} ${text}`;
}
