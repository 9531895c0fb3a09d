import type { Catalogue } from '../language.js';

export const HTTP: Catalogue = {
  // src/http/addresses.ts
  'serve.host is {0}, which other machines reach, and ATMR_ML_TOKEN is not set':
    'serve.host est {0}, que d’autres machines atteignent, et ATMR_ML_TOKEN n’est pas définie',
  'Set it to a long random text (`openssl rand -hex 32`), or listen on 127.0.0.1':
    'Mettez-y un long texte aléatoire (`openssl rand -hex 32`), ou écoutez sur 127.0.0.1',
  '{0}: anybody could move the traffic. {1}.': '{0}\u00A0: n’importe qui pourrait déplacer le trafic. {1}.',
  '{0} holds a space or another character that no Authorization header carries':
    '{0} contient une espace ou un autre caractère qu’aucun en-tête Authorization ne porte',
  '{0}. Set it to letters and digits, such as of `openssl rand -hex 32`.':
    '{0}. Mettez-y des lettres et des chiffres, comme ceux de `openssl rand -hex 32`.',
  '{0} is shorter than {1} characters: it can be guessed.':
    '{0} a moins de {1} caractères\u00A0: il peut être deviné.',
  'Whoever reaches {0} may read the status and the predictions; ATMR_ML_READ_TOKEN prevents it.':
    'Quiconque atteint {0} peut lire l’état et les prédictions\u00A0; ATMR_ML_READ_TOKEN l’empêche.',
  // src/http/authority.ts
  'set {0} where it runs, and send it as `Authorization: Bearer …`':
    'définissez {0} là où il tourne, et envoyez-le comme `Authorization: Bearer …`',
  'Only the machine itself may ask: {0}.': 'Seule la machine elle-même peut demander\u00A0: {0}.',
  'This token does not allow it; {0} does.': 'Ce jeton ne le permet pas\u00A0; {0} le permet.',
  'The token is wrong': 'Le jeton est faux',
  'A token is missing': 'Un jeton manque',
  '{0}: send {1} as `Authorization: Bearer …`.': '{0}\u00A0: envoyez {1} comme `Authorization: Bearer …`.',
  // src/http/change-flag.ts
  'Nothing to change: {0}': 'Rien à changer\u00A0: {0}',
  'no running process reads it': 'aucun processus en marche ne le lit',
  '{0} of {1} confirmed': '{0} sur {1} ont confirmé',
  'Done: {0}': 'Fait\u00A0: {0}',
  'Forced off until an enable ends it': 'Coupé de force jusqu’à ce qu’une activation y mette fin',
  // src/http/change-request.ts
  '{0} holds a NUL or half of a character; expected text that can be kept.':
    '{0} contient un NUL ou la moitié d’un caractère\u00A0; un texte qui peut être gardé est attendu.',
  'percentage is {0}; expected 0 to 100 with at most two decimals.':
    'percentage vaut {0}\u00A0; un nombre de 0 à 100, à deux décimales au plus, est attendu.',
  // src/http/dashboard-files.ts
  '{0} cannot be read ({1})': '{0} ne peut pas être lu ({1})',
  '{0}: the page needs it. Install atmr-ml again, or run `npm run build`.':
    '{0}\u00A0: la page en a besoin. Réinstallez atmr-ml, ou lancez `npm run build`.',
  // src/http/error-answer.ts
  'This is a bug in atmr-ml; please report it with what its log says of request {0}.':
    'C’est un défaut d’atmr-ml\u00A0; signalez-le avec ce que son journal dit de la requête {0}.',
  // src/http/listen.ts
  'It is starting. Try again in a second.': 'Démarrage en cours. Réessayez dans une seconde.',
  'there is no such host': 'cet hôte n’existe pas',
  'Port {0} of {1} cannot be opened: {2}': 'Le port {0} de {1} ne peut pas être ouvert\u00A0: {2}',
  'Choose another with {0} or {1} in the configuration; 0 takes any free one':
    'Choisissez-en un autre avec {0} ou {1} dans la configuration\u00A0; 0 en prend un libre',
  // src/http/origin.ts
  'The Host is none of this server’s names; add it to serve.allowedHosts in the configuration.':
    'Le Host n’est pas un nom de ce serveur\u00A0; ajoutez-le à serve.allowedHosts dans la configuration.',
  'Another web site asks (Sec-Fetch-Site: cross-site).':
    'Un autre site web demande (Sec-Fetch-Site: cross-site).',
  'The Origin is another web site’s.': 'L’Origin est celui d’un autre site web.',
  // src/http/protection.ts
  'Try again in {0}.': 'Réessayez dans {0}.',
  'So many wrong tokens are guesses.': 'Tant de jetons faux sont des essais au hasard.',
  'Too many requests. {0}': 'Trop de requêtes. {0}',
  // src/http/routes
  'There is no {0} {1}. GET /api/openapi.json tells what there is.':
    '{0} {1} n’existe pas. GET /api/openapi.json dit ce qu’il y a.',
  'Too many clients listen. Try again later.': 'Trop de clients écoutent. Réessayez plus tard.',
  'The totals count from zero again.': 'Les totaux repartent de zéro.',
  'settlement time: the last {0} h': 'heure du règlement\u00A0: les {0} dernières heures',
  'There is no flag {0} here.': 'Il n’y a pas de drapeau {0} ici.',
  'context.targetingKey is missing; expected the id of the booking.':
    'context.targetingKey manque\u00A0; l’identifiant de la réservation est attendu.',
  'the stores of the flag have not been asked in the last 3 s':
    'les stockages du drapeau n’ont pas été consultés dans les 3 dernières secondes',
  'no store of the flag has answered for too long':
    'aucun stockage du drapeau n’a répondu depuis trop longtemps',
  'the store of the flag has lost data': 'le stockage du drapeau a perdu des données',
  'the flag names a model that this process does not have':
    'le drapeau nomme un modèle que ce processus n’a pas',
  // http/error-answer.ts
  'The body is not said to be JSON. Send it with the header content-type: application/json.':
    'Rien ne dit que le corps est du JSON. Envoyez-le avec l’en-tête content-type: application/json.',
};
