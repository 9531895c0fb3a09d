import { expect, it } from 'vitest';
import { learnLanguages, speakingTo } from '../../src/wording/language.js';
import { NO_REASON, whySaid } from '../../src/wording/why-said.js';

it('says in the language of whoever is told that nobody gave a reason, and leaves what somebody wrote', async () => {
  await learnLanguages();
  const inFrench = (text: string) => speakingTo('fr', () => whySaid(text));
  expect(inFrench(`zoe: ${NO_REASON}`)).toBe('zoe\u00A0: aucune raison donnée');
  expect(inFrench('zoe: complaints')).toBe('zoe: complaints');
});
