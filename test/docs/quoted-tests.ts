import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** A test as a page quotes it. */
export interface QuotedTest {
  readonly file: string;
  readonly title: string;
}

/** The tests that a text quotes: a file in a code span, and a title in quotation marks after it. */
export function quotedTests(text: string): QuotedTest[] {
  const quotes = text.matchAll(/`(test\/[^`]+\.test\.ts)` “([^”]+)”/g);
  return [...quotes].map(([, file = '', title = '']) => ({ file, title }));
}

/** Expects each of these to be the title of a test, or of a group of them, in its file. */
export function expectTests(quoted: readonly QuotedTest[]): void {
  for (const { file, title } of quoted) {
    const text = readFileSync(file, 'utf8').replace(/\(\s+/g, '(');
    const isThere = ["'", '"', '`'].some((mark) => text.includes(`(${mark}${title}${mark}`));
    expect(isThere, `${file}: ${title}`).toBe(true);
  }
}
