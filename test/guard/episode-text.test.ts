import { afterEach, describe, expect, it } from 'vitest';
import { episodeText } from '../../src/guard/episode-text.js';
import { speak } from '../../src/wording/language.js';

const kept = { rule: 'failure_rate', value: 0.42, threshold: 0.3, text: '42.0 % of the attempts failed' };

describe('what an episode was about', () => {
  afterEach(() => speak('en'));

  it('is told as it was kept', () => expect(episodeText(kept)).toBe(kept.text));

  it('is told in French by the numbers that were kept with it', async () => {
    await speak('fr');
    expect(episodeText(kept)).toContain('42,0\u00A0% des dernières tentatives du modèle ont échoué');
  });

  it('is told as it was kept where no number tells it', async () => {
    await speak('fr');
    expect(episodeText({ ...kept, rule: 'lost_instance', value: null })).toBe(kept.text);
  });
});
