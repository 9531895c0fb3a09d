import type { Catalogue } from '../language.js';

export const BOOKING: Catalogue = {
  // src/booking/booking-database.ts
  'table booking': 'table booking',
  // src/booking/choose-source.ts
  '--source postgres needs DATABASE_URL or BOOKINGS_DATABASE_URL, and neither is set':
    '--source postgres a besoin de DATABASE_URL ou de BOOKINGS_DATABASE_URL, et aucune n’est définie',
  '{0}. Set one, or name a file.': '{0}. Définissez-en une, ou nommez un fichier.',
  'the shipped fixture fixtures/bookings.csv': 'le jeu d’exemple livré fixtures/bookings.csv',
  // src/booking/columns.ts
  'has the column {0} twice. Keep one': 'a deux fois la colonne {0}. Gardez-en une',
  'id (or booking_id)': 'id (ou booking_id)',
  'scheduled_time (or ready features such as time_of_day, day_of_week, distance_km)':
    'scheduled_time (ou des variables prêtes telles que time_of_day, day_of_week, distance_km)',
  'has no column {0}; its columns are {1}': 'n’a pas de colonne {0}\u00A0; ses colonnes sont {1}',
  ' and no column ': ' ni de colonne ',
  '(unnamed)': '(sans nom)',
  '{0} and {1} more': '{0} et {1} de plus',
  // src/booking/csv.ts
  '{0}, the row from line {1},': '{0}, la rangée à partir de la ligne {1},',
  '{0} line {1}: a quote opens here and is never closed. Close it.':
    '{0} ligne {1}\u00A0: un guillemet s’ouvre ici et ne se ferme jamais. Fermez-le.',
  // src/booking/from-document.ts
  '{0} is "{1}"; expected 1 to {2} printable characters.':
    '{0} vaut «\u00A0{1}\u00A0»\u00A0; attendu\u00A0: de 1 à {2} caractères imprimables.',
  // src/booking/from-flags.ts
  '{0}: {1}.': '{0}\u00A0: {1}.',
  '{0}: {1} {2}.': '{0}\u00A0: {1} {2}.',
  '{0} missing; expected a booking such as {1}.':
    'Il manque {0}\u00A0; attendu\u00A0: une réservation telle que {1}.',
  '{0} is "{1}"; expected latitude,longitude such as 46.20,6.14.':
    '{0} vaut «\u00A0{1}\u00A0»\u00A0; attendu\u00A0: latitude,longitude, tel que 46.20,6.14.',
  'expected an OpenWeather report as JSON, or a file that holds one':
    'attendu\u00A0: un relevé OpenWeather en JSON, ou un fichier qui en contient un',
  '--weather is "{0}"; {1} ({2}).': '--weather vaut «\u00A0{0}\u00A0»\u00A0; {1} ({2}).',
  // src/booking/given.ts
  'is not a fraction': 'n’est pas une fraction',
  'is not an hour': 'n’est pas une heure du jour',
  'is not a weekday, Monday = 0': 'n’est pas un jour de la semaine, lundi = 0',
  'is not a month': 'n’est pas un mois',
  // src/booking/json.ts
  '{0}, after booking {1},': '{0}, après la réservation {1},',
  'from its beginning': 'dès son début',
  'after booking {0}': 'après la réservation {0}',
  '{0} is not JSON {1}. Check the commas, quotes and brackets there.':
    '{0} n’est pas du JSON {1}. Vérifiez-y les virgules, guillemets et crochets.',
  '{0} ends in the middle of its JSON, after booking {1}':
    '{0} s’arrête au milieu de son JSON, après la réservation {1}',
  '{0}. Copy it again, to its end.': '{0}. Copiez-le encore, jusqu’à sa fin.',
  // src/booking/lines.ts
  '{0} line {1}': '{0} ligne {1}',
  '{0} is longer than 1 MiB, which no booking is': '{0} dépasse 1 MiB, ce qu’aucune réservation ne fait',
  '{0}. Check that it is CSV, JSON or NDJSON and its quotes are closed.':
    '{0}. Vérifiez que c’est du CSV, du JSON ou du NDJSON et que ses guillemets sont fermés.',
  // src/booking/own-query.ts
  'has no column actual_delay_minutes, so nobody knows how late its bookings were':
    'n’a pas de colonne actual_delay_minutes\u00A0: personne ne sait quel retard avaient ses réservations',
  'Give its columns the names of the booking fields, as docs/bookings.md lists them':
    'Donnez à ses colonnes les noms des champs d’une réservation, énumérés dans docs/bookings.md',
  'bookings.query of atmr-ml.config.yaml {0}. {1}.': 'bookings.query dans atmr-ml.config.yaml {0}. {1}.',
  // src/booking/parse.ts
  'has {0} cells (expected {1}, as the header has)': 'a {0} cellules (attendu\u00A0: {1}, comme l’en-tête)',
  'is not an arm (expected model or control)': 'n’est pas une branche (attendu\u00A0: model ou control)',
  'is missing (expected a text or a whole number)': 'manque (attendu\u00A0: un texte ou un nombre entier)',
  'is missing (expected ISO 8601)': 'manque (attendu\u00A0: ISO 8601)',
  'is missing although {0} is given': 'manque alors que {0} est donné',
  'is not a text (expected the name of a facility, or nothing)':
    'n’est pas un texte (attendu\u00A0: le nom d’un établissement, ou rien)',
  'is not an id (expected a text or a whole number)':
    'n’est pas un id (attendu\u00A0: un texte ou un nombre entier)',
  // src/booking/postgres-failure.ts
  'Correct bookings.query in atmr-ml.config.yaml, or write one that gives the booking fields':
    'Corrigez bookings.query dans atmr-ml.config.yaml, ou écrivez-en une qui donne les champs d’une réservation',
  'cannot answer: {0}. {1}': 'ne peut pas répondre\u00A0: {0}. {1}',
  'refused: {0}. Check the user and the password in {1}':
    'a refusé\u00A0: {0}. Vérifiez l’utilisateur et le mot de passe dans {1}',
  'refused: {0}. Check the database in {1}': 'a refusé\u00A0: {0}. Vérifiez la base dans {1}',
  'refused: {0}. Grant the user of {1} SELECT on what bookings are read from':
    'a refusé\u00A0: {0}. Accordez à l’utilisateur de {1} SELECT sur ce dont les réservations sont lues',
  'holds no such bookings: {0}. Name a file with --source FILE, the right database in {1}, or a query of your own in bookings.query of atmr-ml.config.yaml':
    'ne contient pas de telles réservations\u00A0: {0}. Nommez un fichier par --source FILE, la bonne base dans {1}, ou une requête à vous dans bookings.query d’atmr-ml.config.yaml',
  'refused: {0}. Bookings are only read; bookings.query must not write anything':
    'a refusé\u00A0: {0}. Les réservations sont seulement lues\u00A0; bookings.query ne doit rien écrire',
  '{0} did not finish reading bookings in time': '{0} n’a pas fini de lire les réservations à temps',
  '{0}. Try again when it has less to do, or read from a replica.':
    '{0}. Réessayez quand elle aura moins à faire, ou lisez depuis un réplica.',
  '{0} does not know the timezone of atmr-ml.config.yaml. Choose another.':
    '{0} ne connaît pas le fuseau timezone d’atmr-ml.config.yaml. Choisissez-en un autre.',
  '{0} stopped reading bookings (SQLSTATE {1}). Try again.':
    '{0} a cessé de lire les réservations (SQLSTATE {1}). Réessayez.',
  '{0} met a value that it cannot convert (SQLSTATE {1})':
    '{0} a rencontré une valeur impossible à convertir (SQLSTATE {1})',
  '{0}. Correct it there, or the casts in bookings.query.':
    '{0}. Corrigez-la là-bas, ou les conversions dans bookings.query.',
  // src/booking/postgres-source.ts
  'There are no bookings in {0}. Name a file with --source FILE.':
    'Il n’y a pas de réservations dans {0}. Nommez un fichier par --source FILE.',
  'There is no booking {0} in {1}. Check the id.': 'Il n’y a pas de réservation {0} dans {1}. Vérifiez l’id.',
  '{0} gives an id twice, and an id names one booking':
    '{0} donne un id deux fois, et un id désigne une seule réservation',
  '{0}. A join may find several rows for one booking: choose one of them.':
    '{0}. Une jointure peut trouver plusieurs lignes pour une réservation\u00A0: choisissez-en une.',
  'Correct it, or skip such rows with --on-bad-row skip.':
    'Corrigez-la, ou sautez de telles lignes par --on-bad-row skip.',
  // src/booking/records.ts
  'has a quote in the wrong place': 'a un guillemet au mauvais endroit',
  '{0} {1}. Name the columns in its first line.': '{0} {1}. Nommez les colonnes dans sa première ligne.',
  'is not a JSON object': 'n’est pas un objet JSON',
  'There are no bookings in {0}: its object has no "bookings" array, or it is empty':
    'Il n’y a pas de réservations dans {0}\u00A0: son objet n’a pas de tableau "bookings", ou ce tableau est vide',
  '{0}. Expected [{…}, …] or {"bookings": [{…}, …]}.':
    '{0}. Attendu\u00A0: [{…}, …] ou {"bookings": [{…}, …]}.',
  // src/booking/row.ts
  '{0}: {1} {2}': '{0}\u00A0: {1} {2}',
  'a list': 'une liste',
  'an object': 'un objet',
  // src/booking/skipped-rows.ts
  'skipped: further rows are only counted.': 'sauté\u00A0: les lignes suivantes sont seulement comptées.',
  // src/booking/source.ts
  '{0}: {1} {2} and {3} have the same id': '{0}\u00A0: les {1} {2} et {3} ont le même id',
  '{0}: {1} {2} and {3} both have the id {4}': '{0}\u00A0: les {1} {2} et {3} ont toutes deux l’id {4}',
  '{0}. An id names one booking: remove one of them.':
    '{0}. Un id désigne une seule réservation\u00A0: supprimez l’une des deux.',
  lines: 'lignes',
  rows: 'lignes',
  'There are no bookings in {0}': 'Il n’y a pas de réservations dans {0}',
  'Correct what was reported of the first': 'Corrigez ce qui a été dit des premières',
  '{0}: all {1} rows were skipped. {2}.': '{0}\u00A0: toutes les {1} lignes ont été sautées. {2}.',
  'Check the command that writes to it': 'Vérifiez la commande qui y écrit',
  'Check the path': 'Vérifiez le chemin',
  '{0} has no column actual_delay_minutes, so nobody knows how late its bookings were':
    '{0} n’a pas de colonne actual_delay_minutes\u00A0: personne ne sait quel retard avaient ses réservations',
  'Add it: minutes late, negative when early, empty while a booking is not settled':
    'Ajoutez-la\u00A0: minutes de retard, négatif en avance, vide tant qu’une réservation n’est pas réglée',
  // src/booking/text.ts
  'standard input': 'l’entrée standard',
  'Standard input cannot be read here. Name a file.':
    'L’entrée standard ne peut pas être lue ici. Nommez un fichier.',
  '{0} is a spreadsheet or a zip archive; expected text':
    '{0} est un tableur ou une archive zip\u00A0; attendu\u00A0: du texte',
  '{0}. Export it as CSV, or take it out of the archive.':
    '{0}. Exportez-le en CSV, ou sortez-le de l’archive.',
  '{0} is not text: it is binary, or in another encoding than UTF-8 or marked UTF-16.':
    '{0} n’est pas du texte\u00A0: c’est du binaire, ou un autre codage que UTF-8 ou UTF-16 marqué.',
  '{0} Save it as UTF-8.': '{0} Enregistrez-le en UTF-8.',
  'there is no such file. Check the path.': 'ce fichier n’existe pas. Vérifiez le chemin.',
  'it is a folder. Name a file in it.': 'c’est un dossier. Nommez un fichier qui s’y trouve.',
  'it may not be read. Check its permissions.': 'sa lecture n’est pas permise. Vérifiez ses droits.',
  'its gzip data are cut short. Copy or compress it again.':
    'ses données gzip sont tronquées. Copiez-le ou compressez-le encore.',
  'its gzip data are damaged. Copy or compress it again.':
    'ses données gzip sont abîmées. Copiez-le ou compressez-le encore.',
  'Cannot read {0}: {1}': 'Impossible de lire {0}\u00A0: {1}',
  // src/booking/timed-only.ts
  'is scheduled in the hour that the clocks skip': 'est prévue dans l’heure que les horloges sautent',
  'notice: {0} without a scheduled time left out.':
    'remarque\u00A0: {0} sans heure prévue laissée(s) de côté.',
  'has no scheduled time': 'n’a pas d’heure prévue',
  'Booking {0} {1}, so nothing can be predicted of it. Correct the time.':
    'La réservation {0} {1}\u00A0: rien ne peut en être prédit. Corrigez l’heure.',
  // src/booking/timestamp.ts
  'is not a time (expected ISO 8601 such as 2026-03-02 08:30 or 2026-03-02T08:30:00+01:00)':
    'n’est pas une heure (attendu\u00A0: ISO 8601, tel que 2026-03-02 08:30 ou 2026-03-02T08:30:00+01:00)',
  'does not exist in {0}: the clocks skip that hour':
    'n’existe pas dans {0}\u00A0: les horloges sautent cette heure',
  'is not in the years {0} to {1}': 'n’est pas dans les années {0} à {1}',
  'is not a date of the calendar': 'n’est pas une date du calendrier',
  'is not a time of day (expected 00:00 to 23:59:59)':
    'n’est pas une heure de la journée (attendu\u00A0: de 00:00 à 23:59:59)',
  // src/booking/values.ts
  'is negative': 'est négatif',
  'is not a latitude': 'n’est pas une latitude',
  'is not a longitude': 'n’est pas une longitude',
  '{0} (expected {1} to {2})': '{0} (attendu\u00A0: de {1} à {2})',
  'is not a finite number': 'n’est pas un nombre fini',
  'is not a number (expected plain decimals such as 12.5)':
    'n’est pas un nombre (attendu\u00A0: des décimales simples telles que 12.5)',
  'is neither true nor false (expected true/false, yes/no or 1/0)':
    'n’est ni vrai ni faux (attendu\u00A0: true/false, yes/no ou 1/0)',
  // src/booking/weather-cells.ts
  'is not a percentage': 'n’est pas un pourcentage',
  'is not an OpenWeather report (expected a JSON object)':
    'n’est pas un relevé OpenWeather (attendu\u00A0: un objet JSON)',
  'gives no weather (expected main.temp, wind.speed and clouds.all at least, as numbers)':
    'ne donne pas de météo (attendu\u00A0: au moins main.temp, wind.speed et clouds.all, en nombres)',
  'gives impossible weather (expected amounts from 0, clouds up to 100 %)':
    'donne une météo impossible (attendu\u00A0: des quantités à partir de 0, des nuages jusqu’à 100\u00A0%)',
  // src/migration/migration.ts
  'The schema of {0} is at version {1}; this atmr-ml knows up to {2}. Update atmr-ml.':
    'Le schéma de {0} est à la version {1}\u00A0; cet atmr-ml connaît jusqu’à {2}. Mettez atmr-ml à jour.',
  // src/outcomes/import-outcomes.ts
  'There are no outcomes in {0}. Check the path.': 'Il n’y a pas de résultats dans {0}. Vérifiez le chemin.',
  'comes twice; an id names one booking': 'vient deux fois\u00A0; un id désigne une seule réservation',
  ', and {0} more at fault': ', et {0} de plus en défaut',
  '{0} {1}{2}. Nothing was settled. Correct the file.':
    '{0} {1}{2}. Rien n’a été réglé. Corrigez le fichier.',
  // src/outcomes/look-up-scheduled.ts
  'Answers wait for the ledger, those to these bookings perhaps among them':
    'Des réponses attendent le registre, dont peut-être celles de ces réservations',
  '{0}: nothing was written. Send the outcomes again in a minute.':
    '{0}\u00A0: rien n’a été écrit. Renvoyez les résultats dans une minute.',
  // src/outcomes/outcome-row.ts
  'has no column id (or booking_id)': 'n’a pas de colonne id (ou booking_id)',
  'has no column actual_delay_minutes, and no actual_pickup_at in its place':
    'n’a pas de colonne actual_delay_minutes, ni actual_pickup_at à sa place',
  'has actual_pickup_at and no scheduled_time to measure it from':
    'a actual_pickup_at sans scheduled_time d’où le mesurer',
  'is missing or no id (expected a text or a whole number)':
    'manque ou n’est pas un id (attendu\u00A0: un texte ou un nombre entier)',
  'is missing, and without a scheduled_time the pickup tells no delay':
    'manque, et sans scheduled_time la prise en charge ne dit aucun retard',
  // src/outcomes/reported.ts
  'is of the same booking as outcomes[{0}]. Send one of them':
    'est de la même réservation que outcomes[{0}]. N’en envoyez qu’un',
  'is not an object. Expected {{0}}': 'n’est pas un objet. Attendu\u00A0: {{0}}',
  '.booking_id is missing, or neither a text nor a whole number':
    '.booking_id manque, ou n’est ni un texte ni un nombre entier',
  'tells neither how late the pickup was nor when. Expected {{0}}':
    'ne dit ni quel retard avait la prise en charge ni quand elle a eu lieu. Attendu\u00A0: {{0}}',
  '.actual_delay_minutes {0}': '.actual_delay_minutes {0}',
  '.actual_pickup_at {0}': '.actual_pickup_at {0}',
  '"booking_id", and "actual_pickup_at" or "actual_delay_minutes"':
    '"booking_id", et "actual_pickup_at" ou "actual_delay_minutes"',
  'Nobody asked about this booking, so its scheduled time is unknown. Send actual_delay_minutes.':
    'Personne n’a demandé cette réservation\u00A0: son heure prévue est inconnue. Envoyez actual_delay_minutes.',
  '{0} min is a recording error, not a delay': '{0} min est une erreur de saisie, pas un retard',
  '{0} (expected at most {1} min either way).':
    '{0} (attendu\u00A0: au plus {1} min dans un sens ou dans l’autre).',
  // src/simulator/export.ts
  'There is no table "{0}" in format "{1}"; expected bookings as csv or ndjson, or ready as csv.':
    'Il n’y a pas de table «\u00A0{0}\u00A0» au format «\u00A0{1}\u00A0»\u00A0; attendu\u00A0: bookings en csv ou ndjson, ou ready en csv.',
  // src/simulator/scenario.ts
  'a week of heavy snow': 'une semaine de forte neige',
  'half of the drivers are replaced by unpunctual beginners':
    'la moitié des chauffeurs sont remplacés par des débutants peu ponctuels',
  'two bookings in five lose their dropoff, report ten times the distance, and kelvin for °C':
    'deux réservations sur cinq perdent leur dépose, annoncent dix fois la distance, et des kelvins pour des °C',
  'twice the bookings a day, and longer ways to the pickup':
    'deux fois plus de réservations par jour, et des trajets plus longs jusqu’à la prise en charge',
  'delays start to follow the heuristic, so that an older model is worse than it':
    'les retards se mettent à suivre l’heuristique\u00A0: un ancien modèle devient moins bon qu’elle',
  // src/simulator/settings.ts
  '--scenario-day says when a scenario starts; name one with --scenario.':
    '--scenario-day dit quand un scénario commence\u00A0; nommez-en un par --scenario.',
  'There is no scenario "{0}"; expected one of {1}.{2}':
    'Il n’y a pas de scénario «\u00A0{0}\u00A0»\u00A0; attendu\u00A0: l’un de {1}.{2}',
  '--from is "{0}"; expected a day of {1}–{2} as YYYY-MM-DD, such as 2026-01-05.':
    '--from vaut «\u00A0{0}\u00A0»\u00A0; attendu\u00A0: un jour de {1}–{2} écrit AAAA-MM-JJ, tel que 2026-01-05.',
  // src/training/describe-flags.ts
  'expected the columns of the model in their order, such as --features distance_km,month':
    'attendu\u00A0: les colonnes du modèle dans leur ordre, telles que --features distance_km,month',
  '--features is missing; {0}.': '--features manque\u00A0; {0}.',
  '--missing names {0}; expected all or some of --features.':
    '--missing nomme {0}\u00A0; attendu\u00A0: all, ou certaines de --features.',
  'expected a JSON file {"mean": […], "scale": […]}, one number for each feature':
    'attendu\u00A0: un fichier JSON {"mean": […], "scale": […]}, un nombre pour chaque variable',
  '--scaling is "{0}"; {1} ({2}).': '--scaling vaut «\u00A0{0}\u00A0»\u00A0; {1} ({2}).',
  // src/training/describe-model.ts
  '{0} takes {1} features, but --features names {2}.':
    '{0} prend {1} variables, mais --features en nomme {2}.',
  '{0} answers {1} to a booking of medians': '{0} répond {1} à une réservation faite de médianes',
  '{0}; minutes were expected. Check the order of --features.':
    '{0}\u00A0; attendu\u00A0: des minutes. Vérifiez l’ordre de --features.',
  'Only {0} of {1} settled bookings tell all that the model needs':
    'Seules {0} réservations réglées sur {1} disent tout ce qu’il faut au modèle',
  'at least {0} were expected. Missing are {1}; name those that the model can do without in --missing':
    'attendu\u00A0: au moins {0}. Il manque {1}\u00A0; nommez dans --missing celles dont le modèle peut se passer',
  // src/training/fit-rows.ts
  'the model in training': 'le modèle en cours d’entraînement',
  // src/training/inspect-features.ts
  '{0} (correlation {1})': '{0} (corrélation {1})',
  'The outcome is given away by {0}': 'Le résultat est trahi par {0}',
  'a feature must be known before the pickup': 'une variable doit être connue avant la prise en charge',
  ', or keep the others: --features {0}': ', ou gardez les autres\u00A0: --features {0}',
  '{0}; {1}. Remove the column{2}.': '{0}\u00A0; {1}. Supprimez la colonne{2}.',
  '{0} is missing in every booking; the model does not use it.':
    '{0} manque dans toutes les réservations\u00A0; le modèle ne l’utilise pas.',
  '{0} is {1} in every booking; the model does not use it.':
    '{0} vaut {1} dans toutes les réservations\u00A0; le modèle ne l’utilise pas.',
  // src/training/model-place.ts
  'the manifest': 'le manifeste',
  "{0} is there and is not a model's manifest, which would overwrite it":
    '{0} existe et n’est pas le manifeste d’un modèle, qui l’écraserait',
  '{0}. Give the model another name, or move that file away.':
    '{0}. Donnez un autre nom au modèle, ou déplacez ce fichier.',
  // src/training/save-description.ts
  '--out is "{0}"; expected a file that ends in .onnx.':
    '--out vaut «\u00A0{0}\u00A0»\u00A0; attendu\u00A0: un fichier qui finit par .onnx.',
  // src/training/save-model.ts
  'Give {0} a file in a folder that may be written to.':
    'Pour {0}, donnez un fichier dans un dossier où écrire est permis.',
  '{0} cannot be made: {1}. {2}': '{0} ne peut pas être créé\u00A0: {1}. {2}',
  // src/training/split.ts
  'No bookings are left for {0}: too many share one scheduled_time':
    'Il ne reste pas de réservations pour {0}\u00A0: trop d’entre elles ont le même scheduled_time',
  'Give the times of the rides, or leave the column out to split by a shuffle':
    'Donnez les heures des courses, ou omettez la colonne pour partager par tirage',
  '{0}, and those stay together. {1}.': '{0}, et celles-là restent ensemble. {1}.',
  'the validation and the test part': 'la partie de validation et celle de test',
  'the validation part': 'la partie de validation',
  'the test part': 'la partie de test',
  // src/training/train-flags.ts
  '--out is "{0}"; expected a file that ends in {1}.':
    '--out vaut «\u00A0{0}\u00A0»\u00A0; attendu\u00A0: un fichier qui finit par {1}.',
  'The model\'s name is "{0}"; expected letters, digits, dots, - and _ only.':
    'Le nom du modèle est «\u00A0{0}\u00A0»\u00A0; attendu\u00A0: seulement des lettres, des chiffres, des points, - et _.',
  'There is no feature "{0}" for --features; expected some of {1}.{2}':
    'Il n’y a pas de variable «\u00A0{0}\u00A0» pour --features\u00A0; attendu\u00A0: certaines de {1}.{2}',
  '--features names a feature twice: {0}.': '--features nomme une variable deux fois\u00A0: {0}.',
  // src/training/train.ts
  'finding the number of trees': 'recherche du nombre d’arbres',
  'cross-validation {0} of {1}': 'validation croisée {0} sur {1}',
  'training the model': 'entraînement du modèle',
  // src/training/training-set.ts
  'There are {0} settled bookings; training needs at least {1}':
    'Il y a {0} réservations réglées\u00A0; il en faut au moins {1} pour l’entraînement',
  '{0}. Give it a longer history, with actual_delay_minutes filled in.':
    '{0}. Donnez un historique plus long, avec actual_delay_minutes rempli.',
  'Every booking is {0} minutes late: there is nothing to learn':
    'Toutes les réservations ont {0} minutes de retard\u00A0: il n’y a rien à apprendre',
  '{0}. Check the column actual_delay_minutes.': '{0}. Vérifiez la colonne actual_delay_minutes.',
  // src/weather/check.ts
  'not asked without a key': 'non interrogé sans clé',
  // src/weather/drill.ts
  'an outage made for this drill': 'une panne provoquée pour cet exercice',
  'The drill needs a free port on 127.0.0.1 ({0})': 'L’exercice a besoin d’un port libre sur 127.0.0.1 ({0})',
  '{0}. Allow this process to listen there.': '{0}. Permettez à ce processus d’y écouter.',
  // src/weather/metered-calls.ts
  'not asked, the quota is used up': 'non interrogé, le quota est épuisé',
  'not asked, as a 429 demanded': 'non interrogé, comme un 429 l’a exigé',
  // src/weather/openweather.ts
  'expected one such as https://api.openweathermap.org':
    'attendu\u00A0: une adresse telle que https://api.openweathermap.org',
  'OPENWEATHER_BASE_URL is not an http address; {0}.':
    'OPENWEATHER_BASE_URL n’est pas une adresse http\u00A0; {0}.',
  'not a report with temperature, wind and clouds': 'pas un relevé avec température, vent et nuages',
  'larger than {0} kB': 'plus grand que {0} kB',
  // src/weather/places.ts
  '--place and --{0} exclude each other; give one.': '--place et --{0} s’excluent\u00A0; n’en donnez qu’une.',
  '{0} is given without {1}; expected both, such as --lat 46.20 --lon 6.14.':
    '{0} est donné sans {1}\u00A0; attendu\u00A0: les deux, tels que --lat 46.20 --lon 6.14.',
  'Known are {0}.': 'Connus\u00A0: {0}.',
  'Did you mean {0}?': 'Vouliez-vous dire {0}\u00A0?',
  'Give --lat and --lon, or add it to weather.places in the configuration file.':
    'Donnez --lat et --lon, ou ajoutez-le à weather.places dans le fichier de configuration.',
  '--place is "{0}", which is not known. {1} {2}':
    '--place vaut «\u00A0{0}\u00A0», qui n’est pas connu. {1} {2}',
  '{0} is "{1}", which {2}; expected decimal degrees such as 46.20.':
    '{0} vaut «\u00A0{1}\u00A0», qui {2}\u00A0; attendu\u00A0: des degrés décimaux tels que 46.20.',
  // src/weather/shared-weather.ts
  '{0} Weather and quota are kept in this process meanwhile.':
    '{0} Météo et quota sont gardés dans ce processus en attendant.',
};
