import type { Catalogue } from '../language.js';

export const RENDER_REPORTS: Catalogue = {
  // render/ab-test-figures.ts
  Errors: 'Erreurs',
  'Predicted minus actual, minutes: right of zero too late was predicted, left of it too early. {0}':
    'Prédit moins réel, en minutes\u00A0: à droite de zéro, trop tard a été prédit, à gauche, trop tôt. {0}',
  '{0} of the {1}’s': '{0} ({1})',
  'predicted − actual, min': 'prédit − réel, min',
  'share of bookings': 'part des réservations',
  minutes: 'minutes',
  'Paired differences': 'Différences appariées',
  'How much larger the model’s error is than the other’s on the same booking: left of zero the model is better. {0}':
    'De combien l’erreur du modèle dépasse celle de l’autre sur la même réservation\u00A0: à gauche de zéro, le modèle est meilleur. {0}',
  '{0} of the bookings': '{0} des réservations',
  '|model error| − |other error|, min': '|erreur du modèle| − |erreur de l’autre|, min',
  share: 'part',
  'Not drawn, farther out: {0}.': 'Non dessiné, plus loin\u00A0: {0}.',
  'Predicted and actual delay': 'Retard prédit et réel',
  'Each dot is about a tenth of the bookings, those with similar predictions, with the 95 % interval of their mean delay. On the dotted line a prediction is right on average.':
    'Chaque point est environ un dixième des réservations, celles dont les prédictions se ressemblent, avec l’intervalle à 95\u00A0% de leur retard moyen. Sur la ligne pointillée, une prédiction est juste en moyenne.',
  arm: 'branche',
  predicted: 'prédit',
  actual: 'réel',
  lower: 'bas',
  upper: 'haut',
  'Difference by day': 'Différence par jour',
  'Dots are the mean difference of single days; the line is the mean of all days so far, in its 95 % confidence sequence, which may be read after any day. Below zero the model is better.':
    'Les points sont la différence moyenne de chaque jour\u00A0; la ligne est la moyenne de tous les jours jusque-là, dans sa séquence de confiance à 95\u00A0%, qu’on peut lire après n’importe quel jour. Sous zéro, le modèle est meilleur.',
  'mean of the days so far': 'moyenne des jours jusque-là',
  'difference, min': 'différence, min',
  difference: 'différence',
  'so far': 'jusque-là',
  'Improvement by segment': 'Amélioration par segment',
  'A dot and its 95 % interval for each part of the bookings, with their number; left of zero the model is better. Green and red are proven after adjusting for the number of segments; grey is not enough data.':
    'Un point et son intervalle à 95\u00A0% pour chaque partie des réservations, avec leur nombre\u00A0; à gauche de zéro, le modèle est meilleur. Vert et rouge sont prouvés après ajustement au nombre de segments\u00A0; gris\u00A0: données insuffisantes.',
  // render/ab-test-markdown.ts
  '{0}: {1}, model against {2}': '{0}\u00A0: {1}, modèle contre {2}',
  '**Note:** {0}': '**Note\u00A0:** {0}',
  '**Improvement {0}**, difference {1} min (95 %, {2}).':
    '**Amélioration {0}**, différence {1} min (95\u00A0%, {2}).',
  Segments: 'Segments',
  'Results are on p-values adjusted by Holm for all segments.':
    'Les résultats reposent sur des valeurs p ajustées selon Holm pour tous les segments.',
  'Model {0} (`{1}`), bookings of {2}, {3}, seed {4}. {5}. {6}':
    'Modèle {0} (`{1}`), réservations\u00A0: {2}, {3}, graine {4}. {5}. {6}',
  // render/ab-test-page.ts
  'Replay of {0}: model against {1}': 'Rejeu de {0}\u00A0: modèle contre {1}',
  '{0}. {1} Made by atmr-ml ab-test with seed {2}; the same bookings and seed give the same report, but for prediction times.':
    '{0}. {1} Fait par atmr-ml ab-test avec la graine {2}\u00A0; les mêmes réservations et la même graine donnent le même rapport, sauf les temps de prédiction.',
  'Its mean absolute error is {0} below the heuristic’s (95 % interval {1}). {2}':
    'Son erreur absolue moyenne est de {0} au-dessous de celle de l’heuristique (intervalle à 95\u00A0%\u00A0: {1}). {2}',
  'Its mean absolute error is {0} above the heuristic’s (95 % interval {1}). {2}':
    'Son erreur absolue moyenne est de {0} au-dessus de celle de l’heuristique (intervalle à 95\u00A0%\u00A0: {1}). {2}',
  'Its mean absolute error is {0} below that of {1} (95 % interval {2}). {3}':
    'Son erreur absolue moyenne est de {0} au-dessous de celle de {1} (intervalle à 95\u00A0%\u00A0: {2}). {3}',
  'Its mean absolute error is {0} above that of {1} (95 % interval {2}). {3}':
    'Son erreur absolue moyenne est de {0} au-dessus de celle de {1} (intervalle à 95\u00A0%\u00A0: {2}). {3}',
  Model: 'Modèle',
  Against: 'Contre',
  Source: 'Source',
  Period: 'Période',
  'Bookings scored': 'Réservations évaluées',
  'Outcomes known': 'Résultats connus',
  Seed: 'Graine',
  'Prediction time, p95': 'Temps de prédiction, p95',
  '{0} ms of {1}': '{0} ms sur {1}',
  Gates: 'Critères',
  'Each is decided on its own one-sided 95 % bounds: it passes when the whole range meets the target, and fails when none of it does. “Point” is what the bare number says; “needs” is about how many bookings would decide it.':
    'Chacun est tranché sur ses propres bornes unilatérales à 95\u00A0%\u00A0: il est atteint quand toute la plage remplit la cible, et en échec quand rien d’elle ne la remplit. «\u00A0Point\u00A0» est ce que dit le nombre seul\u00A0; «\u00A0manque\u00A0» est le nombre approximatif de réservations qui trancherait.',
  'Intervals are 95 %; {0}.': 'Les intervalles sont à 95\u00A0%\u00A0; {0}.',
  'Mean difference {0} min [{1}, {2}].': 'Différence moyenne {0} min [{1}; {2}].',
  'Both arms on the same bookings': 'Les deux branches sur les mêmes réservations',
  'Too few bookings for an interval.': 'Trop peu de réservations pour un intervalle.',
  'Scores of both arms': 'Scores des deux branches',
  'Calibration, and the days': 'Calibration, et les jours',
  'Are predicted delays those that come, and did the gain hold from day to day? One mean a day enters the sequence, because bookings of a day share its weather and traffic; days count alike in it, so it may differ a little from the mean over bookings.':
    'Les retards prédits sont-ils ceux qui viennent, et le gain a-t-il tenu de jour en jour\u00A0? Une moyenne par jour entre dans la séquence, car les réservations d’un jour ont la même météo et le même trafic\u00A0; les jours y comptent autant l’un que l’autre, elle peut donc différer un peu de la moyenne sur les réservations.',
  'Results are on p-values adjusted by Holm for all segments together, so that one in twenty reports at most names a difference where there is none. Segments of fewer than 20 bookings are not judged.':
    'Les résultats reposent sur des valeurs p ajustées selon Holm pour tous les segments ensemble\u00A0: au plus un rapport sur vingt nomme une différence là où il n’y en a pas. Les segments de moins de 20 réservations ne sont pas jugés.',
  'There is nothing to compare: no part of the bookings, such as those of an hour, has the 20 that an interval takes.':
    'Il n’y a rien à comparer\u00A0: aucune partie des réservations, telle que celles d’une heure, n’a les 20 que demande un intervalle.',
  // render/error-evidence.ts
  'the bookings are those that come with the package': 'les réservations sont celles fournies avec le paquet',
  'Not enough data': 'Données insuffisantes',
  'Likely cause: {0}': 'Cause probable\u00A0: {0}',
  'Nothing found': 'Rien trouvé',
  '{0} that the model had not seen; {1} are needed.':
    '{0} hors de l’entraînement du modèle\u00A0; il en faut {1}.',
  more: 'de plus',
  'No cause of errors stands out beyond what chance gives in one of twenty analyses of a healthy model.':
    'Aucune cause d’erreurs ne ressort au-delà de ce que le hasard donne dans une analyse sur vingt d’un modèle sain.',
  scored: 'évaluées',
  '{0}, of which {1} drawn at random': '{0}, dont {1} tirées au hasard',
  period: 'période',
  'held against': 'comparé à',
  'the profile of training': 'le profil de l’entraînement',
  '{0} of the baseline': '{0} de la référence',
  'goes with {0} min of the mean error': 'va avec {0} min de l’erreur moyenne',
  // render/error-report.ts
  'Analysis of errors': 'Analyse des erreurs',
  'Not tested: {0}.': 'Non testé\u00A0: {0}.',
  'Next: `{0}`': 'Ensuite\u00A0: `{0}`',
  'Likely causes': 'Causes probables',
  'None stands out.': 'Aucune ne ressort.',
  'Most telling first, each with its evidence and what to do next.':
    'La plus parlante d’abord, chacune avec ses preuves et ce qu’il faut faire ensuite.',
  '{0}: table': '{0}\u00A0: tableau',
  'Errors in whole minutes': 'Erreurs en minutes entières',
  'Left of zero the model predicted too early, right of it too late; the outermost bins hold all that is farther off.':
    'À gauche de zéro, le modèle a prédit trop tôt, à droite, trop tard\u00A0; les barres extrêmes contiennent tout ce qui est plus loin.',
  'from, min': 'dès, min',
  'Mean error of each day': 'Erreur moyenne de chaque jour',
  'Dots are days, the line is their mean so far; below zero rides came later than predicted.':
    'Les points sont des jours, la ligne est leur moyenne jusque-là\u00A0; sous zéro, les courses sont arrivées plus tard que prédit.',
  'Promised against observed': 'Promis et observé',
  'On the diagonal, an error of at most 3 min is as frequent as the confidence says.':
    'Sur la diagonale, une erreur d’au plus 3 min est aussi fréquente que la confiance le dit.',
  observed: 'observé',
  // render/error-tables.ts
  'an input out of range': 'une entrée hors plage',
  'the same, but for weather': 'les mêmes, sauf la météo',
  'weather unknown': 'météo inconnue',
  'distance missing': 'distance absente',
  'an input missing that is needed': 'une entrée nécessaire absente',
  'model failures, of attempts': 'échecs du modèle, des essais',
  'Predicted − actual, in minutes, with 95 % intervals; the widest by booking, day and driver.':
    'Prédit − réel, en minutes, avec intervalles à 95\u00A0%\u00A0; le plus large par réservation, jour et chauffeur.',
  'mean error (MAE)': 'erreur moyenne (MAE)',
  RMSE: 'RMSE',
  bias: 'biais',
  'MAE of the heuristic': 'MAE de l’heuristique',
  Quantiles: 'Quantiles',
  'So many bookings in a hundred have an error up to this, with its sign and without.':
    'Tant de réservations sur cent ont une erreur allant jusqu’ici, avec son signe et sans.',
  'up to': 'jusqu’à',
  '|error|': '|erreur|',
  'Inputs and failures': 'Entrées et échecs',
  'Shares of the bookings asked about, with exact 95 % intervals.{0}':
    'Parts des réservations demandées, avec intervalles exacts à 95\u00A0%.{0}',
  ' Reasons: {0}.': ' Raisons\u00A0: {0}.',
  allowed: 'admis',
  seed: 'graine',
  ' On each of the last two days: {0}.': ' Chacun des deux derniers jours\u00A0: {0}.',
  ' The mean prediction is {0} min; over training it was {1}.':
    ' La prédiction moyenne est de {0} min\u00A0; à l’entraînement elle était de {1}.',
  Drift: 'Dérive',
  "Calendar and experience move anyway and are not tested. p is Holm's, and counts whole days.{0}{1}":
    'Calendrier et expérience bougent de toute façon et ne sont pas testés. p est celui de Holm, et compte des jours entiers.{0}{1}',
  input: 'entrée',
  PSI: 'PSI',
  chance: 'hasard',
  'moved, sd': 'écart, σ',
  p: 'p',
  DRIFTED: 'DÉRIVE',
  Slices: 'Tranches',
  'Found on one half of the days and tested on the other (Benjamini–Hochberg); far rides are always harder.':
    'Trouvées sur une moitié des jours et vérifiées sur l’autre (Benjamini–Hochberg)\u00A0; les longues courses sont toujours plus dures.',
  'bookings with': 'réservations avec',
  n: 'n',
  MAE: 'MAE',
  WEAK: 'FAIBLE',
  'Tree of errors': 'Arbre des erreurs',
  'Grown on one half of the days; the figures are those of the other.':
    'Construit sur une moitié des jours\u00A0; les chiffres sont ceux de l’autre.',
  all: 'toutes',
  Intervals: 'Intervalles',
  '{0} of the outcomes should lie inside, wide or narrow.':
    '{0} des résultats devraient être à l’intérieur, larges ou étroits.',
  'mean width, min': 'largeur moyenne, min',
  inside: 'à l’intérieur',
  ' Rank correlation with |error|: {0}.': ' Corrélation de rang avec |erreur|\u00A0: {0}.',
  Confidence: 'Confiance',
  'How often an error of at most 3 min was promised, and how often it was so.{0}':
    'Combien souvent une erreur d’au plus 3 min a été promise, et combien souvent elle l’a été.{0}',
  'Worst bookings': 'Pires réservations',
  'By id, with the inputs that moved their prediction most, in minutes.':
    'Par identifiant, avec les entrées qui ont le plus déplacé leur prédiction, en minutes.',
  'moved by': 'déplacée par',
  'out of range: {0}': 'hors plage\u00A0: {0}',
  // render/plot/calibration.ts
  'predicted, {0}': 'prédit, {0}',
  'actual, {0}': 'réel, {0}',
  // render/report-page.ts
  'Before you read this': 'Avant de lire ceci',
  Numbers: 'Chiffres',
  ' of: {0}': ' de\u00A0: {0}',
};
