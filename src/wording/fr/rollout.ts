import type { Catalogue } from '../language.js';

export const ROLLOUT: Catalogue = {
  "more than {0} of the model's attempts failed for a while, which is proven; of the last {1} {2} did":
    'plus de {0} des tentatives du modèle ont échoué pendant un moment, c’est prouvé\u00A0; parmi les {1} dernières, {2}',
  // guard/acknowledge.ts
  'There is no rule "{0}"{1}; expected one of {2}.':
    'Il n’y a pas de règle «\u00A0{0}\u00A0»{1}\u00A0; l’une de {2} est attendue.',
  '--by is empty; expected who acknowledges.':
    '--by est vide\u00A0; le nom de la personne qui accuse réception est attendu.',
  // guard/act.ts
  'rolled back to 0 %': 'retour à 0\u00A0%',
  'halved to {0} %': 'réduit de moitié, à {0}\u00A0%',
  'not ready': 'pas prêt',
  // guard/guard-schema.ts
  'expected a time from 1s to 10m': 'une durée de 1s à 10m est attendue',
  'expected a time such as 30m': 'une durée est attendue, par exemple 30m',
  'expected a rule: {0}': 'une règle est attendue\u00A0: {0}',
  'expected a list of rules': 'une liste de règles est attendue',
  // guard/rules.ts
  "{0} of the model's last {1} attempts failed; above {2} is proven":
    '{0} des {1} dernières tentatives du modèle ont échoué\u00A0; plus de {2} est prouvé',
  "{0} of the model's {1} attempts of the last hour failed; at most {2} may":
    '{0} des {1} tentatives du modèle de la dernière heure ont échoué\u00A0; {2} au plus sont admis',
  "the model's error is {0} above the heuristic's ({1} or more is proven, on {2} days)":
    'l’erreur du modèle dépasse de {0} celle de l’heuristique ({1} ou plus est prouvé, sur {2} jours)',
  'the model is off by {0} min on average; more than {1} is proven':
    'le modèle se trompe de {0} min en moyenne\u00A0; plus de {1} est prouvé',
  'of the last {0} settled bookings {1} were off by more than 5 min; a rise above {2} is proven':
    'sur les {0} dernières réservations réglées, {1} étaient à plus de 5 min\u00A0; une hausse au-delà de {2} est prouvée',
  'the slowest 5 % of the predictions of the last 5 minutes took {0} ms or more; at most {1} may':
    'les 5\u00A0% de prédictions les plus lentes des 5 dernières minutes ont pris {0} ms ou plus\u00A0; {1} au plus sont admises',
  '{0} of {1} bookings went to the model; {2} % should':
    '{0} de {1} réservations sont allées au modèle\u00A0; {2}\u00A0% étaient prévus',
  '{0} bookings were answered by both arms at the same share; each should keep its own':
    '{0} réservations ont reçu des réponses des deux variantes à la même part\u00A0; chacune devrait garder la sienne',
  'the inputs {0} were unlike those of training on two days running':
    'les entrées {0} ne ressemblaient pas à celles de l’entraînement, deux jours de suite',
  'lost without a stop: {0}': 'perdues sans arrêt normal\u00A0: {0}',
  'the service was up for {0} of the last 7 days; {1} are expected':
    'le service était disponible pendant {0} des 7 derniers jours\u00A0; {1} sont attendus',
  'no booking was asked about for {0} h; in this hour a week ago there were {1}':
    'aucune réservation n’a été demandée depuis {0} h\u00A0; à cette heure il y a une semaine, il y en avait {1}',
  'outcomes are known for {0} of the bookings due; {1} are needed for a verdict':
    'les résultats sont connus pour {0} des réservations échues\u00A0; il en faut {1} pour un verdict',
  "{0} of the last hour's answers had to do without the weather; the neutral value stands in":
    '{0} des réponses de la dernière heure se sont passées de la météo\u00A0; la valeur neutre la remplace',
  "{0} of the last hour's bookings lack what the model needs; the heuristic answers them":
    'à {0} des réservations de la dernière heure il manque ce dont le modèle a besoin\u00A0; l’heuristique y répond',
  // guard/survey.ts
  'nothing is known of the model: {0}': 'on ne sait rien du modèle\u00A0: {0}',
  '{0} ({1}, until somebody acknowledges it)': '{0} ({1}, tant que personne n’en a accusé réception)',
  // rollout-changes/advance.ts
  'Nothing was changed: --force needs --reason; the history keeps why the gates were passed over.':
    'Rien n’a été changé\u00A0: --force demande --reason\u00A0; l’historique garde pourquoi les critères ont été ignorés.',
  'No rollout was started. Run `atmr-ml rollout start`.':
    'Aucun déploiement n’a été commencé. Lancez `atmr-ml rollout start`.',
  'Approved by {0}; one more person has to run `atmr-ml rollout advance` too.':
    'Approuvé par {0}\u00A0; une personne de plus doit lancer `atmr-ml rollout advance` aussi.',
  'Approved by {0}; {1} more people have to run `atmr-ml rollout advance` too.':
    'Approuvé par {0}\u00A0; {1} personnes de plus doivent lancer `atmr-ml rollout advance` aussi.',
  'Passed over: {0}': 'Ignoré\u00A0: {0}',
  'The plan of this configuration is not the one that the rollout followed so far.':
    'Le plan de cette configuration n’est pas celui que le déploiement a suivi jusqu’ici.',
  'The guard will say that it is confirmed: {0}': 'Le gardien dira que c’est confirmé\u00A0: {0}',
  // rollout-changes/begin.ts
  'What the guard found could not be acknowledged: {0} Run `atmr-ml guard --ack`.':
    'Ce que le gardien a trouvé n’a pas pu être marqué comme vu\u00A0: {0} Lancez `atmr-ml guard --ack`.',
  // rollout-changes/gated-activate.ts
  'The gates could not be looked at: the ledger does not answer.':
    'Les critères n’ont pas pu être examinés\u00A0: le registre ne répond pas.',
  'Nothing was changed. {0}': 'Rien n’a été changé. {0}',
  'the flag is forced off: only an `activate` that is not gated ends that':
    'le drapeau est coupé de force\u00A0: seul un `activate` qui ne demande pas les critères y met fin',
  "{0} % is more than the next step's {1} %": '{0}\u00A0% est plus que les {1}\u00A0% de l’étape suivante',
  '{0} fails': '{0} échoue',
  '{0} has not enough data': '{0} n’a pas assez de données',
  'Not met: {0}. `activate --gated` refuses instead.':
    'Pas atteint\u00A0: {0}. `activate --gated` refuse à la place.',
  'A rollout is under way: a share set by hand puts it on hold. `atmr-ml rollout resume` goes back to its step.':
    'Un déploiement est en cours\u00A0: une part fixée à la main le met en pause. `atmr-ml rollout resume` revient à son étape.',
  // rollout-changes/requirements.ts
  'Nothing was changed: {0}: {1}. See `atmr-ml rollout lint`.':
    'Rien n’a été changé\u00A0: {0}\u00A0: {1}. Voyez `atmr-ml rollout lint`.',
  "this machine's clock is {0} s off that of {1}":
    'l’horloge de cette machine s’écarte de {0} s de celle de {1}',
  'Nothing was changed: {0}; the time of a step counts. Set the clock right.':
    'Rien n’a été changé\u00A0: {0}\u00A0; la durée d’une étape compte. Réglez l’horloge.',
  // rollout-changes/stop.ts
  'Nothing was changed: {0} % is not below the {1} % of now; a rollback only takes traffic back.':
    'Rien n’a été changé\u00A0: {0}\u00A0% n’est pas inférieur aux {1}\u00A0% actuels\u00A0; un retour en arrière ne fait que retirer du trafic.',
  'No rollout was started: there is no step before. Give a share, such as --to 10, or leave --to out for 0 %.':
    'Aucun déploiement n’a été commencé\u00A0: il n’y a pas d’étape précédente. Donnez une part, par exemple --to 10, ou retirez --to pour 0\u00A0%.',
  // rollout/assess.ts
  'outcomes are known for {0} % of the bookings due':
    'les résultats sont connus pour {0}\u00A0% des réservations échues',
  '{0}; {1} % are needed. See `atmr-ml outcomes sync`.':
    '{0}\u00A0; il en faut {1}\u00A0%. Voyez `atmr-ml outcomes sync`.',
  'the flag is forced off': 'le drapeau est coupé de force',
  'held ({0})': 'en pause ({0})',
  'not every live instance has confirmed the new share yet':
    'toutes les instances en marche n’ont pas encore confirmé la nouvelle part',
  'the rollout is complete': 'le déploiement est terminé',
  'watched at the last step for another {0}': 'la dernière étape est surveillée encore {0}',
  'no booking was asked about since the step began':
    'aucune réservation n’a été demandée depuis le début de l’étape',
  'the step lasts another {0}': 'l’étape dure encore {0}',
  '{0}: no reason given': '{0}\u00A0: aucune raison donnée',
  '{0} of at least {1} settled bookings of whole days':
    'réservations réglées de jours entiers\u00A0: {0}, sur {1} au moins',
  'not proven yet': 'pas encore prouvé',
  'needs some {0} bookings': 'demande environ {0} réservations',
  'no store says where the rollout stands. Run `atmr-ml doctor`.':
    'aucun stockage ne dit où en est le déploiement. Lancez `atmr-ml doctor`.',
  'no rollout was started. Run `atmr-ml rollout start`.':
    'aucun déploiement n’a été commencé. Lancez `atmr-ml rollout start`.',
  '{0} h': '{0} h',
  // rollout/calendar.ts
  '{0} is frozen ({1} to {2})': 'le {0} est gelé ({1} au {2})',
  'traffic is not raised on this weekday': 'le trafic n’est pas augmenté ce jour de la semaine',
  'traffic is raised from {0} to {1} h only': 'le trafic n’est augmenté que de {0} à {1} h',
  // rollout/day-sequences.ts
  '{0} of at least {1} days with {2} settled bookings':
    '{0} jours avec {2} réservations réglées, sur {1} au moins',
  // rollout/gate-spec.ts
  '"{0}" is no gate; expected {1}': '«\u00A0{0}\u00A0» n’est pas un critère\u00A0; {1} sont attendus',
  '"{0}" asks for the wrong side; expected {1} {2} …':
    '«\u00A0{0}\u00A0» demande le mauvais côté\u00A0; {1} {2} … est attendu',
  '"{0}" has no unit; expected {1} {2} {3} %, or a fraction up to 1':
    '«\u00A0{0}\u00A0» n’a pas d’unité\u00A0; {1} {2} {3}\u00A0% est attendu, ou une fraction jusqu’à 1',
  '"{0}" cannot be decided: predictions are counted above {1} ms; expected {2}':
    '«\u00A0{0}\u00A0» ne peut pas être décidé\u00A0: les prédictions sont comptées au-delà de {1} ms\u00A0; {2} est attendu',
  // rollout/gates.ts
  'nobody knows what it learned from': 'personne ne sait sur quoi il a été entraîné',
  'no booking of a whole day is due yet': 'aucune réservation d’un jour entier n’est encore échue',
  'outcomes are known for {0} % of the bookings due; {1} % are needed':
    'les résultats sont connus pour {0}\u00A0% des réservations échues\u00A0; il en faut {1}\u00A0%',
  'the heuristic made no error': 'l’heuristique n’a fait aucune erreur',
  'all outcomes are equal': 'tous les résultats sont égaux',
  'no prediction was timed': 'aucune prédiction n’a été chronométrée',
  'no server’s heartbeat was seen since the step began':
    'aucun signe de vie d’un serveur n’a été vu depuis le début de l’étape',
  // rollout/lint.ts
  '{0} % is not above the {1} % before it; each step gives more traffic':
    '{0}\u00A0% n’est pas supérieur aux {1}\u00A0% qui précèdent\u00A0; chaque étape donne plus de trafic',
  'the plan ends at {0} %; add a step of 100 unless that is meant':
    'le plan finit à {0}\u00A0%\u00A0; ajoutez une étape de 100, sauf si c’est voulu',
  '{0} is listed twice': '{0} figure deux fois',
  'no gates: traffic would rise on time alone':
    'pas de critères\u00A0: le trafic augmenterait avec le temps seul',
  'without {0} a model that fails or helps nobody may go on':
    'sans {0}, un modèle qui échoue ou n’aide personne peut continuer',
  'stable compares with the steps before; the first has none':
    'stable compare avec les étapes précédentes\u00A0; la première n’en a pas',
  'no settled booking is asked for': 'aucune réservation réglée n’est demandée',
  'the guard raises traffic here without a person': 'ici, le gardien augmente le trafic sans personne',
  '{0} days are less than the {1} that {2} needs: it will take longer':
    '{0} jours sont moins que les {1} dont {2} a besoin\u00A0: cela prendra plus longtemps',
  "{0} % is not below the first step's {1} %; after a rollback it comes first":
    '{0}\u00A0% n’est pas inférieur aux {1}\u00A0% de la première étape\u00A0; après un retour en arrière, elle vient d’abord',
  'stable compares with the steps before; after a rollback there are none':
    'stable compare avec les étapes précédentes\u00A0; après un retour en arrière il n’y en a pas',
  'traffic may rise at night and on weekends': 'le trafic peut augmenter la nuit et le week-end',
  '{0}..{1} is over two months': '{0}..{1} dépasse deux mois',
  'it takes {0} weeks at least': 'il prend au moins {0} semaines',
  // rollout/plan-schema.ts
  'expected a share from 0.01 to 100 with at most two decimals':
    'une part de 0.01 à 100 avec deux décimales au plus est attendue',
  'expected a whole number of 0 or more': 'un nombre entier d’au moins 0 est attendu',
  'expected a whole number from 0 to {0}': 'un nombre entier de 0 à {0} est attendu',
  'expected a time such as 7d or 12h, at most 366d':
    'une durée est attendue, par exemple 7d ou 12h, 366d au plus',
  'expected a list of gates such as mae or mae < 2.2':
    'une liste de critères est attendue, par exemple mae ou mae < 2.2',
  'expected a list of steps': 'une liste d’étapes est attendue',
  'expected at least one step': 'au moins une étape est attendue',
  'expected weekdays such as mon-fri': 'des jours de la semaine sont attendus, par exemple mon-fri',
  'expected hours such as 8-17': 'des heures sont attendues, par exemple 8-17',
  'expected a date such as 2026-12-24, or 2026-12-24..2027-01-02':
    'une date est attendue, par exemple 2026-12-24, ou 2026-12-24..2027-01-02',
  'expected a list of dates': 'une liste de dates est attendue',
  // rollout/play-advance.ts
  'watched for long enough': 'surveillé assez longtemps',
  'operator {0}': 'opérateur {0}',
  'every gate of the last step passes': 'tous les critères de la dernière étape sont atteints',
  'every gate passes, real_model passed over': 'tous les critères sont atteints, real_model ignoré',
  'every gate passes': 'tous les critères sont atteints',
  'the gate {0}': 'le critère {0}',
  // rollout/play.ts
  'the first step begins': 'la première étape commence',
  // rollout/simulate-rollout.ts
  'the simulator: {0}, first day {1}, seed {2}': 'le simulateur\u00A0: {0}, premier jour {1}, graine {2}',
  'the simulator: {0} from day {1}, first day {2}, seed {3}':
    'le simulateur\u00A0: {0} à partir du jour {1}, premier jour {2}, graine {3}',
  'The plan allows no traffic to be raised on any day of the bookings':
    'Le plan ne permet d’augmenter le trafic aucun des jours des réservations',
  '{0}. Look at `window` and `freeze` under `rollout`.': '{0}. Voyez `window` et `freeze` sous `rollout`.',
  // rollout/simulation-flags.ts
  'There is no scenario "{0}"; expected one of {1}.':
    'Il n’y a pas de scénario «\u00A0{0}\u00A0»\u00A0; l’un de {1} est attendu.',
  '{0} is of the simulator; name a world with --scenario ({1} for one in which nothing happens).':
    '{0} concerne le simulateur\u00A0; nommez un monde avec --scenario ({1} pour celui où rien n’arrive).',
  // rollout/stable.ts
  '{0} days against {1} before; {2} of each are needed':
    '{0} jours face à {1} auparavant\u00A0; il en faut {2} de chaque',
  'the model made no error before': 'le modèle n’avait fait aucune erreur auparavant',
  'all days are equal': 'tous les jours sont égaux',
  // rollout/transition.ts
  'A rollout is under way ({0}). Go on with `atmr-ml rollout advance` or `resume`, or end it with `rollback`.':
    'Un déploiement est en cours ({0}). Continuez avec `atmr-ml rollout advance` ou `resume`, ou terminez-le avec `rollback`.',
  '{0} has approved this step already; expected somebody else.':
    '{0} a déjà approuvé cette étape\u00A0; quelqu’un d’autre est attendu.',
  'It is not held ({0}): there is nothing to resume.':
    'Il n’est pas en pause ({0})\u00A0: il n’y a rien à reprendre.',
  'It was rolled back to 0 %. Run `atmr-ml rollout start` to begin again with a small step.':
    'Il est revenu à 0\u00A0%. Lancez `atmr-ml rollout start` pour recommencer par une petite étape.',
  'Not possible now: {0}. Expected {1}.': 'Pas possible maintenant\u00A0: {0}. Attendu\u00A0: {1}.',
  '{0} at step {1}, {2} %': '{0} à l’étape {1}, {2}\u00A0%',
};
