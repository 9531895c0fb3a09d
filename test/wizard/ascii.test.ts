import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sparkline } from '../../src/render/sparkline.js';
import { asAscii } from '../../src/wizard/ascii.js';
import { ENGLISH } from '../../src/wizard/english.js';
import { FRENCH } from '../../src/wizard/french.js';

describe('a terminal without Unicode', () => {
  it('gets ASCII, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => /^\p{ASCII}*$/u.test(asAscii(text))));
    expect(asAscii('« l’étape » : 10 → 25 %')).toBe('" l\'etape " : 10 -> 25 %');
  });

  it.each([
    ['English', ENGLISH],
    ['French', FRENCH],
  ])('loses no letter of the %s words', (_, words) => {
    const texts = Object.values(words).flatMap((word) =>
      typeof word === 'string' ? [word] : typeof word === 'object' ? Object.values(word).map(String) : [],
    );
    expect(texts.filter((text) => !text.includes('?') && asAscii(text).includes('?'))).toEqual([]);
  });
});

describe('a sparkline', () => {
  it('goes from the least to the most, with a gap where nothing is known', () => {
    expect(sparkline([1, null, 4, 8], true)).toBe('▁ ▄█');
    expect(sparkline([1, null, 4, 8], false)).toBe('_ -#');
    expect(sparkline([3, 3], true)).toBe('▁▁');
    expect(sparkline([], true)).toBe('');
  });
});
