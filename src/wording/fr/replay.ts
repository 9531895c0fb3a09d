import type { Catalogue } from '../language.js';

export const REPLAY: Catalogue = {
  // replay/ab-test.ts
  judging: 'évaluation',
  // replay/replay-source.ts
  'No booking of {0} has a scheduled_time, and --from and --to choose by it. Leave them out, or add the column.':
    'Aucune réservation de {0} n’a de scheduled_time, dont --from et --to ont besoin pour choisir. Retirez-les, ou ajoutez la colonne.',
  // replay/segments.ts
  '{0} of at least {1} bookings': '{0} réservations sur {1} au moins',
  // spread/description.ts
  '{0} ({1}, here {2})': '{0} ({1}, ici {2})',
  'the version of atmr-ml': 'la version d’atmr-ml',
  'the model of --against': 'le modèle de --against',
  'what runs the model': 'ce qui exécute le modèle',
  'the heuristic': 'l’heuristique',
  'the window': 'la période',
  "the bookings' database": 'la base des réservations',
  'the timezone': 'le fuseau horaire',
  // spread/parts-queue.ts
  '{0} Parts that are scored are kept for a day: the same command goes on.':
    '{0} Les parties déjà calculées sont gardées un jour\u00A0: la même commande reprend.',
  'notice: {0}: {1}; going on when it answers.':
    'note\u00A0: {0}\u00A0: {1}\u00A0; la suite viendra dès qu’il répond.',
  // spread/require-redis.ts
  'Parts of a replay go through Redis to whoever scores them, and REDIS_URL is not set. Set it, or use --workers 1.':
    'Les parties d’un rejeu passent par Redis pour aller à qui les calcule, et REDIS_URL n’est pas définie. Définissez-la, ou utilisez --workers 1.',
  // spread/score-elsewhere.ts
  'waiting for parts': 'en attente de parties',
  'notice: goes on; {0} of {1} parts were scored before.':
    'note\u00A0: reprise\u00A0; {0} parties sur {1} étaient déjà calculées.',
  'notice: {0}, run {1}.': 'note\u00A0: {0}, exécution {1}.',
  part: 'partie',
  'notice: waiting for `atmr-ml ab-test work` on other machines.':
    'note\u00A0: en attente de `atmr-ml ab-test work` sur d’autres machines.',
  'notice: stopped; {0} of {1} parts are kept for a day, the same command goes on.':
    'note\u00A0: arrêté\u00A0; {0} parties sur {1} sont gardées un jour, la même commande reprend.',
  process: 'processus',
  processes: 'processus',
  '{0} of {1} parts scored by {2}': '{0} parties sur {1} calculées par {2}',
  'notice: scored by {0}.': 'note\u00A0: calculé par {0}.',
  'notice: part {0} of {1} came back from a process that was lost; another takes it.':
    'note\u00A0: la partie {0} sur {1} est revenue d’un processus perdu\u00A0; un autre la prend.',
  'Another process was waiting for the same replay, and has ended it. Look at what it printed, or run the command again.':
    'Un autre processus attendait le même rejeu, et l’a terminé. Regardez ce qu’il a affiché, ou relancez la commande.',
  // spread/spread-ab-test.ts
  '--workers reads the bookings of a database, part by part, and none is asked for. Set DATABASE_URL or BOOKINGS_DATABASE_URL, and --source postgres.':
    '--workers lit les réservations d’une base de données, partie par partie, et aucune n’est demandée. Définissez DATABASE_URL ou BOOKINGS_DATABASE_URL, et --source postgres.',
  scoring: 'calcul',
  'part {0} of {1}': 'partie {0} sur {1}',
  // spread/work.ts
  'notice: {0} takes parts of replays.': 'note\u00A0: {0} prend des parties de rejeux.',
  'notice: {0} takes parts of run {1}.': 'note\u00A0: {0} prend des parties de l’exécution {1}.',
  'There is no run {0} to take parts of: it is over, or was never begun. `ab-test --workers` says its name; without --run, parts of any are taken.':
    'Il n’y a pas d’exécution {0} dont prendre des parties\u00A0: elle est finie, ou n’a jamais commencé. `ab-test --workers` dit son nom\u00A0; sans --run, des parties de toutes sont prises.',
  'A replay asks for something else than this process has: {0}. Give it the same configuration, --model and --against; others can take its parts meanwhile.':
    'Un rejeu demande autre chose que ce que ce processus a\u00A0: {0}. Donnez-lui la même configuration, --model et --against\u00A0; d’autres peuvent prendre ses parties en attendant.',
  'Parts of a replay are read from a database, and none is configured. Set DATABASE_URL or BOOKINGS_DATABASE_URL.':
    'Les parties d’un rejeu sont lues dans une base de données, et aucune n’est configurée. Définissez DATABASE_URL ou BOOKINGS_DATABASE_URL.',
  '{0} gave {1} bookings for a part in which {2} were counted. All machines of a replay must read the same bookings.':
    '{0} a donné {1} réservations pour une partie où l’on en avait compté {2}. Toutes les machines d’un rejeu doivent lire les mêmes réservations.',
  // spread/workers.ts
  'notice: a process was lost ({0}); its part goes to another within seconds.':
    'note\u00A0: un processus a été perdu ({0})\u00A0; sa partie va à un autre en quelques secondes.',
  'The processes of this replay are lost again and again. Look at the memory of this machine; the same command goes on.':
    'Les processus de ce rejeu se perdent l’un après l’autre. Regardez la mémoire de cette machine\u00A0; la même commande reprend.',
  'notice: no process is left; starting one.':
    'note\u00A0: il ne reste aucun processus\u00A0; en voici un nouveau.',
  'A process of this replay ended with exit code {0}: {1}':
    'Un processus de ce rejeu s’est terminé avec le code de sortie {0}\u00A0: {1}',
  // statistics/arm-ratio.ts
  '{0} of at least {1} clusters': '{0} groupes sur {1} au moins',
  'one arm has no bookings': 'une branche n’a aucune réservation',
  'one arm has no errors': 'une branche n’a aucune erreur',
  'every cluster has the same values': 'tous les groupes ont les mêmes valeurs',
  // statistics/asymptotic-sequence.ts
  '{0} of at least {1} values': '{0} valeurs sur {1} au moins',
  'all {0} values are equal': 'les {0} valeurs sont toutes égales',
  // statistics/bca.ts
  'the denominator sums to zero': 'la somme du dénominateur est nulle',
  'the denominator sums to zero in some resamples':
    'la somme du dénominateur est nulle dans certains rééchantillons',
  'resampling does not vary the estimate': 'le rééchantillonnage ne fait pas varier l’estimation',
  // statistics/binomial.ts
  'there are no trials': 'il n’y a aucun essai',
  // statistics/change-segment.ts
  '{0} of at least {1} days with bookings': '{0} jours avec réservations sur {1} au moins',
  'every day has the same value': 'tous les jours ont la même valeur',
  '{0} of at least {1} days': '{0} jours sur {1} au moins',
  // statistics/cluster.ts
  'an interval needs at least 2 units, not {0}': 'un intervalle demande au moins 2 unités, et non {0}',
  'every unit has the same value': 'toutes les unités ont la même valeur',
  // statistics/contingency.ts
  'the counts fall in one category': 'tous les effectifs sont dans une seule catégorie',
  // statistics/dimension-name.ts
  day: 'jour',
  driver: 'chauffeur',
  '{0} and {1}': '{0} et {1}',
  // statistics/hodges-lehmann.ts
  'there are no differences': 'il n’y a aucune différence',
  // statistics/paired-t.ts
  'a t-test needs at least 2 bookings, not {0}': 'un test t demande au moins 2 réservations, et non {0}',
  'all {0} differences are equal': 'les {0} différences sont toutes égales',
  // statistics/quantile.ts
  'a quantile needs at least 2 values, not {0}': 'un quantile demande au moins 2 valeurs, et non {0}',
  // statistics/widest.ts
  'an interval needs at least {0} bookings, not {1}':
    'un intervalle demande au moins {0} réservations, et non {1}',
  'all {0} bookings say the same': 'les {0} réservations disent toutes la même chose',
  '{0} of at least {1} clusters by {2}': '{0} groupes sur {1} au moins par {2}',
  'by {0}: {1}': 'par {0}\u00A0: {1}',
  'no dimension gives an interval': 'aucune dimension ne donne d’intervalle',
  // statistics/wilcoxon.ts
  'no difference is other than zero': 'aucune différence n’est autre que zéro',
};
