import { describe, expect, test } from 'vitest';
import { fitted } from '../../src/render/fitted.js';

describe('a text for a terminal of 40 columns', () => {
  test.each([
    ['a line that fits', 'It holds.', 'It holds.'],
    [
      'a sentence goes on with an indent',
      'error: There is no model nosuch in the folder. Copy it there.',
      'error: There is no model nosuch in the\n  folder. Copy it there.',
    ],
    [
      'a text beside its label stays beside it',
      '✔ sqlite   SQLite at /srv/atmr-ml.db, and sound',
      '✔ sqlite   SQLite at /srv/atmr-ml.db,\n           and sound',
    ],
    [
      'a column far to the right is no label',
      'the longest of all the names there are  and its value',
      'the longest of all the names there are\n  and its value',
    ],
    [
      'a command in a sentence stays together',
      'No rollout was started. Run now `atmr-ml rollout start`.',
      'No rollout was started. Run now\n  `atmr-ml rollout start`.',
    ],
    [
      'a command of its own is there to be copied',
      '  atmr-ml ab-test --source rides.csv --model spring.onnx',
      '  atmr-ml ab-test --source rides.csv --model spring.onnx',
    ],
    [
      'a word without spaces stays whole',
      'More: file:///home/ana/atmr-ml/docs/errors.md#bad_config',
      'More:\n  file:///home/ana/atmr-ml/docs/errors.md#bad_config',
    ],
    [
      'an interval stays together',
      'foreseen  the model said so, [1.7 %, 5.3 %]',
      'foreseen  the model said so,\n          [1.7 %, 5.3 %]',
    ],
    [
      'a number keeps its sign',
      'the share of the late rides is now 12.5 % of all',
      'the share of the late rides is now\n  12.5 % of all',
    ],
    [
      'colours take no room',
      '\u001B[31mone two three four five six seven eight\u001B[39m',
      '\u001B[31mone two three four five six seven eight\u001B[39m',
    ],
    [
      'a document stays what it is',
      '{"error": "a sentence that is longer than the terminal is wide"}',
      '{"error": "a sentence that is longer than the terminal is wide"}',
    ],
    [
      'a French sign stays with its word',
      'avertissement : le modèle a été entraîné\u00A0: oui',
      'avertissement : le modèle a été\n  entraîné\u00A0: oui',
    ],
  ])('%s', (_, text, expected) => {
    expect(fitted(text, 40)).toBe(expected);
  });

  test('nothing is broken where no width is known', () => {
    const text = 'a sentence that is longer than the terminal is wide';
    expect(fitted(text, Number.POSITIVE_INFINITY)).toBe(text);
  });
});
