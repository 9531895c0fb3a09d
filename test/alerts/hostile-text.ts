import fc from 'fast-check';

const PIECES = [
  ...['\r\n', '\n', '\r', '\t', '\0', '\u001b[31m', '\u202e', '\u2028', '\ud800', '<!channel>', '<@U123>'],
  ...['<https://evil.example|click>', '|', '`', '```', '*', '_', '~', '&', '&amp;', '<', '>', '"', "'", ','],
  ...['\r\nBcc: evil@example.com', '\n.\n', '</td><script>alert(1)</script>', '%0d%0a', '{{x}}', '😀', 'é'],
  ...['x'.repeat(5000), '<'.repeat(4000), '', ' '],
];

/** Texts that end a line, call a channel, close a tag or are simply too long. */
export function hostileText(): fc.Arbitrary<string> {
  const piece = fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 20 }));
  return fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
}
