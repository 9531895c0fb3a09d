import { afterEach, describe, expect, it } from 'vitest';
import type { ChainFault } from '../../src/flag/audit.js';
import { faultSaid } from '../../src/flag/chain-fault.js';
import { speak } from '../../src/wording/language.js';

const FAULTS = Object.keys({
  'the row does not match its hash': true,
  'the row before it is missing or was replaced': true,
  'its revision is not above the one before': true,
  'what it says was before is not what the row before left': true,
  'the flag is not what the newest row left': true,
} satisfies Record<ChainFault, true>) as ChainFault[];

describe('a fault of the chain', () => {
  afterEach(() => speak('en'));

  it.each(FAULTS)('is told by its name: %s', (fault) => expect(faultSaid(fault)).toBe(fault));

  it('is told in French, each by another sentence', async () => {
    await speak('fr');
    const told = FAULTS.map(faultSaid);
    expect(new Set([...told, ...FAULTS]).size).toBe(2 * FAULTS.length);
  });
});
