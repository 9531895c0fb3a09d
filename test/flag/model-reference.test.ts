import { describe, expect, it } from 'vitest';
import { type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import type { Instance } from '../../src/flag/instances.js';
import {
  modelChangeText,
  modelText,
  otherModelWarnings,
  runsAnother,
} from '../../src/flag/model-reference.js';

const spring = { name: 'spring', version: '7', sha256: '0e80b3eb'.padEnd(64, '0') };
const renamed = { ...spring, name: 'may', version: '8' };
const retrained = { ...spring, sha256: 'beefcafe'.padEnd(64, '0') };

describe('another model', () => {
  it.each([
    ['one of another hash, whatever it is called', retrained, spring, true],
    ['not the same under another name', renamed, spring, false],
    ['not the one that is named', spring, spring, false],
    ['not none', null, spring, false],
    ['not any where the flag names none', spring, null, false],
    ['not none where the flag names none', null, null, false],
  ])('is %s', (_what, runs, named, isAnother) => expect(runsAnother(runs, named)).toBe(isAnother));
});

describe('a model', () => {
  it('is told by name, version and the start of its hash', () => {
    expect(modelText(spring)).toBe('spring 7 (0e80b3eb)');
  });
});

describe('a change of the model', () => {
  const flag: Flag = { ...unwrittenFlag('k'), revision: 1, changeId: 'c', clears: [] };
  const of = (model: Flag['model']): Flag => ({ ...flag, model });

  it.each([
    ['a first one', of(null), of(spring), 'model: none → spring 7 (0e80b3eb)'],
    ['one of a flag that nobody had written', null, of(spring), 'model: none → spring 7 (0e80b3eb)'],
    ['another one', of(spring), of(retrained), 'model: spring 7 (0e80b3eb) → spring 7 (beefcafe)'],
    ['none any more', of(spring), of(null), 'model: spring 7 (0e80b3eb) → none'],
    ['the same one', of(spring), of(spring), null],
    ['the same one under another name', of(spring), of(renamed), null],
    ['none as before', of(null), of(null), null],
    ['none of a new flag', null, of(null), null],
    ['what the record does not have yet', of(spring), null, null],
  ])('is told: %s', (_what, before, after, text) => expect(modelChangeText({ before, after })).toBe(text));
});

describe('instances that run another model than the flag names', () => {
  const instance: Instance = {
    ...{ instance: 'host-1:7', host: 'host-1', pid: 7, url: null, revision: 7, changeId: 'c7', off: [] },
    ...{ model: retrained, seenAgoMs: 0, live: true, confirmed: true },
  };

  it('are named, those that live alone, with both models and what follows', () => {
    const instances = [
      { ...instance, instance: 'right', model: spring },
      instance,
      { ...instance, instance: 'lost', live: false },
      { ...instance, instance: 'without a model', model: null },
    ];
    const text =
      'host-1:7 on host-1 runs spring 7 (beefcafe), the flag names spring 7 (0e80b3eb): it answers control until it runs that.';
    expect(otherModelWarnings(spring, instances)).toEqual([{ code: 'MODEL_MISSING', text }]);
  });

  it('are none where the flag names no model', () => {
    expect(otherModelWarnings(null, [instance])).toEqual([]);
  });
});
