import type { Catalogue } from '../language.js';

export const ANALYSIS: Catalogue = {
  // analysis/calibration.ts
  'the model has no interval': 'le modèle n’a pas d’intervalle',
  '{0} of at least {1} bookings with an interval': '{0} réservations avec intervalle sur {1} au moins',
  // analysis/causes/change-causes.ts
  'Rides no longer go as the model learned: the heuristic is nearer{0}.':
    'Les courses ne se passent plus comme le modèle l’a appris\u00A0: l’heuristique est plus proche{0}.',
  '|model error| − |heuristic error|': '|erreur du modèle| − |erreur de l’heuristique|',
  before: 'avant',
  'chance without a difference': 'hasard sans différence',
  'Rides come later than predicted{0}, with {1} times the bookings a day.':
    'Les courses arrivent plus tard que prédit{0}, avec {1} fois le nombre de réservations par jour.',
  'bookings then': 'réservations alors',
  'on the other days': 'les autres jours',
  'predicted − actual then': 'prédit − réel alors',
  'chance without a change': 'hasard sans changement',
  'Rides come later than predicted{0}, and nothing recorded tells why.':
    'Les courses arrivent plus tard que prédit{0}, et rien de ce qui est enregistré ne dit pourquoi.',
  'Rides come earlier than predicted{0}, and nothing recorded tells why.':
    'Les courses arrivent plus tôt que prédit{0}, et rien de ce qui est enregistré ne dit pourquoi.',
  'predicted − actual': 'prédit − réel',
  'chance without it': 'hasard sans cela',
  // analysis/causes/group-causes.ts
  'New drivers come later than their experience lets the model expect.':
    'Les nouveaux chauffeurs arrivent plus tard que leur expérience ne le laisse prévoir au modèle.',
  'New drivers come earlier than their experience lets the model expect.':
    'Les nouveaux chauffeurs arrivent plus tôt que leur expérience ne le laisse prévoir au modèle.',
  'drivers who began with at most {0} rides': 'chauffeurs ayant débuté avec {0} courses au plus',
  'their share of the bookings': 'leur part des réservations',
  'predicted − actual, theirs': 'prédit − réel, les leurs',
  'of the other drivers': 'des autres chauffeurs',
  'The model is off in weather that training hardly saw.':
    'Le modèle se trompe par une météo que l’entraînement n’a guère vue.',
  'bookings with a weather factor above {0}': 'réservations avec un facteur météo au-dessus de {0}',
  'on days': 'en jours',
  'predicted − actual in it': 'prédit − réel par ce temps',
  otherwise: 'sinon',
  'The model is off, in weather that training hardly saw.':
    'Le modèle se trompe, par une météo que l’entraînement n’a guère vue.',
  'share of bookings in it': 'part des réservations par ce temps',
  'chance without a bias': 'hasard sans biais',
  // analysis/causes/input-causes.ts
  'The model failed on {0} of the attempts.': 'Le modèle a échoué sur {0} des essais.',
  'Inputs are faulty: {0} of {1} of the bookings lie outside all that training saw.':
    'Des entrées sont fausses\u00A0: {0}, pour {1} des réservations, sont hors de tout ce que l’entraînement a vu.',
  'mean error of these': 'erreur moyenne de celles-ci',
  'mean error of all others': 'erreur moyenne de toutes les autres',
  '{0} of the bookings had no weather.': '{0} des réservations étaient sans météo.',
  '{0} of the bookings had no distance.': '{0} des réservations étaient sans distance.',
  '{0} of the bookings lacked an input the model needs.':
    'Il manquait à {0} des réservations une entrée dont le modèle a besoin.',
  'bookings concerned': 'réservations concernées',
  of: 'sur',
  'allowed share': 'part admise',
  // analysis/causes/stretch.ts
  ' since {0}': ' depuis le {0}',
  ' from {0} to {1}': ' du {0} au {1}',
  // analysis/causes/weakness-causes.ts
  'The model is weak where {0}.': 'Le modèle est faible là où {0}.',
  'bookings it was tested on': 'réservations sur lesquelles il a été vérifié',
  'mean error': 'erreur moyenne',
  'expected of such bookings': 'attendu de telles réservations',
  'The intervals are too narrow: outcomes fall outside of them more often than promised.':
    'Les intervalles sont trop étroits\u00A0: les résultats en sortent plus souvent que promis.',
  'outcomes inside': 'résultats à l’intérieur',
  promised: 'promis',
  'Bookings are not what they were: {0}. The errors do not show it yet.':
    'Les réservations ne sont plus ce qu’elles étaient\u00A0: {0}. Les erreurs ne le montrent pas encore.',
  'stability index of {0}': 'indice de stabilité de {0}',
  'chance stays below': 'le hasard reste au-dessous de',
  'chance without drift': 'hasard sans dérive',
  // analysis/conditions.ts
  '{0} unknown': '{0} inconnu',
  // analysis/demand.ts
  '{0} days inside and {1} outside, {2} of each needed':
    '{0} jours dedans et {1} dehors, il en faut {2} de chaque',
  'no weekday lies both inside and outside': 'aucun jour de semaine n’est à la fois dedans et dehors',
  'too few days for their weekdays': 'trop peu de jours pour leurs jours de semaine',
  // analysis/document.ts
  'a change over time': 'un changement dans le temps',
  'new drivers': 'les nouveaux chauffeurs',
  'severe weather': 'le mauvais temps',
  'intervals and confidence': 'intervalles et confiance',
  'drift: the model has no profile of what it learned from':
    'dérive\u00A0: le modèle n’a pas de profil de ce dont il a appris',
  // analysis/new-drivers.ts
  'fewer than {0} new drivers, or as many others, are known':
    'moins de {0} nouveaux chauffeurs, ou d’autres, sont connus',
  // analysis/weather-contrast.ts
  'too few in it; bookings: {0}, days: {1}':
    'trop peu par ce temps\u00A0; réservations\u00A0: {0}, jours\u00A0: {1}',
  // error-analysis/analyze-errors.ts
  analysing: 'analyse',
  // error-analysis/read-scored.ts
  'the ledger of predictions': 'le registre des prédictions',
  'There is no ledger in {0}: nothing was predicted and recorded there yet. Start `atmr-ml serve`, set ATMR_ML_HOME, or name a file.':
    'Il n’y a pas de registre dans {0}\u00A0: rien n’y a encore été prédit et enregistré. Lancez `atmr-ml serve`, définissez ATMR_ML_HOME, ou nommez un fichier.',
  // error-analysis/request.ts
  '--csv and --report are both {0}. Give each a file of its own.':
    '--csv et --report valent tous deux {0}. Donnez à chacun son propre fichier.',
  '--since is "{0}"; expected 24h, 7d or a day such as 2026-03-02.':
    '--since vaut «\u00A0{0}\u00A0»\u00A0; attendu\u00A0: 24h, 7d ou un jour tel que 2026-03-02.',
  '--baseline is "{0}"; expected two local days such as 2026-07-01..2026-07-31.':
    '--baseline vaut «\u00A0{0}\u00A0»\u00A0; attendu\u00A0: deux jours locaux tels que 2026-07-01..2026-07-31.',
  '--baseline is "{0}", which ends before it begins. Exchange the days.':
    '--baseline vaut «\u00A0{0}\u00A0», qui finit avant de commencer. Échangez les jours.',
};
