import type { Catalogue } from '../language.js';

export const DOCTOR: Catalogue = {
  // checklist/ask.ts
  later: 'plus tard',
  '{0}?{1}': '{0}\u00A0?{1}',
  // checklist/evidence.ts
  'no store of the flag answers': 'aucun stockage du drapeau ne répond',
  'on at {0} %': 'activé à {0}\u00A0%',
  '{0}, past {1} %': '{0}, au-delà de {1}\u00A0%',
  'Run `atmr-ml activate --percentage {0}`.': 'Lancez `atmr-ml activate --percentage {0}`.',
  '{0} settled bookings in 7 days, of at least {1}':
    'réservations réglées en 7 jours\u00A0: {0}, sur {1} au moins',
  'Let outcomes come in: `atmr-ml outcomes sync`.':
    'Laissez venir les résultats\u00A0: `atmr-ml outcomes sync`.',
  'MAE {0} min, R² {1}, p95 {2} ms, failures {3} in 7 days':
    'MAE {0} min, R² {1}, p95 {2} ms, échecs {3} en 7 jours',
  'Find out why with `atmr-ml analyze-errors`.': 'Cherchez pourquoi avec `atmr-ml analyze-errors`.',
  'nothing was measured': 'rien n’a été mesuré',
  '{0} % [{1}, {2}], assumed lines included': '{0}\u00A0% [{1}; {2}], hypothèses comprises',
  'simulated bookings: {0}': 'réservations simulées\u00A0: {0}',
  'See what it is made of: `atmr-ml roi --source ledger`.':
    'Voyez de quoi il se compose\u00A0: `atmr-ml roi --source ledger`.',
  // checklist/items.ts
  'All tests pass (unit, integration, end to end)':
    'Tous les tests passent (unitaires, intégration, bout en bout)',
  'The model is trained and validated (R² above 0.68)':
    'Le modèle est entraîné et validé (R² supérieur à 0,68)',
  'The weather API is configured and tested': 'L’API météo est configurée et testée',
  'The database is migrated (every step)': 'La base de données est migrée (toutes les étapes)',
  'The containers are built and running': 'Les conteneurs sont construits et en marche',
  'The monitoring dashboard can be reached': 'Le tableau de bord de surveillance est accessible',
  'The feature flags are configured (10 % to begin with)':
    'Les feature flags sont configurés (10\u00A0% pour commencer)',
  'The team is trained and ready': 'L’équipe est formée et prête',
  'The documentation is up to date': 'La documentation est à jour',
  'The model is on at 10 %': 'Le modèle est activé à 10\u00A0%',
  'The dashboard is looked at every day': 'Le tableau de bord est regardé chaque jour',
  'The logs are analysed (errors, performance)': 'Les journaux sont analysés (erreurs, performances)',
  'The figures are watched (MAE, R², prediction time)':
    'Les chiffres sont surveillés (MAE, R², temps de prédiction)',
  'Feedback of drivers and clients is collected': 'Les retours des chauffeurs et des clients sont recueillis',
  'The weekly report is written (`atmr-ml report`)': 'Le rapport hebdomadaire est écrit (`atmr-ml report`)',
  'The model is on at 100 %': 'Le modèle est activé à 100\u00A0%',
  'The return on investment is confirmed (above 3,000 %)':
    'Le retour sur investissement est confirmé (plus de 3\u202F000\u00A0%)',
  'The performance is stable': 'Les performances sont stables',
  'The team works on its own': 'L’équipe travaille de façon autonome',
  'The operational documentation is complete': 'La documentation d’exploitation est complète',
  'A plan for further improvement is made': 'Un plan d’amélioration continue est établi',
  'Client satisfaction is up by 15 %': 'La satisfaction des clients est en hausse de 15\u00A0%',
  // checklist/observe.ts
  'could not be looked at: {0}': 'n’a pas pu être examiné\u00A0: {0}',
  // checklist/read-answers.ts
  '--answer is given twice for {0}; expected one answer to an item.':
    '--answer est donné deux fois pour {0}\u00A0; une seule réponse par point est attendue.',
  '--answer is "{0}"; expected an item and yes or no, such as team=yes.':
    '--answer vaut «\u00A0{0}\u00A0»\u00A0; un point et yes ou no sont attendus, par exemple team=yes.',
  'There is no item "{0}" in this list{1}; its items are {2}.':
    'Il n’y a pas de point «\u00A0{0}\u00A0» dans cette liste{1}\u00A0; ses points sont {2}.',
  // checklist/work-through.ts
  'notice: answers are kept in {0}, for this machine; DATABASE_URL shares them.':
    'remarque\u00A0: les réponses sont conservées dans {0}, pour cette machine\u00A0; DATABASE_URL les partage.',
  'Cancelled; what was answered before is kept. Run it again to go on.':
    'Annulé\u00A0; ce qui avait déjà reçu une réponse est conservé. Relancez pour continuer.',
  'warning: earlier answers cannot be read: {0}':
    'avertissement\u00A0: les réponses précédentes ne peuvent pas être lues\u00A0: {0}',
  '--by is empty; expected who answers.':
    '--by est vide\u00A0; le nom de la personne qui répond est attendu.',
  // doctor/bookings.ts
  'not looked at: the configuration file may hold a query':
    'non examiné\u00A0: le fichier de configuration contient peut-être une requête',
  'not looked at: Postgres cannot be used': 'non examiné\u00A0: Postgres n’est pas utilisable',
  'none is configured': 'aucune n’est configurée',
  'Check {0} and what its user may read; another schema needs bookings.query.':
    'Vérifiez {0} et ce que son utilisateur a le droit de lire\u00A0; un autre schéma demande bookings.query.',
  'the tables booking and assignment': 'les tables booking et assignment',
  '{0}, with the columns that are read': '{0}, avec les colonnes lues',
  '{0} can be read': '{0} peut être lu',
  // doctor/channels.ts
  'Set SMTP_URL with ALERT_EMAIL_TO, or SLACK_WEBHOOK_URL: the guide wants to be told.':
    'Définissez SMTP_URL avec ALERT_EMAIL_TO, ou SLACK_WEBHOOK_URL\u00A0: le guide veut que quelqu’un soit prévenu.',
  'somewhere to go': 'un destinataire',
  'nobody is told': 'personne n’est prévenu',
  'a connection; nothing is sent': 'une connexion\u00A0; rien n’est envoyé',
  '{0} is no address': '{0} n’est pas une adresse',
  'Set {0} to one with a host.': 'Donnez à {0} une adresse avec un hôte.',
  'ALERT_EMAIL_TO is not set': 'ALERT_EMAIL_TO n’est pas définie',
  'Set ALERT_EMAIL_TO to those who shall be told.':
    'Définissez ALERT_EMAIL_TO\u00A0: les personnes à prévenir.',
  'ALERT_WEBHOOK_SECRET is not set': 'ALERT_WEBHOOK_SECRET n’est pas définie',
  'Set it to a long random text that the receiver has too.':
    'Donnez-lui un long texte aléatoire que le destinataire a aussi.',
  '{0}:{1} can be reached': '{0}:{1} est joignable',
  '{0}:{1} cannot be reached: {2}': '{0}:{1} n’est pas joignable\u00A0: {2}',
  'Check {0} and the way out of this network.': 'Vérifiez {0} et la sortie de ce réseau.',
  'no connection': 'pas de connexion',
  // doctor/check-title.ts
  memory: 'mémoire',
  'time zone': 'fuseau horaire',
  clocks: 'horloges',
  configuration: 'configuration',
  'initial state': 'état initial',
  home: 'dossier de travail',
  'disk space': 'espace disque',
  'postgres schema': 'postgres, schéma',
  'postgres write': 'postgres, écriture',
  'postgres indexes': 'postgres, index',
  'redis persistence': 'redis, persistance',
  'redis eviction': 'redis, éviction',
  'redis write': 'redis, écriture',
  'flag percentage': 'drapeau, part',
  'flag stores': 'drapeau, stockages',
  'model r2': 'modèle, r2',
  'model training': 'modèle, entraînement',
  weather: 'météo',
  'weather quota': 'météo, quota',
  'weather cache': 'météo, cache',
  alerts: 'alertes',
  'alerts by e-mail': 'alertes par e-mail',
  'alerts to Slack': 'alertes vers Slack',
  'alerts to Sentry': 'alertes vers Sentry',
  'alerts by webhook': 'alertes par webhook',
  heartbeat: 'signe de vie',
  dashboard: 'tableau de bord',
  tokens: 'jetons',
  'api port': 'port de l’API',
  'dashboard port': 'port du tableau de bord',
  // doctor/clocks.ts
  'within {0} s of each other': 'à {0} s près les unes des autres',
  'no store answered to compare with': 'aucun stockage n’a répondu pour comparer',
  'Switch on time synchronisation (`timedatectl set-ntp true`) here and there.':
    'Activez la synchronisation de l’heure (`timedatectl set-ntp true`) ici et là-bas.',
  '{0} is {1} s behind this machine': '{0} retarde de {1} s sur cette machine',
  '{0} is {1} s ahead of this machine': '{0} avance de {1} s sur cette machine',
  // doctor/configuration.ts
  'every key known, with a value that fits, and nothing left as a template':
    'chaque clé connue, avec une valeur qui convient, et aucun texte d’exemple laissé tel quel',
  'ML_* that can be read': 'des ML_* lisibles',
  'Correct the file; docs/configuration.md has every key.':
    'Corrigez le fichier\u00A0; docs/configuration.md donne toutes les clés.',
  '{0} of {1} settings set': 'réglages définis\u00A0: {0} sur {1}',
  'Put the real value in its place, or remove the line.':
    'Mettez la vraie valeur à sa place, ou retirez la ligne.',
  'ML_* not set: the flag begins when somebody activates it':
    'ML_* non défini\u00A0: le drapeau commence quand quelqu’un l’active',
  'ML_ENABLED={0}, ML_TRAFFIC_PERCENTAGE={1}': 'ML_ENABLED={0}, ML_TRAFFIC_PERCENTAGE={1}',
  'Correct the variable in the environment or in `.env`.':
    'Corrigez la variable dans l’environnement ou dans `.env`.',
  // doctor/flag.ts
  'not looked at: a store of the flag cannot be used':
    'non examiné\u00A0: un stockage du drapeau n’est pas utilisable',
  '{0} % to begin with': '{0}\u00A0% pour commencer',
  'all at the same revision': 'tous à la même révision',
  'never written; `activate` begins at {0} %': 'jamais écrit\u00A0; `activate` commence à {0}\u00A0%',
  'never written; begins at {0} % by ML_TRAFFIC_PERCENTAGE':
    'jamais écrit\u00A0; commence à {0}\u00A0% par ML_TRAFFIC_PERCENTAGE',
  'Set ML_TRAFFIC_PERCENTAGE={0}.': 'Définissez ML_TRAFFIC_PERCENTAGE={0}.',
  '{0}; `activate` begins at {1} %': '{0}\u00A0; `activate` commence à {1}\u00A0%',
  'Begin with `atmr-ml activate --percentage {0}`, unless the rollout is under way.':
    'Commencez par `atmr-ml activate --percentage {0}`, sauf si le déploiement est en cours.',
  '{0} none': '{0} aucune',
  '{0}; somebody has seen more': '{0}\u00A0; quelqu’un en a vu davantage',
  'A store lost data: see docs/forced-off.md, then `activate` or `disable`.':
    'Un stockage a perdu des données\u00A0: voyez docs/forced-off.md, puis `activate` ou `disable`.',
  'revision: {0}': 'révision\u00A0: {0}',
  '{0} behind: {1}': '{0} en retard\u00A0: {1}',
  'Run `atmr-ml status`, which repairs it.': 'Lancez `atmr-ml status`, qui le répare.',
  // doctor/home.ts
  'a folder that this user may write': 'un dossier où cet utilisateur peut écrire',
  'more than {0} MB free': 'plus de {0} Mo libres',
  '{0} may be written': '{0} accepte l’écriture',
  '{0} may be written, but is full': '{0} accepte l’écriture, mais il est plein',
  '{0} cannot be written: {1}': 'impossible d’écrire dans {0}\u00A0: {1}',
  'Set ATMR_ML_HOME to a folder that this user may write, or change its owner.':
    'Donnez à ATMR_ML_HOME un dossier où cet utilisateur peut écrire, ou changez-en le propriétaire.',
  'there is no folder above {0}': 'il n’y a pas de dossier au-dessus de {0}',
  '{0} MB free at {1}': '{0} Mo libres sur {1}',
  'Make room there, or set ATMR_ML_HOME to another disk.':
    'Faites-y de la place, ou donnez à ATMR_ML_HOME un autre disque.',
  '{0}, but no file can be written: {1}': '{0}, mais aucun fichier ne peut être écrit\u00A0: {1}',
  // doctor/hot-queries.ts
  'its history': 'son historique',
  'forced offs': 'les coupures forcées',
  'a repeated request': 'une demande répétée',
  'recent predictions': 'les prédictions récentes',
  'the bookings of a day': 'les réservations d’un jour',
  'the predictions of a booking': 'les prédictions d’une réservation',
  // doctor/machine.ts
  'Node.js {0} or newer': 'Node.js {0} ou plus récent',
  'a load below twice the processors': 'une charge inférieure au double des processeurs',
  'more than {0} MB available': 'plus de {0} Mo disponibles',
  'known to this Node.js': 'connu de ce Node.js',
  'Node.js {0}': 'Node.js {0}',
  'Install Node.js {0} or newer.': 'Installez Node.js {0} ou plus récent.',
  '{0} processors, load {1}': '{0} processeurs, charge {1}',
  'Find what else runs here (`top`): predictions will be slow.':
    'Cherchez ce qui tourne d’autre ici (`top`)\u00A0: les prédictions seront lentes.',
  '{0} of {1} MB available': '{0} Mo disponibles sur {1}',
  'End what is not needed, or give the machine or container more memory.':
    'Arrêtez ce qui n’est pas nécessaire, ou donnez plus de mémoire à la machine ou au conteneur.',
  'Install a Node.js with full ICU data, or remove NODE_ICU_DATA.':
    'Installez un Node.js avec toutes les données ICU, ou retirez NODE_ICU_DATA.',
  '{0} is unknown': '{0} est inconnu',
  '{0}, without summer time': '{0}, sans heure d’été',
  // doctor/model.ts
  'not looked at: the model that the flag names is not here':
    'non examiné\u00A0: le modèle que nomme le drapeau n’est pas ici',
  'not looked at: the model cannot be used': 'non examiné\u00A0: le modèle n’est pas utilisable',
  'hash, inputs and known answer as its manifest says':
    'empreinte, entrées et réponse connue comme le dit son manifeste',
  'above {0} on bookings it did not learn from': 'plus de {0} sur des réservations qu’il n’a pas apprises',
  'on your own bookings': 'sur vos propres réservations',
  'not looked at: the configuration file says where the models are':
    'non examiné\u00A0: le fichier de configuration dit où sont les modèles',
  '{0} {1}, SHA-256 {2}…': '{0} {1}, SHA-256 {2}…',
  'Copy the .onnx file and its manifest together, or train again.':
    'Copiez ensemble le fichier .onnx et son manifeste, ou refaites l’entraînement.',
  'the manifest has no R² of a test part': 'le manifeste n’a pas de R² d’une partie de test',
  'Run `atmr-ml ab-test` on bookings of yours.': 'Lancez `atmr-ml ab-test` sur des réservations à vous.',
  '{0} [{1}, {2}] on {3} bookings': '{0} [{1}; {2}] sur {3} réservations',
  'Train on more bookings, or find out what it misses with `atmr-ml analyze-errors`.':
    'Entraînez-le sur plus de réservations, ou cherchez ce qui lui échappe avec `atmr-ml analyze-errors`.',
  '{0}: neither side is proven': '{0}\u00A0: rien n’est prouvé dans un sens ni dans l’autre',
  'Test it on more bookings.': 'Testez-le sur plus de réservations.',
  '{0} bookings': '{0} réservations',
  '{0} simulated bookings': '{0} réservations simulées',
  'Train your own with `atmr-ml train`.': 'Entraînez le vôtre avec `atmr-ml train`.',
  // doctor/postgres.ts
  'not looked at: the schema is not current': 'non examiné\u00A0: le schéma n’est pas à jour',
  'an answer, from version {0} on': 'une réponse, à partir de la version {0}',
  'version {0}': 'version {0}',
  'the right to write, on the primary': 'le droit d’écrire, sur le serveur principal',
  'an index for each frequent query': 'un index pour chaque requête fréquente',
  '{0}: PostgreSQL {1}, {2} ms': '{0}\u00A0: PostgreSQL {1}, {2} ms',
  'Update to PostgreSQL {0} or newer.': 'Passez à PostgreSQL {0} ou plus récent.',
  'Run atmr-ml nearer to the database: every change waits for it.':
    'Placez atmr-ml plus près de la base de données\u00A0: chaque changement l’attend.',
  'Check the user, the password and the database in DATABASE_URL.':
    'Vérifiez l’utilisateur, le mot de passe et la base de données dans DATABASE_URL.',
  'Start it, or check the host and the port in DATABASE_URL and what lies between.':
    'Démarrez-le, ou vérifiez l’hôte et le port dans DATABASE_URL et ce qui se trouve entre les deux.',
  'version {0}, newer than this program': 'version {0}, plus récente que ce programme',
  'Update atmr-ml.': 'Mettez atmr-ml à jour.',
  'version {0}, {1} steps behind': 'version {0}, {1} étapes de retard',
  'Run `atmr-ml migrate`.': 'Lancez `atmr-ml migrate`.',
  'a row was written, and undone': 'une ligne a été écrite, puis annulée',
  'Grant USAGE, SELECT, INSERT, UPDATE and DELETE in the schema atmr_ml, on the primary.':
    'Accordez USAGE, SELECT, INSERT, UPDATE et DELETE dans le schéma atmr_ml, sur le serveur principal.',
  'no row can be written: {0}': 'aucune ligne ne peut être écrite\u00A0: {0}',
  'Make them again: their statements are in `atmr-ml migrate --dry-run` against an empty database.':
    'Recréez-les\u00A0: leurs instructions sont dans `atmr-ml migrate --dry-run` face à une base vide.',
  'no valid index {0}': 'pas d’index valable {0}',
  '{0} for {1}': '{0} pour {1}',
  '{0} frequent queries use theirs': '{0} requêtes fréquentes utilisent le leur',
  'not used for {0}': 'pas utilisé pour {0}',
  'Run `ANALYZE` in the database.': 'Lancez `ANALYZE` dans la base de données.',
  // doctor/redis.ts
  'not looked at: Redis cannot be used': 'non examiné\u00A0: Redis n’est pas utilisable',
  'an answer': 'une réponse',
  'Check the user and the password in REDIS_URL.':
    'Vérifiez l’utilisateur et le mot de passe dans REDIS_URL.',
  'Start it, or check the host and the port in REDIS_URL and what lies between.':
    'Démarrez-le, ou vérifiez l’hôte et le port dans REDIS_URL et ce qui se trouve entre les deux.',
  '{0}: Redis {1}, {2} ms': '{0}\u00A0: Redis {1}, {2} ms',
  'Run atmr-ml nearer to Redis: every change waits for it.':
    'Placez atmr-ml plus près de Redis\u00A0: chaque changement l’attend.',
  '{0}: a restart loses what was written since the last snapshot':
    '{0}\u00A0: un redémarrage perd ce qui a été écrit depuis le dernier instantané',
  'Set `appendonly yes` in redis.conf; until then Postgres brings it back.':
    'Mettez `appendonly yes` dans redis.conf\u00A0; d’ici là, Postgres rétablit les données.',
  'Set `appendonly yes` and `appendfsync always` in redis.conf, or add DATABASE_URL as the record.':
    'Mettez `appendonly yes` et `appendfsync always` dans redis.conf, ou ajoutez DATABASE_URL comme registre.',
  'Ask who runs it for `appendfsync always`.': 'Demandez `appendfsync always` à qui l’exploite.',
  '{0}: a power cut loses the last second': '{0}\u00A0: une coupure de courant perd la dernière seconde',
  'Set `appendfsync always` in redis.conf.': 'Mettez `appendfsync always` dans redis.conf.',
  'it does not say': 'il ne le dit pas',
  'Set `maxmemory-policy noeviction` in redis.conf, or use a Redis of its own.':
    'Mettez `maxmemory-policy noeviction` dans redis.conf, ou utilisez un Redis réservé à atmr-ml.',
  '{0}: when memory runs out it drops keys, and the flag may be one of them':
    '{0}\u00A0: quand la mémoire manque, il retire des clés, et le drapeau peut en être une',
  'a key was written; it expires in a second': 'une clé a été écrite\u00A0; elle expire dans une seconde',
  'Let this user write `atmr-ml:*`, on the primary, and leave it memory.':
    'Laissez cet utilisateur écrire `atmr-ml:*`, sur le serveur principal, et laissez-lui de la mémoire.',
  'no key can be written: {0}': 'aucune clé ne peut être écrite\u00A0: {0}',
  // doctor/serve.ts
  'free, or our own server': 'libre, ou notre propre serveur',
  'a page at /ml-monitoring': 'une page sous /ml-monitoring',
  'one for each port that others reach': 'un pour chaque port que d’autres atteignent',
  'not looked at: the configuration file says where it is':
    'non examiné\u00A0: le fichier de configuration dit où il se trouve',
  'Set ATMR_ML_TOKEN (`openssl rand -hex 32`).': 'Définissez ATMR_ML_TOKEN (`openssl rand -hex 32`).',
  'Make it with `openssl rand -hex 32`.': 'Créez-le avec `openssl rand -hex 32`.',
  'none needed: only this machine reaches the port':
    'aucun nécessaire\u00A0: seule cette machine atteint le port',
  set: 'défini',
  'any free port': 'n’importe quel port libre',
  '{0}: atmr-ml serves here': '{0}\u00A0: atmr-ml sert ici',
  '{0} is free': '{0} est libre',
  '{0} of {1}: {2}': '{0} de {1}\u00A0: {2}',
  'Choose another with {0} in the configuration, or end that program.':
    'Choisissez-en un autre avec {0} dans la configuration, ou arrêtez ce programme.',
  'no server runs here': 'aucun serveur ne tourne ici',
  'Start `atmr-ml serve`, or look from the machine where it runs.':
    'Démarrez `atmr-ml serve`, ou regardez depuis la machine où il tourne.',
  '{0}/ml-monitoring answers': '{0}/ml-monitoring répond',
  '/ml-monitoring answers {0}': '/ml-monitoring répond {0}',
  nothing: 'rien',
  'Look at the log of `atmr-ml serve`.': 'Regardez le journal de `atmr-ml serve`.',
  'it cannot be opened': 'il ne peut pas être ouvert',
  // doctor/sqlite.ts
  'not looked at: its folder cannot be written': 'non examiné\u00A0: impossible d’écrire dans son dossier',
  'SQLite {0} at {1}, sound, {2} ms': 'SQLite {0} ({1}), sain, {2} ms',
  '{0} is damaged: {1}': '{0} est endommagé\u00A0: {1}',
  'Put a copy of the file from a backup in its place.':
    'Mettez à sa place une copie du fichier tirée d’une sauvegarde.',
  'Check its owner and the room on its disk. If it is damaged, put a copy from a backup in its place, or move it aside: the forced offs of this machine’s journal come back by themselves.':
    'Vérifiez son propriétaire et la place sur son disque. S’il est abîmé, mettez à sa place une copie d’une sauvegarde, ou écartez-le\u00A0: les coupures forcées du journal de cette machine reviennent d’elles-mêmes.',
  'a sound file that may be written': 'un fichier sain où l’on peut écrire',
  // doctor/weather.ts
  'OPENWEATHER_API_KEY is not set': 'OPENWEATHER_API_KEY n’est pas définie',
  'not asked: the quota is used up': 'pas demandé\u00A0: le quota est épuisé',
  'Wait, or lower the number of calls.': 'Attendez, ou réduisez le nombre d’appels.',
  '{0} answered in {1} ms': '{0} a répondu en {1} ms',
  'a report for Geneva': 'un bulletin pour Genève',
  'below {0} calls a minute and {1} a day': 'moins de {0} appels par minute et de {1} par jour',
  'most questions answered without a call': 'la plupart des questions répondues sans appel',
  'each process counts its own calls: set REDIS_URL to share them':
    'chaque processus compte ses propres appels\u00A0: définissez REDIS_URL pour les partager',
  '{0} of {1} this minute, {2} of {3} today': '{0} sur {1} cette minute, {2} sur {3} aujourd’hui',
  'Expect the neutral factor 0.5 for the rest of the day, or take a larger plan.':
    'Attendez-vous au facteur neutre 0,5 pour le reste de la journée, ou prenez un plus grand forfait.',
  'no server runs here to ask': 'aucun serveur à interroger ne tourne ici',
  'nothing was asked yet': 'rien n’a encore été demandé',
  '{0} % of {1} questions': '{0}\u00A0% de {1} questions',
  'Set REDIS_URL, so that processes share what they ask.':
    'Définissez REDIS_URL, pour que les processus partagent ce qu’ils demandent.',
  'Get a key at openweathermap.org and set OPENWEATHER_API_KEY.':
    'Obtenez une clé sur openweathermap.org et définissez OPENWEATHER_API_KEY.',
  'Check OPENWEATHER_API_KEY; a new key takes up to 2 hours to work.':
    'Vérifiez OPENWEATHER_API_KEY\u00A0; une nouvelle clé met jusqu’à 2 heures à fonctionner.',
  'Wait, or take a larger plan: the account is over its limit.':
    'Attendez, ou prenez un plus grand forfait\u00A0: le compte dépasse sa limite.',
  'Check the way out of this network, and OPENWEATHER_BASE_URL.':
    'Vérifiez la sortie de ce réseau, et OPENWEATHER_BASE_URL.',
  // health/health.ts
  'The ledger of predictions does not answer: how the model does is not known.':
    'Le registre des prédictions ne répond pas\u00A0: on ne sait pas comment va le modèle.',
  "{0} of the model's {1} attempts failed; at most {2} may.":
    '{0} des {1} tentatives du modèle ont échoué\u00A0; {2} au plus sont admis.',
  'The model is off by {0} min on average; more than {1} is proven.':
    'Le modèle se trompe de {0} min en moyenne\u00A0; plus de {1} est prouvé.',
  '{0} of {1} settled bookings were off by more than 5 min.':
    '{0} des {1} réservations réglées étaient à plus de 5 min.',
  'The slowest 5 % of the predictions took {0} ms or more.':
    'Les 5\u00A0% de prédictions les plus lentes ont pris {0} ms ou plus.',
  '{0} of the answers had to do without the weather.': '{0} des réponses se sont passées de la météo.',
  // roi/assess.ts
  'no bookings were measured': 'aucune réservation n’a été mesurée',
  'nothing is spent': 'rien n’est dépensé',
  // roi/figures.ts
  'bookings a year × minutes saved × driver CHF an hour / 60':
    'réservations par an × minutes gagnées × CHF de l’heure du chauffeur / 60',
  'bookings a year × share foreseen by the model alone × CHF a late ride':
    'réservations par an × part prévue par le modèle seul × CHF par course en retard',
  'churn points / 100 × bookings a year × CHF a customer × share at stake':
    'points d’attrition / 100 × réservations par an × CHF par client × part en jeu',
  'reassignments saved a day × working days a month × 12 × CHF each':
    'réaffectations évitées par jour × jours ouvrés par mois × 12 × CHF chacune',
  // roi/guide.ts
  '3,750 × 2.75 × 50/60 is 8,593.75 a month, not 5,781':
    '3\u202F750 × 2,75 × 50/60 font 8\u202F593,75 par mois, et non 5\u202F781',
  '22,500 is 1 churn point, not 2–3': '22\u202F500 correspond à 1 point d’attrition, et non à 2–3',
  '12,260 of 418,125 a year takes 1.5 weeks, not less than 1':
    '12\u202F260 sur 418\u202F125 par an prennent 1,5 semaine, et non moins de 1',
  // roi/inputs.ts
  'expected a number of 0 or more': 'un nombre d’au moins 0 est attendu',
  'expected a share from 0 to 1': 'une part de 0 à 1 est attendue',
  'expected a number': 'un nombre est attendu',
  'expected low ≤ base ≤ high': 'low ≤ base ≤ high est attendu',
  'expected a number, or low, base and high': 'un nombre est attendu, ou low, base et high',
  // roi/measure-by-ledger.ts
  'the ledger': 'le registre',
  // roi/read-inputs.ts
  '{0} cannot be read: {1}. Check --inputs.': '{0} ne peut pas être lu\u00A0: {1}. Vérifiez --inputs.',
  '{0} is not YAML: {1}': '{0} n’est pas du YAML\u00A0: {1}',
  'it is {0}; {1}': 'la valeur est {0}\u00A0; {1}',
  'there is no input {0}; known are {1}': 'il n’y a pas d’entrée {0}\u00A0; les connues sont {1}',
  'there is no input {0}; known in {1} are {2}': 'il n’y a pas d’entrée {0}\u00A0; celles de {1} sont {2}',
  'expected a list of keys with values': 'une liste de clés avec leurs valeurs est attendue',
  // roi/roi.ts
  estimating: 'estimation',
  // roi/traffic.ts
  '--percentage is "{0}"; expected 0 to 100, at most two decimals.':
    '--percentage vaut «\u00A0{0}\u00A0»\u00A0; de 0 à 100 est attendu, avec deux décimales au plus.',
  // roi/read-inputs.ts
  'not there': 'absent',
};
