import type { Catalogue } from '../language.js';

export const PROGRAM: Catalogue = {
  // bin/commands.ts
  'let the model answer a share of the bookings (10 % unless told otherwise)':
    'laisser le modèle répondre à une part des réservations (10\u00A0% sauf indication contraire)',
  'who is told of what the guard finds: test the channels, list, acknowledge':
    'qui apprend ce que le gardien trouve\u00A0: essayer les canaux, lister, confirmer',
  'force the model off, everywhere, now': 'couper le modèle de force, partout, tout de suite',
  'who answers, since when, who changed it, and which processes know':
    'qui répond, depuis quand, qui l’a changé, et quels processus le savent',
  'every change of the flag; verify the chain, find a change':
    'chaque changement du drapeau\u00A0; vérifier la chaîne, chercher un changement',
  'print each change of the flag and of its readers as it happens':
    'afficher chaque changement du drapeau et de ses lecteurs quand il arrive',
  'the effective settings and where each came from': 'les réglages en vigueur et d’où vient chacun',
  "the guide's lists: what the tool can check it checks, the rest people answer":
    'les listes du guide\u00A0: l’outil vérifie ce qu’il peut, le reste, des personnes y répondent',
  'is everything ready? stores, model, weather, alerts, ports; what is wrong and what to do':
    'tout est-il prêt\u00A0? stockages, modèle, météo, alertes, ports\u00A0; ce qui ne va pas et que faire',
  'look at everything once, or again and again, and take traffic back where a breach is proven':
    'tout regarder une fois, ou sans cesse, et retirer du trafic où un dépassement est prouvé',
  'bring the schema atmr_ml in Postgres up to date': 'mettre à jour le schéma atmr_ml dans Postgres',
  'replay bookings through the model and the heuristic, and say which is better':
    'rejouer des réservations par le modèle et l’heuristique, et dire lequel est meilleur',
  'where the predictions are off, and the likely causes with what to do next':
    'où les prédictions se trompent, les causes probables, et que faire ensuite',
  'the models there are: list, use, roll back, describe one that other tools made':
    'les modèles\u00A0: lister, utiliser, revenir en arrière, en décrire un fait par d’autres outils',
  'what really happened: settle predictions from the database or a file':
    'ce qui s’est vraiment passé\u00A0: régler les prédictions depuis la base ou un fichier',
  'how late will this ride be? one booking from flags, or those of a file or the database':
    'quel retard aura cette course\u00A0? une réservation par options, ou celles d’un fichier ou de la base',
  'what happened in a week or a month, what is proven, who decided what, and what is next':
    'ce qui s’est passé en une semaine ou un mois, ce qui est prouvé, qui a décidé quoi, et la suite',
  'what the model returns, measured where it can be and marked where it is assumed':
    'ce que le modèle rapporte, mesuré où c’est possible et signalé où c’est supposé',
  'give the model more traffic step by step, on evidence: start, status, advance, hold, roll back':
    'donner plus de trafic au modèle étape par étape, sur preuves\u00A0: commencer, état, avancer, mettre en pause, revenir en arrière',
  'answer bookings and show how the model does, over HTTP':
    'répondre aux réservations et montrer comment va le modèle, par HTTP',
  'make up bookings for demos, tests and back-tests, whose best attainable scores are known':
    'inventer des réservations pour démonstrations, tests et rejeux, dont les meilleurs scores possibles sont connus',
  'learn a delay model from settled bookings, with honest scores and calibrated intervals':
    'apprendre un modèle de retard de réservations réglées, avec des scores honnêtes et des intervalles calibrés',
  'is the weather live, what does it do to predictions, and what happens without it?':
    'la météo est-elle en direct, que change-t-elle aux prédictions, et que se passe-t-il sans elle\u00A0?',
  // bin/describe.ts
  'Roll out a machine-learning delay predictor on evidence: replay, activate, watch, roll back.':
    'Déployer sur preuves un prédicteur de retard par apprentissage automatique\u00A0: rejouer, activer, surveiller, revenir en arrière.',
  'the version': 'la version',
  'what a command does and takes': 'ce qu’une commande fait et accepte',
  'error:': 'erreur\u00A0:',
  'what it does and takes': 'cette aide',
  'print one JSON document, as a pipe gets': 'afficher un seul document JSON, comme dans un tube',
  'configuration file (default: atmr-ml.config.yaml when present)':
    'fichier de configuration (par défaut\u00A0: atmr-ml.config.yaml s’il existe)',
  'another flag than ml-delay-prediction': 'un autre drapeau que ml-delay-prediction',
  'en or fr (default: that of the locale)': 'en ou fr (par défaut\u00A0: celle de l’environnement)',
  // bin/program.ts
  'Nothing was changed: there is no `{0}`. Run `atmr-ml {1}`.':
    'Rien n’a été changé\u00A0: il n’y a pas de `{0}`. Lancez `atmr-ml {1}`.',
  // src/arguments.ts
  '{0} is "{1}"; expected a whole number from {2} to {3}.':
    '{0} vaut «\u00A0{1}\u00A0»\u00A0; attendu\u00A0: un nombre entier de {2} à {3}.',
  '{0} is "{1}"; expected a time from {2}s to {3}h, such as 90s, 10m or 48h.':
    '{0} vaut «\u00A0{1}\u00A0»\u00A0; attendu\u00A0: une durée de {2}s à {3}h, telle que 90s, 10m ou 48h.',
  '{0} is "{1}"; expected percent above 0 and up to 100, such as 5.':
    '{0} vaut «\u00A0{1}\u00A0»\u00A0; attendu\u00A0: un pourcentage au-dessus de 0 et jusqu’à 100, tel que 5.',
  '{0} is "{1}"; expected {2}.{3}': '{0} vaut «\u00A0{1}\u00A0»\u00A0; attendu\u00A0: {2}.{3}',
  ' Did you mean {0}?': ' Vouliez-vous dire {0}\u00A0?',
  '--from ({0}) is not before the end of --to ({1}). Exchange them.':
    '--from ({0}) n’est pas avant la fin de --to ({1}). Échangez-les.',
  '{0} is "{1}", which {2}; expected a day such as 2026-03-02 or an ISO 8601 time.':
    '{0} vaut «\u00A0{1}\u00A0», qui {2}\u00A0; attendu\u00A0: un jour tel que 2026-03-02 ou une heure ISO 8601.',
  '{0} exclude each other; give one.': '{0} s’excluent\u00A0; n’en donnez qu’une.',
  // src/change-command.ts
  'In {0}:': 'Dans {0}\u00A0:',
  '{0} Go on?': '{0} Continuer\u00A0?',
  'Nothing was changed:': 'Rien n’a été changé\u00A0:',
  // src/change-options.ts
  'why; it goes into the history': 'pourquoi\u00A0; gardé dans l’historique',
  'show what would change, change nothing': 'montrer ce qui changerait, ne rien changer',
  'refuse unless the flag is at this revision': 'refuser si le drapeau n’est pas à cette révision',
  'do not ask': 'ne pas demander',
  'never ask; exit 2 where a question would be':
    'ne jamais demander\u00A0; code de sortie 2 où viendrait une question',
  'how long to wait for every live reader': 'combien de temps attendre chaque lecteur en marche',
  'do not wait for the readers': 'ne pas attendre les lecteurs',
  'exit 6 when fewer readers than this confirm': 'code de sortie 6 si moins de lecteurs que cela confirment',
  '--by is empty; expected who changes the flag, for the history.':
    '--by est vide\u00A0; attendu\u00A0: qui change le drapeau, pour l’historique.',
  '{0} is "{1}"; expected a whole number such as 7.':
    '{0} vaut «\u00A0{1}\u00A0»\u00A0; attendu\u00A0: un nombre entier tel que 7.',
  '--wait is "{0}"; expected seconds such as 10 or 0.5.':
    '--wait vaut «\u00A0{0}\u00A0»\u00A0; attendu\u00A0: des secondes telles que 10 ou 0.5.',
  // src/config-file.ts
  'expected a number from 0 to {0}': 'attendu\u00A0: un nombre de 0 à {0}',
  'expected a port from 0 to 65535; 0 takes any free one':
    'attendu\u00A0: un port de 0 à 65535\u00A0; 0 en prend un libre',
  'expected a whole number of days from 7 to 36500': 'attendu\u00A0: un nombre entier de jours de 7 à 36500',
  'expected a time such as 10m or 90s': 'attendu\u00A0: une durée telle que 10m ou 90s',
  'expected degrees from −{0} to {1}': 'attendu\u00A0: des degrés de −{0} à {1}',
  'expected an IANA time zone such as Europe/Zurich':
    'attendu\u00A0: un fuseau horaire IANA tel que Europe/Zurich',
  'expected {0}': 'attendu\u00A0: {0}',
  'expected a list of host names': 'attendu\u00A0: une liste de noms d’hôtes',
  'expected an address such as http://10.0.0.5:5000':
    'attendu\u00A0: une adresse telle que http://10.0.0.5:5000',
  'expected names of places': 'attendu\u00A0: des noms de lieux',
  '{0} Without it the defaults hold.': '{0} Sans cela, les valeurs par défaut s’appliquent.',
  '{0} Or give the flag by --flag.': '{0} Ou donnez le drapeau par --flag.',
  '{0} is not YAML: {1}.': '{0} n’est pas du YAML\u00A0: {1}.',
  'it is a folder; expected a YAML file': 'c’est un dossier\u00A0; attendu\u00A0: un fichier YAML',
  'it may not be read; check its permissions': 'sa lecture n’est pas permise\u00A0; vérifiez ses droits',
  'There is no configuration file at {0}. Check --config.':
    'Il n’y a pas de fichier de configuration {0}. Vérifiez --config.',
  'The configuration file {0} cannot be read: {1}.':
    'Le fichier de configuration {0} ne peut pas être lu\u00A0: {1}.',
  '{0} is missing': '{0} manque',
  'it is not a list of keys with values': 'ce n’est pas une liste de clés avec leurs valeurs',
  '{0} is not a list of keys with values': '{0} n’est pas une liste de clés avec leurs valeurs',
  'there is no setting {0}{1}; known are {2}': 'il n’y a pas de réglage {0}{1}\u00A0; connus\u00A0: {2}',
  'there is no setting {0}{1}; known in {2} are {3}':
    'il n’y a pas de réglage {0}{1}\u00A0; connus dans {2}\u00A0: {3}',
  // src/config.ts
  '--flag is "{0}"; expected {1}.': '--flag vaut «\u00A0{0}\u00A0»\u00A0; attendu\u00A0: {1}.',
  'ML_CONTROL_PLANE_API_ENABLED is "{0}": the control plane API answers 503':
    'ML_CONTROL_PLANE_API_ENABLED vaut «\u00A0{0}\u00A0»\u00A0: l’API de pilotage répond 503',
  '{0}. Set it to true, or remove it, to switch the API on.':
    '{0}. Mettez true, ou supprimez cette variable, pour ouvrir l’API.',
  // src/consent.ts
  'Nothing was changed: nobody can be asked here. Add --yes to consent.':
    'Rien n’a été changé\u00A0: personne ne peut être interrogé ici. Ajoutez --yes pour consentir.',
  'Cancelled; nothing was changed.': 'Annulé\u00A0; rien n’a été changé.',
  // src/deadline.ts
  '{0} did not answer within {1} ms.': '{0} n’a pas répondu en {1} ms.',
  // src/environment.ts
  '{0} in the .env is a placeholder; it counts as not set.':
    '{0} dans .env est un texte de modèle à remplacer\u00A0; cela compte comme non défini.',
  '{0} in the environment is a placeholder; it counts as not set.':
    '{0} dans l’environnement est un texte de modèle à remplacer\u00A0; cela compte comme non défini.',
  '{0} is "{1}"; expected true, false, 1, 0, yes or no.':
    '{0} vaut «\u00A0{1}\u00A0»\u00A0; attendu\u00A0: true, false, 1, 0, yes ou no.',
  // src/failure.ts
  'This is a bug in atmr-ml; please report it.': 'C’est un défaut d’atmr-ml\u00A0; merci de le signaler.',
  'Standard output cannot be written: {0}. What was written is not complete: make room, or send it elsewhere.':
    'La sortie standard ne peut pas être écrite\u00A0: {0}. Ce qui a été écrit n’est pas complet\u00A0: faites de la place, ou envoyez-la ailleurs.',
  'The working directory is not there any more. Change to a folder that exists and call again.':
    'Le dossier courant n’existe plus. Passez dans un dossier qui existe et relancez.',
  // src/kept-inputs.ts
  '{0} would overwrite {1}, which is {2}': '{0} écraserait {1}, qui est {2}',
  '{0}. Give {1} another file.': '{0}. Pour {1}, donnez un autre fichier.',
  'its manifest': 'son manifeste',
  // src/postgres.ts
  '{0} is not of the form postgresql://user:password@host:5432/database.':
    '{0} n’est pas de la forme postgresql://user:password@host:5432/database.',
  'Postgres at {0}{1}': 'Postgres sur {0}{1}',
  'the local socket': 'le socket local',
  'Check the user, the password and the database in DATABASE_URL, and what that user may do.':
    'Vérifiez l’utilisateur, le mot de passe et la base dans DATABASE_URL, et les droits de cet utilisateur.',
  '{0} refused: {1}. {2}': '{0} a refusé\u00A0: {1}. {2}',
  '{0} is a replica; the flag needs the primary. Check DATABASE_URL.':
    '{0} est un réplica\u00A0; il faut au drapeau le serveur primaire. Vérifiez DATABASE_URL.',
  'The schema atmr_ml of {0} lacks {1} of {2} steps. Run `atmr-ml migrate`.':
    'Il manque au schéma atmr_ml de {0} {1} étape(s) sur {2}. Lancez `atmr-ml migrate`.',
  // src/progress.ts
  '{0} read': '{0} lues',
  // src/report-files.ts
  '{0} {1} is given twice; give it once.': '{0} {1} est donné deux fois\u00A0; donnez-le une fois.',
  '{0} is "{1}"; expected a file that ends in {2}.':
    '{0} vaut «\u00A0{1}\u00A0»\u00A0; attendu\u00A0: un fichier qui finit par {2}.',
  // src/said-by-commander.ts
  'Usage:': 'Usage\u00A0:',
  'Options:': 'Options\u00A0:',
  'Commands:': 'Commandes\u00A0:',
  'Arguments:': 'Arguments\u00A0:',
  '(default: {0})': '(par défaut\u00A0: {0})',
  "unknown option '{0}'": "option inconnue '{0}'",
  "unknown command '{0}'": "commande inconnue '{0}'",
  "missing required argument '{0}'": "il manque l’argument '{0}'",
  "option '{0}' argument missing": "il manque la valeur de l’option '{0}'",
  "required option '{0}' not specified": "il manque l’option '{0}'",
  'too many arguments. Expected {0} but got {1}.': 'trop d’arguments. Attendu\u00A0: {0}, reçu\u00A0: {1}.',
  '(Did you mean {0}?)': '(Vouliez-vous dire {0}\u00A0?)',
  '(Did you mean one of {0}?)': '(Vouliez-vous dire l’un de ceux-ci\u00A0: {0}\u00A0?)',
  // src/settings.ts
  'the production tables': 'les tables de production',
  own: 'propre',
  'ENOENT: no such file or directory': 'ENOENT, ce fichier ou ce dossier n’existe pas',
  'EACCES: permission denied': 'EACCES, l’accès est refusé',
  'EISDIR: illegal operation on a directory': 'EISDIR, c’est un dossier',
  'ENOTDIR: not a directory': 'ENOTDIR, ce n’est pas un dossier',
  'ENOSPC: no space left on device': 'ENOSPC, il n’y a plus de place',
  'EROFS: read-only file system': 'EROFS, le système de fichiers est en lecture seule',
  '{0} levels': 'niveaux\u00A0: {0}',
  // src/sqlite.ts
  'SQLite at {0} did not answer: {1}.': 'SQLite ({0}) n’a pas répondu\u00A0: {1}.',
  // src/terminal.ts
  Yes: 'Oui',
  No: 'Non',
  'You must answer with "{0}" or "{1}"': 'Répondez par «\u00A0{0}\u00A0» ou «\u00A0{1}\u00A0»',
  navigate: 'se déplacer',
  select: 'choisir',
  // src/whole-file.ts
  'it is a folder': 'c’est un dossier',
  'Give {0} a file in a folder that exists and may be written to, with room for it.':
    'Pour {0}, donnez un fichier dans un dossier qui existe, où écrire est permis et où il reste de la place.',
  '{0} cannot be written: {1}. {2}': '{0} ne peut pas être écrit\u00A0: {1}. {2}',
};
