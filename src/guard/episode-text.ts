import { evidenceOf } from '../alerts/messages/evidence.js';
import { FRENCH } from '../alerts/messages/french.js';
import { currentLanguage } from '../wording/language.js';
import type { Episode } from './guard-store.js';

/** What a remembered episode was about. It is kept in English; to others the numbers that were kept with it tell the same. */
export function episodeText(episode: Pick<Episode, 'rule' | 'value' | 'threshold' | 'text'>): string {
  if (currentLanguage() === 'en') return episode.text;
  const { rule: subject, value, threshold, text: evidence } = episode;
  return evidenceOf({ subject, value, threshold, evidence }, FRENCH) ?? evidence;
}
